import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Assembly } from '../../src/models/assemble.ts';
import { parseScenario } from '../../src/models/parse.ts';
import type { WorkloadRecord } from '../../src/models/workloads/ledger.ts';
import { simulateRun } from '../../src/study/simulate-run.ts';

/** More cases: CASES=500 npx vitest run test/models/conservation.test.ts */
const cases = Number(process.env.CASES ?? 40);

const seconds = (min: number, max: number) => fc.integer({ min, max });
const oneOf = <T>(...values: readonly T[]) => fc.constantFrom(...values);
const maybe = (arbitrary: fc.Arbitrary<string>) => fc.oneof(fc.constant(''), arbitrary);

/** Names of the first regions, one to four of them. */
const regionsOf = (count: number) => ['a', 'b', 'c', 'd'].slice(0, count);

/** What a service does for a call; services call only those after them. */
const stepsOf = (service: number, services: number) => {
  const next = services > service + 1 ? [`call: s${service + 1}.x`] : [];
  const patient = next.map(
    (call) => `call: { operation: ${call.slice(6)}, timeout: 300ms, retries: { max: 1, base: 20ms } }`,
  );
  const simple = oneOf(
    'work: { exponential: 3ms }',
    'write: d',
    'read: d',
    'get: { from: k, miss: [ read: d ] }',
    'put: k',
    'publish: t',
    ...next,
    ...patient,
  );
  const step = fc.oneof(
    { weight: 4, arbitrary: simple },
    {
      weight: 1,
      arbitrary: fc.tuple(simple, simple).map(([one, other]) => `parallel: [ [ ${one} ], [ ${other} ] ]`),
    },
    { weight: 1, arbitrary: simple.map((each) => `async: [ ${each} ]`) },
    { weight: 1, arbitrary: simple.map((each) => `repeat: { times: 2, do: [ ${each} ] }`) },
  );
  return fc.array(step, { minLength: 1, maxLength: 4 });
};

const serviceOf = (service: number, services: number, regions: readonly string[]) =>
  fc
    .record({
      at: fc.subarray([...regions], { minLength: 1 }),
      instances: fc.integer({ min: 1, max: 3 }),
      threads: fc.integer({ min: 2, max: 40 }),
      queue: maybe(fc.integer({ min: 0, max: 40 }).map((queue) => `queue: ${queue},`)),
      cpu: maybe(oneOf('cpu: { cores: 1 },', 'cpu: { cores: 2, sharing: processor },')),
      connections: maybe(fc.integer({ min: 1, max: 20 }).map((size) => `connections: { d: ${size} },`)),
      steps: stepsOf(service, services),
    })
    .map(
      ({ at, instances, threads, queue, cpu, connections, steps }) =>
        `s${service}: { regions: [${service === 0 ? regions : at}], instances: ${instances}, threads: ${threads}, ${queue} ${cpu} ${connections} startup: 3s, operations: { x: [ ${steps.map((step) => `{ ${step} }`).join(', ')} ] } }`,
    );

const databaseOf = (regions: readonly string[]) =>
  fc
    .record({
      shards: fc.integer({ min: 1, max: 3 }),
      replicas: fc.tuple(...regions.map(() => fc.integer({ min: 0, max: 2 }))),
      mode: oneOf('async', 'semi-sync', 'quorum', 'sync'),
      failover: maybe(
        fc
          .tuple(oneOf('none', 'lease'), seconds(1, 5), seconds(1, 4))
          .map(
            ([fencing, interval, promote]) =>
              `failover: { interval: ${interval}s, failures: 2, promote: ${promote}s, fencing: ${fencing} },`,
          ),
      ),
      client: maybe(oneOf('client: { connectTimeout: 1s, tcpUserTimeout: 2s },')),
    })
    .map(({ shards, replicas, mode, failover, client }) => {
      const all = replicas.reduce((sum, each) => sum + each, 0);
      const kept = all === 0 ? '' : `replication: { mode: ${mode} },`;
      return `d: { shards: ${shards}, shardBy: { key: n, function: java-hash }, primary: a, cpu: 4, replicas: { ${regions.map((region, at) => `${region}: ${replicas[at]}`).join(', ')} }, ${kept} ${all === 0 ? '' : failover} ${client} }`;
    });

const faultOf = (regions: readonly string[]) =>
  fc
    .record({
      sort: oneOf(...faultSorts),
      region: oneOf(...regions),
      other: oneOf(...regions, 'o'),
      at: seconds(3, 35),
      lasts: seconds(1, 12),
      data: oneOf('kept', 'destroyed'),
      share: fc.integer({ min: 10, max: 90 }),
    })
    .map(({ sort, region, other, at, lasts, data, share }) => {
      const when = `at: ${at}s, for: ${lasts}s, settle: 5s`;
      const once = `at: ${at}s, settle: 5s`;
      const end = other === region ? 'o' : other;
      const rest = [...regions.filter((each) => each !== region), 'o'].join(', ');
      const how: Record<(typeof faultSorts)[number], string> = {
        'region-outage': `region: ${region}, data: ${data}, ${when}`,
        'zone-outage': `region: ${region}, zone: 1, data: ${data}, ${when}`,
        'instance-crash': `service: s0, region: ${region}, share: ${share}%, ${when}`,
        'instance-slow': `service: s0, region: ${region}, share: ${share}%, factor: 5, ${when}`,
        'bad-deploy': `service: s0, region: ${region}, errors: ${share}%, ${when}`,
        'primary-crash': `database: d, data: ${data}, ${when}`,
        'replica-crash': `database: d, region: ${region}, data: ${data}, ${when}`,
        'database-slow': `database: d, factor: 10, ${when}`,
        'cache-crash': `cache: k, region: ${region}, ${when}`,
        'cache-slow': `cache: k, region: ${region}, factor: 500, ${when}`,
        'broker-crash': `cluster: e, region: ${region}, broker: 0, data: ${data}, ${when}`,
        'broker-slow': `cluster: e, region: ${region}, broker: 1, factor: 20, ${when}`,
        'link-down': `from: ${region}, to: ${end}, direction: ${data === 'kept' ? 'both' : 'one-way'}, ${when}`,
        'link-slow': `from: ${region}, to: ${end}, added: 300ms, ${when}`,
        'link-loss': `from: ${region}, to: ${end}, share: ${share}%, ${when}`,
        'link-clogged': `from: ${region}, to: ${end}, bandwidth: 50kB/s, ${when}`,
        'network-partition': `groups: [[${region}], [${rest}]], ${when}`,
        'hot-key': `workload: w, key: n, share: ${share}%, ${when}`,
        surge: `workload: w, factor: 4, ${when}`,
        'spot-wave': `pool: p, region: ${region}, share: ${share}%, ${once}`,
        'node-crash': `pool: p, region: ${region}, ${once}`,
      };
      return { sort, text: `{ fault: ${sort}, ${how[sort]} }` };
    });

const faultSorts = [
  'region-outage',
  'zone-outage',
  'instance-crash',
  'instance-slow',
  'bad-deploy',
  'primary-crash',
  'replica-crash',
  'database-slow',
  'cache-crash',
  'cache-slow',
  'broker-crash',
  'broker-slow',
  'link-down',
  'link-slow',
  'link-loss',
  'link-clogged',
  'network-partition',
  'hot-key',
  'surge',
  'spot-wave',
  'node-crash',
] as const;

const routings = (regions: readonly string[]) =>
  regions.length === 1
    ? fc.constant('')
    : oneOf(
        'routing: { policy: latency, dns: { ttl: 2s, resolvers: 20 }, health: { interval: 1s, timeout: 500ms, failures: 2 }, recovery: { every: 1s } }',
        `routing: { policy: failover, order: [${regions}], dns: { ttl: 2s, resolvers: 20, overstay: { share: 20%, for: 10s } }, health: { interval: 1s, timeout: 500ms, failures: 2 } }`,
        `routing: { policy: weighted, weights: { ${regions.map((region) => `${region}: ${100 / regions.length}%`).join(', ')} } }`,
        'routing: { policy: anycast, health: { interval: 1s, timeout: 500ms, failures: 2 } }',
      );

const clients = oneOf(
  'client: { timeout: 1s }',
  'client: { timeout: 500ms, connectTimeout: 200ms, callers: 20, keepAlive: 1s, retries: { max: 2, base: 50ms } }',
  'client: { timeout: 2s, retries: { max: 1, backoff: full-jitter, base: 100ms, budget: 20% } }',
);

const scenarios = fc
  .record({ regions: fc.integer({ min: 1, max: 4 }), services: fc.integer({ min: 1, max: 3 }) })
  .chain(({ regions: count, services }) => {
    const regions = regionsOf(count);
    return fc.record({
      regions: fc.constant(regions),
      zones: fc.integer({ min: 1, max: 3 }),
      roundTrip: fc.integer({ min: 1, max: 150 }),
      rate: fc.integer({ min: 5, max: 60 }),
      routing: routings(regions),
      clients: fc.tuple(clients, clients),
      services: fc.tuple(
        ...Array.from({ length: services }, (_, service) => serviceOf(service, services, regions)),
      ),
      database: databaseOf(regions),
      nodes: fc.integer({ min: 1, max: 2 }),
      faults: fc.array(faultOf(regions), { minLength: 1, maxLength: 5 }),
    });
  })
  .map((parts) => {
    const { regions, zones, roundTrip, rate, routing, services, database, nodes, faults } = parts;
    const places = [...regions, 'o', 'q'];
    const links = places.flatMap((from, at) =>
      places.slice(at + 1).map((to) => `{ between: [${from}, ${to}], roundTrip: ${roundTrip + 5 * at}ms }`),
    );
    const isPooled = faults.some(({ sort }) => sort === 'spot-wave' || sort === 'node-crash');
    const [first, ...others] = services;
    const pooled = isPooled
      ? first
          .replace('instances:', 'pool: p, instances:')
          .replace('cpu: { cores: 2, sharing: processor },', '')
      : first;
    const yaml = `
run: { duration: 40s, warmUp: 0s }
regions: { ${regions.map((region) => `${region}: { zones: ${zones} }`).join(', ')} }
origins: { o: { location: here }, q: { location: there } }
network: { preset: none, links: [ ${links.join(', ')} ] }
${routing}
keys: { n: { count: 500, skew: { zipf: 0.9 } } }
workloads:
  w: { arrivals: { rate: ${rate}/s }, from: { o: 70%, q: 30% }, keys: [n], ${parts.clients[0]}, call: s0.x }
  v: { arrivals: { rate: 5/s, process: deterministic }, from: { q: 100% }, keys: [n], ${parts.clients[1]}, call: s0.x }
${isPooled ? 'pools: { p: { node: { name: box, cores: 8 }, system: 0, mix: { on-demand: 50%, spot: 50% }, startup: 5s, interruptions: none } }' : ''}
services: { ${[pooled, ...others].join(',\n  ')},
  taker: { instances: 1, startup: 3s, operations: { take: [ work: 1ms ] } } }
databases: { ${database} }
caches: { k: { key: n, entries: 200, nodes: ${nodes}, lookup: [local${regions.length > 1 ? ', remote' : ''}] } }
clusters: { e: { brokers: 3 } }
topics: { t: { cluster: e, key: n, partitions: 3, replicationFactor: 3, minInsyncReplicas: 2 } }
consumers: { takers: { topic: t, call: taker.take } }
faults: { ${faults.map(({ text }, at) => `f${at}: ${text}`).join(',\n  ')} }
`;
    return { yaml, sorts: faults.map(({ sort }) => sort) };
  });

const parsed = (yaml: string) => parseScenario('random.yaml', () => yaml);

/** Why a fault that was drawn is refused, and rightly. */
const refusals =
  /at the same time|there is nothing to strike|has \d replicas in|has no replicas|% of the operations anyway/;

const endings = ['succeeded', 'rejected', 'timedOut', 'failed', 'unfinished'] as const;

describe('whatever is built, and whatever befalls it', () => {
  test('each operation that arrived has succeeded, has failed for one reason, or is under way', () => {
    const seen = new Map<string, number>();
    let [run, refused, notSucceeded, spared] = [0, 0, 0, 0];
    fc.assert(
      fc.property(scenarios, fc.integer({ min: 1, max: 1000 }), ({ yaml, sorts }, seed) => {
        const { scenario, problems } = parsed(yaml);
        if (scenario === undefined) {
          expect(
            problems.filter(({ message, severity }) => severity !== 'warning' && !refusals.test(message)),
          ).toEqual([]);
          refused += 1;
          return;
        }
        run += 1;
        for (const sort of sorts) seen.set(sort, (seen.get(sort) ?? 0) + 1);
        const assembly = new Assembly(scenario.design, seed, 0);
        assembly.run();
        const readings = assembly.readings();
        const count = (meter: string) => readings.get(meter)?.num ?? Number.NaN;
        for (const workload of ['w', 'v']) {
          const path = `workloads.${workload}`;
          const ends = endings.map((end) => count(`${path}.${end}`));
          const arrived = count(`${path}.arrivals`);
          expect(ends.reduce((sum, each) => sum + each, 0)).toBe(arrived);
          // Each failure has its reason.
          const { failures } = assembly.records()[path] as WorkloadRecord;
          const reasons = Object.values(failures).reduce((sum, each) => sum + each, 0);
          expect(reasons).toBe(arrived - ends[0]);
          // And its origin.
          const origins = (workload === 'w' ? ['o', 'q'] : ['q']).map(
            (origin) =>
              readings.get(`${path}.from.${origin}.goodputRatio`) ?? readings.get(`${path}.goodputRatio`),
          );
          expect(origins.reduce((sum, each) => sum + (each?.num ?? Number.NaN), 0)).toBe(ends[0]);
          expect(origins.reduce((sum, each) => sum + (each?.den ?? Number.NaN), 0)).toBe(arrived);
          // The series tell of the same operations.
          const series = assembly.timeline.series.get(`${path}.arrivals`)?.values ?? new Float64Array();
          expect(series.reduce((sum, each) => sum + each, 0)).toBe(arrived);
          notSucceeded += arrived - ends[0];
        }
        // A write that was acknowledged is lost only with a primary or a disk.
        const lost = readings.get('databases.d.lostWrites');
        if (lost !== undefined && !sorts.some((sort) => /outage|primary|replica|partition|link/.test(sort))) {
          expect(lost.num).toBe(0);
          spared += 1;
        }
      }),
      { numRuns: cases, seed: 263 },
    );
    // It was put to the test: most ran, every sort of fault struck, and was felt.
    expect(run).toBeGreaterThan(4 * refused);
    expect(notSucceeded).toBeGreaterThan(10 * run);
    expect(spared).toBeGreaterThan(0);
    if (cases >= 40) expect(faultSorts.filter((sort) => !seen.has(sort))).toEqual([]);
  }, 600_000);

  test('the same seed gives the same run', () => {
    fc.assert(
      fc.property(scenarios, ({ yaml }) => {
        const { scenario } = parsed(yaml);
        if (scenario === undefined) return;
        const [one, other] = [1, 2].map(() => JSON.stringify(simulateRun(scenario, 7, 0)));
        expect(one).toBe(other);
      }),
      { numRuns: Math.ceil(cases / 5), seed: 264 },
    );
  }, 600_000);
});
