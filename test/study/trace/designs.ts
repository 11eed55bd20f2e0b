import { scenarioOf } from '../../models/harness.ts';

/** A shop with everything that a request can meet: two regions, retries, branches, async, a batch, shards, a full queue. */
export const shop = `
name: Shop
run: { duration: 90s, warmUp: 10s, seed: 7 }
regions: { us-east: us-east-1, eu-west: eu-west-1 }
origins: { US: us-east-2, EU: eu-central-1 }
routing: { policy: latency }
keys: { tenantId: { count: 100, skew: { zipf: 1 } } }
workloads:
  orders: { arrivals: { rate: 60/s }, from: { US: 50%, EU: 50% }, keys: [tenantId], client: { timeout: 400ms, retries: { max: 2 } }, call: order-service.create }
services:
  order-service:
    instances: 2
    threads: 16
    cpu: { cores: 1, request: 1 }
    connections: { orders: 2 }
    operations:
      create:
        - work: { exponential: 6ms }
        - parallel:
            - [ write: orders ]
            - [ call: { operation: match-service.match, timeout: 60ms, retries: { max: 1 } } ]
        - async: [ call: match-service.match ]
  match-service: { instances: 1, threads: 4, queue: 20, cpu: { cores: 1, request: 1 }, operations: { match: [ { work: { exponential: 8ms } } ] } }
databases:
  orders: { shards: 4, shardBy: { key: tenantId, function: java-hash }, primary: us-east, replicas: { us-east: 1, eu-west: 1 } }
`;

/** One instance that dies every half minute, under sessions whose calls wait for a batch. */
export const dying = `
name: Dying
run: { duration: 90s, warmUp: 10s, seed: 3 }
regions: { here: eu-west-1 }
workloads:
  chats: { arrivals: { rate: 5/s }, session: { turns: { constant: 3 }, think: 1s }, client: { timeout: 2s, retries: { max: 3 } }, call: desk.serve }
services:
  desk:
    instances: 2
    threads: 8
    cpu: { cores: 1, request: 1 }
    operations: { serve: [ { work: { exponential: 20ms } }, { batch: { name: notes, size: 10, tick: 200ms, await: true, do: [ { write: notes } ] } } ] }
databases: { notes: {} }
faults: { crash: { fault: instance-crash, service: desk, count: 1, at: 40s, settle: 5s } }
`;

/** More comes than is ever done. */
const overloaded = `
name: Overloaded
run: { duration: 60s, warmUp: 5s }
regions: { here: eu-west-1 }
workloads: { w: { arrivals: { rate: 200/s }, call: desk.serve } }
services: { desk: { threads: 1, operations: { serve: [ { work: { exponential: 10ms } } ] } } }
`;

export const scenarios = {
  shop: scenarioOf(shop),
  dying: scenarioOf(dying),
  overloaded: scenarioOf(overloaded),
};
