import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Assembly } from '../../../src/models/assemble.ts';
import type { ClusterModel } from '../../../src/models/clusters/model.ts';
import type { ConsumerTally } from '../../../src/models/consumers/model.ts';
import type { ServiceModel } from '../../../src/models/services/model.ts';
import type { TopicTally } from '../../../src/models/topics/model.ts';
import { designOf } from '../harness.ts';

/** Everything dies that can, between 20 s and two minutes; the run goes on until all of it must be back. */
const length = 900;

interface Topology {
  readonly zones: number;
  readonly instances: number;
  readonly isPooled: boolean;
  readonly nodes: number;
  readonly remote: boolean;
}

const topology: fc.Arbitrary<Topology> = fc.record({
  zones: fc.integer({ min: 2, max: 3 }),
  instances: fc.integer({ min: 2, max: 6 }),
  isPooled: fc.boolean(),
  nodes: fc.integer({ min: 1, max: 3 }),
  remote: fc.boolean(),
});

const sorts = [
  'region-outage',
  'region-outage',
  'zone-outage',
  'zone-outage',
  'link-down',
  'node-crash',
  'spot-wave',
  'instance-crash',
  'cache-crash',
  'bad-deploy',
  'broker-crash',
  'broker-slow',
  'instance-slow',
  'cache-slow',
  'hot-key',
] as const;

const fault = fc
  .record({
    sort: fc.constantFrom(...sorts),
    place: fc.integer({ min: 0, max: 1 }),
    at: fc.integer({ min: 20, max: 90 }),
    lasts: fc.integer({ min: 5, max: 30 }),
    data: fc.constantFrom('kept', 'destroyed'),
  })
  .map(({ sort, place, at, lasts, data }) => (isPooled: boolean) => {
    const region = `region: ${'ab'[place]}`;
    const when = `at: ${at}s, for: ${lasts}s, settle: 10s`;
    const once = `at: ${at}s, settle: 10s`;
    switch (sort) {
      case 'region-outage':
        return `{ fault: ${sort}, ${region}, data: ${data}, ${when} }`;
      case 'zone-outage':
        return `{ fault: ${sort}, ${region}, zone: ${1 + (at % 2)}, data: ${data}, ${when} }`;
      case 'link-down':
        return `{ fault: ${sort}, from: a, to: b, direction: ${data === 'kept' ? 'both' : 'one-way'}, ${when} }`;
      case 'node-crash':
        return isPooled ? `{ fault: ${sort}, pool: p, ${region}, ${once} }` : undefined;
      case 'spot-wave':
        return isPooled ? `{ fault: ${sort}, pool: p, ${region}, share: 60%, ${once} }` : undefined;
      case 'instance-crash':
        return `{ fault: ${sort}, service: front, ${region}, share: 50%, ${when} }`;
      case 'cache-crash':
        return `{ fault: ${sort}, cache: notes, ${region}, ${when} }`;
      case 'bad-deploy':
        return `{ fault: ${sort}, service: front, ${region}, errors: 30%, factor: 2, ${when} }`;
      case 'broker-slow':
        return `{ fault: ${sort}, cluster: events, ${region}, broker: 1, factor: 20, ${when} }`;
      case 'instance-slow':
        return `{ fault: ${sort}, service: front, ${region}, share: 50%, factor: 5, ${when} }`;
      case 'cache-slow':
        return `{ fault: ${sort}, cache: notes, ${region}, factor: 2000, ${when} }`;
      case 'hot-key':
        return `{ fault: ${sort}, workload: w, key: note, share: 50%, ${when} }`;
      case 'broker-crash':
        return `{ fault: ${sort}, cluster: events, ${region}, broker: 1, data: ${data}, ${when} }`;
    }
  });

const scenarioOf = ({ zones, instances, isPooled, nodes, remote }: Topology, faults: readonly string[]) => `
run: { duration: ${length}s, warmUp: 0s }
regions: { a: { zones: ${zones} }, b: { zones: ${zones} } }
origins: { o: { location: here } }
network:
  links: [ { between: [a, b], roundTrip: 40ms }, { between: [a, o], roundTrip: 20ms }, { between: [b, o], roundTrip: 30ms } ]
routing: { policy: latency, dns: { ttl: 5s }, health: { interval: 2s, timeout: 1s, failures: 2 }, recovery: { start: 50%, step: 50%, every: 5s } }
keys: { note: { count: 200 } }
workloads:
  w: { arrivals: { rate: 10/s }, from: { o: 100% }, keys: [note], client: { timeout: 1s, callers: 20 }, call: front.x }
${isPooled ? 'pools: { p: { node: { name: box, cores: 4 }, system: 0, mix: { on-demand: 50%, spot: 50% }, startup: 20s, interruptions: none } }' : ''}
services:
  front:
    instances: ${instances}
    ${isPooled ? 'pool: p' : ''}
    cpu: { cores: 1 }
    threads: 200
    startup: 5s
    operations:
      x: [ work: 2ms, get: { from: notes, miss: [ call: back.y ] }, async: [ publish: events ] ]
  back: { regions: [b], instances: 2, threads: 200, startup: 5s, operations: { y: [ work: 2ms ] } }
  reader: { instances: 2, startup: 5s, operations: { take: [ work: 1ms ] } }
caches: { notes: { key: note, entries: 150, nodes: ${nodes}, lookup: [local${remote ? ', remote' : ''}] } }
clusters: { events: { brokers: 3, mirror: all } }
topics: { events: { cluster: events, key: note, partitions: 4, replicationFactor: 3, minInsyncReplicas: 2 } }
consumers: { readers: { topic: events, call: reader.take, mirrored: false } }
faults: { calm: { fault: cache-crash, cache: notes, at: 1s, settle: 5s }${faults.map((each, at) => `, f${at}: ${each}`).join('')} }
`;

const isValid = (yaml: string): boolean => {
  try {
    designOf(yaml);
    return true;
  } catch (error) {
    // Two that strike the same at the same time, or what is lost already: refused, and rightly.
    if (/at the same time|there is nothing to strike/.test(String(error))) return false;
    throw error;
  }
};

const disasters = fc
  .tuple(topology, fc.array(fault, { minLength: 1, maxLength: 5 }))
  .map(([place, faults]) =>
    scenarioOf(
      place,
      faults.flatMap((each) => each(place.isPooled) ?? []),
    ),
  )
  .filter(isValid);

/** A mirror's answer from us hangs; meanwhile its partition gets another leader, whose answer is there before. */
const overtaken = scenarioOf({ zones: 2, instances: 2, isPooled: false, nodes: 1, remote: false }, [
  '{ fault: link-down, from: a, to: b, direction: both, at: 34s, for: 5s, settle: 10s }',
  '{ fault: region-outage, region: a, data: kept, at: 36s, for: 7s, settle: 10s }',
  '{ fault: region-outage, region: b, data: kept, at: 20s, for: 5s, settle: 10s }',
]);

const count = (assembly: Assembly, meter: string) => assembly.readings().get(meter)?.num ?? Number.NaN;

/** Instances that a region is to have again. */
function expectWhole(assembly: Assembly, yaml: string): void {
  const { design } = { design: designOf(yaml) };
  for (const service of design.names('services')) {
    const model = assembly.component<ServiceModel>(`services.${service}`);
    for (const fleet of model.fleetsIn(undefined)) {
      const wanted = design.entry<{ instances: number }>('services', service)?.instances;
      expect([service, fleet.region, fleet.size, fleet.serving.length]).toEqual([
        service,
        fleet.region,
        wanted,
        wanted,
      ]);
      for (const { inFlight, threads } of fleet.serving) {
        expect(inFlight).toBeLessThan(10);
        expect(threads?.held ?? 0).toBeLessThanOrEqual(inFlight);
      }
    }
  }
  for (const clusters of assembly.component<ClusterModel>('clusters.events').regions)
    for (const { brokers } of clusters) expect(brokers.every(({ isAlive }) => isAlive)).toBe(true);
}

describe('whatever dies', () => {
  test('every operation ends in one way, every record somewhere, and all is as before in the end', () => {
    let failures = 0;
    fc.assert(
      fc.property(disasters, fc.integer({ min: 1, max: 1000 }), (yaml, seed) => {
        const assembly = new Assembly(designOf(yaml), seed, 0);
        let failedBefore = 0;
        // Three minutes before the end: a machine that died at 90 s is given up at 430 s, a node and an instance later all is
        // there; a message that hung for 30 s is repeated within as long again, a member missed within its session.
        assembly.simulation.agenda().at((length - 180) * 1e9, {
          fire: () => {
            expectWhole(assembly, yaml);
            failedBefore = count(assembly, 'workloads.w.failed') + count(assembly, 'workloads.w.timedOut');
          },
        });
        assembly.run();
        const ends = ['succeeded', 'rejected', 'timedOut', 'failed', 'unfinished'].map((end) =>
          count(assembly, `workloads.w.${end}`),
        );
        expect(ends.reduce((sum, each) => sum + each, 0)).toBe(count(assembly, 'workloads.w.arrivals'));
        const failed = ends[2] + ends[3];
        expect(failed).toBe(failedBefore);
        failures += failed;
        expectWhole(assembly, yaml);
        expect(assembly.cursorsUnderWay).toBeLessThan(30);

        const tally = assembly.records()['topics.events'] as TopicTally;
        const { published, readable, duplicated, lost, undelivered, lostAcknowledged, lostUnacknowledged } =
          tally;
        const ended = readable - duplicated + lost + undelivered + lostAcknowledged + lostUnacknowledged;
        // What is under way: of the last second at most.
        expect(published - ended).toBeGreaterThanOrEqual(0);
        expect(published - ended).toBeLessThan(40);
        const consumer = assembly.records()['consumers.readers'] as ConsumerTally;
        expect(consumer.lagging).toBeLessThan(40);
      }),
      { numRuns: 10, seed: 264, examples: [[overtaken, 1]] },
    );
    // What died was missed.
    expect(failures).toBeGreaterThan(10 * 10);
  }, 120_000);

  test('the same seed gives the same run', () => {
    fc.assert(
      fc.property(disasters, (yaml) => {
        const fingerprints = [1, 2].map(() => {
          const assembly = new Assembly(designOf(yaml), 7, 0);
          assembly.run();
          return assembly.simulation.fingerprint;
        });
        expect(fingerprints[0]).toBe(fingerprints[1]);
      }),
      { numRuns: 3, seed: 264 },
    );
  }, 120_000);
});
