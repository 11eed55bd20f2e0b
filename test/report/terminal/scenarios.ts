/** Small scenarios, each in a state that a report must be good at. Short, so that goldens take seconds. */

const run = (seconds: number) => `run: { duration: ${seconds}s, warmUp: ${seconds / 6}s }`;

/** One queue, beside its closed form, without targets. */
export const oneQueue = `
name: One queue
${run(600)}
workloads: { customers: { arrivals: { rate: 80/s }, call: desk.serve } }
services: { desk: { threads: 1, operations: { serve: [ { work: { exponential: 10ms } } ] } } }
`;

/** More arrives than is done, for as long as it runs. */
export const overloaded = `
name: A queue that only grows
${run(60)}
workloads: { customers: { arrivals: { rate: 130/s }, call: desk.serve } }
services: { desk: { threads: 1, operations: { serve: [ { work: { exponential: 10ms } } ] } } }
targets:
  - workloads.customers.latency.p95 < 500ms
  - { target: services.desk.utilization < 80%, level: warn, because: "the plan says: one thread is enough" }
`;

/** Bounded queues and impatient callers: some are turned away, and the tail is infinite. */
export const impatient = `
name: Impatient callers
${run(60)}
workloads:
  customers:
    arrivals: { rate: 115/s }
    client: { timeout: 120ms, retries: { max: 1, budget: 10% } }
    call: desk.serve
services: { desk: { threads: 1, queue: 12, operations: { serve: [ { work: { exponential: 10ms } } ] } } }
targets:
  - workloads.customers.goodputRatio >= 99%
  - workloads.customers.latency.p99 < 500ms
  - workloads.customers.throughput > 50/s
`;

/** So few callers that in a short window none comes. */
export const silent = `
name: Nobody comes
${run(60)}
workloads: { customers: { arrivals: { rate: 1/year }, call: desk.serve } }
services: { desk: { threads: 1, operations: { serve: [ { work: { exponential: 10ms } } ] } } }
targets: [ workloads.customers.latency.p95 < 500ms ]
`;

const names = ['search', 'checkout', 'recommendations-for-returning-customers', 'catalogue', 'invoices'];

/** Many workloads, many services, one with a name that nobody can read. */
export const many = `
name: Many workloads and services
${run(30)}
workloads:
${names.map((name, at) => `  ${name}: { arrivals: { rate: ${20 * (at + 1)}/s }, call: ${name}-service.ask }`).join('\n')}
services:
${names
  .map(
    (name, at) =>
      `  ${name}-service: { threads: ${at + 1}, operations: { ask: [ { work: { exponential: ${8 + 2 * at}ms } }, { call: ledger.append } ] } }`,
  )
  .join('\n')}
  ledger: { threads: 8, operations: { append: [ { work: { exponential: 12ms } } ] } }
targets: [ "workloads.*.latency.p95 < 250ms" ]
`;

/** Three regions with sharded data, as a design has it. */
export const shop = `
name: A shop in three regions
${run(90)}
regions: { us-east: us-east-1, eu-west: eu-west-1, asia-pacific: ap-southeast-1 }
origins: { US: us-east-2, EU: eu-central-1, AP: ap-northeast-1 }
routing: { policy: latency }
keys: { tenantId: { count: 100, skew: { zipf: 1 }, format: "{uuid}" } }
workloads:
  orders:
    arrivals: { rate: 60/s }
    from: { US: 50%, EU: 30%, AP: 20% }
    keys: [tenantId]
    client: { timeout: 5s, retries: { max: 2, budget: 20% } }
    call: order-service.create
services:
  order-service:
    instances: 2
    threads: 64
    cpu: { cores: 1, request: 1 }
    operations:
      create:
        - work: { lognormal: { mean: 6ms, cv: 0.7 } }
        - write: orders
        - call: match-service.match
  match-service:
    instances: 1
    threads: 32
    cpu: { cores: 1, request: 1 }
    operations: { match: [ { work: { lognormal: { mean: 12ms, cv: 1 } } } ] }
databases:
  orders:
    shards: 10
    shardBy: { key: tenantId, function: java-hash }
    primary: us-east
    replicas: { us-east: 1, eu-west: 1, asia-pacific: 1 }
    replication: { mode: async, lagAlert: 5s }
targets:
  - { target: workloads.orders.availability >= 99.9%, because: people want to buy }
  - { target: workloads.orders.latency.p95 < 300ms, because: the document alerts above 300 ms }
  - { target: "databases.orders.in.*.replicationLag.p95 < 5s", because: the document alerts above 5 s }
  - target: databases.orders.hottestShardShare <= 10%
    level: warn
    because: "document: each of ten shards handles a tenth"
`;

/** Consumers that group the records of a poll, and that put them into a list that nothing guards. */
export const batches = `
name: Batches and groups
${run(120)}
keys: { account: { count: 20, skew: { zipf: 1 } } }
workloads: { trades: { arrivals: { rate: 100/s }, keys: [account], call: t.create } }
services:
  t: { operations: { create: [ publish: trades ] } }
  p: { operations: { apply: [ groupBy: { name: positions, keys: [account], do: [ wait: 30ms ] } ] } }
  l: { instances: 2, operations: { append: [ batch: { name: ledger, size: 100, tick: 5s, locking: none, do: [ wait: 50ms ] } ] } }
clusters: { c: { brokers: 3 } }
topics: { trades: { cluster: c, key: account, partitions: 4 } }
consumers: { positions: { topic: trades, call: p.apply }, ledger: { topic: trades, call: l.append } }
`;

/** One batch whose entries are a Poisson stream, beside its closed form. */
export const oneBatch = `
name: One batch
${run(120)}
workloads: { trades: { arrivals: { rate: 20/s }, call: l.append } }
services: { l: { operations: { append: [ batch: { name: ledger, size: 50, maxAge: 2s, do: [ wait: 1ms ] } ] } } }
`;

/** Things go wrong: an instance dies with a batch in its memory, another between its row and its event; a rush. */
export const crashes = `
name: Instances that die
run: { duration: 6m, warmUp: 30s }
origins: { EU: eu-central-1, US: us-east-2 }
regions: { here: us-east-1 }
keys: { id: { count: 1000 } }
workloads:
  trades:
    arrivals: { rate: 120/s }
    from: { EU: 50%, US: 50% }
    keys: [id]
    client: { timeout: 1s }
    call: desk.create
services:
  desk: { instances: 4, threads: 4, operations: { create: [ work: 8ms, write: main, publish: events ] } }
  ledger: { instances: 3, operations: { append: [ batch: { name: ledger, size: 500, tick: 5s, do: [ write: main ] } ] } }
databases: { main: { shardBy: { key: id, function: java-hash } } }
clusters: { c: {} }
topics: { events: { cluster: c, key: id, partitions: 6 } }
consumers: { ledger: { topic: events, call: ledger.append, members: 2, assignor: cooperative-sticky } }
faults:
  ledger-dies: { fault: instance-crash, service: ledger, at: 1m, settle: 30s }
  desks-die: { fault: instance-crash, service: desk, count: 3, at: 3m, settle: 30s }
  rush: { fault: surge, workload: trades, factor: 5, at: 4m, for: 20s, settle: 30s }
targets:
  - topics.events.accuracy >= 99.99%
  - faults.rush.rto < 1m
`;

/** Two instances of one core each on a node of four. */
export const pooled = `
name: Pooled
run: { duration: 2m, warmUp: 10s }
workloads: { orders: { arrivals: { rate: 20/s }, call: shop.order } }
services: { shop: { pool: web, instances: 2, cpu: { cores: 1, request: 1 }, operations: { order: [work: { exponential: 10ms }, call: desk.serve] } }, desk: { threads: 1, operations: { serve: [work: { exponential: 5ms }] } } }
pools: { web: { node: m6i.xlarge } }
`;
