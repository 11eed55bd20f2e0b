import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Assembly } from '../../../src/models/assemble.ts';
import type { ServiceModel } from '../../../src/models/services/model.ts';
import type { WorkloadModel } from '../../../src/models/workloads/model.ts';
import { designOf } from '../harness.ts';

const places = ['a', 'b', 'c', 'o', 'p'];

/** A fault of any sort that strikes the network, between 5 s and 35 s. */
const fault = fc
  .record({
    sort: fc.constantFrom('link-down', 'link-slow', 'link-loss', 'link-clogged', 'region', 'partition'),
    from: fc.integer({ min: 0, max: 4 }),
    over: fc.integer({ min: 1, max: 4 }),
    direction: fc.constantFrom('both', 'one-way'),
    at: fc.integer({ min: 5, max: 30 }),
    lasts: fc.integer({ min: 1, max: 5 }),
  })
  .map(({ sort, from, over, direction, at, lasts }) => {
    const when = `at: ${at}s, for: ${lasts}s, settle: 5s`;
    const ends = `from: ${places[from]}, to: ${places[(from + over) % 5]}, direction: ${direction}`;
    if (sort === 'region') return `{ fault: region-outage, region: ${places[from % 3]}, ${when} }`;
    if (sort === 'partition') {
      const symmetry = direction === 'both' ? 'symmetric' : 'asymmetric';
      const groups = `[[${places[from % 3]}], [${places[(from + 1) % 3]}, ${places[(from + 2) % 3]}]]`;
      return `{ fault: network-partition, groups: ${groups}, symmetry: ${symmetry}, ${when} }`;
    }
    const how = {
      'link-down': '',
      'link-slow': ', added: 200ms',
      'link-loss': ', share: 30%',
      'link-clogged': ', bandwidth: 100kB/s',
    }[sort as 'link-down'];
    return `{ fault: ${sort}, ${ends}${how}, ${when} }`;
  });

const stormy = (faults: readonly string[]) => `
run: { duration: 40s, warmUp: 0s }
regions: { a: {}, b: {}, c: {} }
origins: { o: { location: here }, p: { location: there } }
network:
  links:
${places
  .flatMap((from, at) =>
    places.slice(at + 1).map((to) => `    - { between: [${from}, ${to}], roundTrip: 40ms }`),
  )
  .join('\n')}
routing:
  policy: latency
  dns: { ttl: 2s, resolvers: 20 }
  health: { interval: 1s, timeout: 500ms, failures: 2, successes: 2 }
  recovery: { every: 1s }
workloads:
  kept:
    arrivals: { rate: 40/s }
    from: { o: 50%, p: 50% }
    client: { timeout: 1s, connectTimeout: 300ms, callers: 30, keepAlive: 500ms, retries: { max: 2, base: 50ms } }
    call: front.x
  passing: { arrivals: { rate: 40/s }, from: { o: 50%, p: 50% }, client: { timeout: 2s }, call: front.x }
services:
  front:
    threads: 40
    queue: 40
    operations:
      x:
        - work: { exponential: 5ms }
        - parallel: [ [ call: back.y ], [ async: [ call: back.y ] ], [ repeat: { times: 2, do: [ call: back.y ] } ] ]
  back: { regions: [b, c], threads: 40, operations: { y: [ work: { exponential: 5ms } ] } }
faults: { calm: { fault: link-slow, from: a, to: b, factor: 1, at: 1s, for: 1s, settle: 5s }${faults.map((each, at) => `, f${at}: ${each}`).join('')} }
`;

const isValid = (yaml: string): boolean => {
  try {
    designOf(yaml);
    return true;
  } catch {
    // Two of the same sort that strike the same at the same time: refused, and rightly.
    return false;
  }
};

const weather = fc.array(fault, { minLength: 1, maxLength: 5 }).map(stormy).filter(isValid);

const count = (assembly: Assembly, meter: string) => assembly.readings().get(meter)?.num ?? Number.NaN;

describe('in any weather', () => {
  test('every operation that arrived ends in one way, and nothing is held once all is over', () => {
    let given = 0;
    fc.assert(
      fc.property(weather, fc.integer({ min: 1, max: 1000 }), (yaml, seed) => {
        const assembly = new Assembly(designOf(yaml), seed, 0);
        assembly.run();
        for (const workload of ['kept', 'passing']) {
          const ends = ['succeeded', 'rejected', 'timedOut', 'failed', 'unfinished'].map((end) =>
            count(assembly, `workloads.${workload}.${end}`),
          );
          const all = ends.reduce((sum, each) => sum + each, 0);
          expect(all).toBe(count(assembly, `workloads.${workload}.arrivals`));
          given += all - ends[0];
        }
        // All faults are over by 35 s and every repetition of TCP within 63 s of its message: then no thread is held but by
        // those who are under way.
        assembly.simulation.run(assembly.simulation.now + 200e9);
        const waiting = ['kept', 'passing'].reduce(
          (sum, workload) => sum + assembly.component<WorkloadModel>(`workloads.${workload}`).backlog(),
          0,
        );
        expect(waiting).toBeLessThan(60);
        for (const service of ['front', 'back']) {
          for (const place of [0, 1, 2]) {
            for (const instance of assembly.component<ServiceModel>(`services.${service}`).readyIn(place))
              expect(instance.threads?.held).toBeLessThanOrEqual(Math.min(40, instance.inFlight));
          }
        }
        expect(assembly.cursorsUnderWay).toBeLessThan(200);
      }),
      { numRuns: 12, seed: 263 },
    );
    // The weather was bad enough to be felt.
    expect(given).toBeGreaterThan(12 * 50);
  });

  test('the same seed gives the same run', () => {
    fc.assert(
      fc.property(weather, (yaml) => {
        const fingerprints = [1, 2].map(() => {
          const assembly = new Assembly(designOf(yaml), 7, 0);
          assembly.run();
          return assembly.simulation.fingerprint;
        });
        expect(fingerprints[0]).toBe(fingerprints[1]);
      }),
      { numRuns: 5, seed: 263 },
    );
  });

  test('time is credited to where it passed: the parts of a latency add up to it', () => {
    fc.assert(
      fc.property(weather, (yaml) => {
        const assembly = new Assembly(designOf(yaml), 3, 0);
        const { client } = assembly.component<WorkloadModel>('workloads.passing');
        const { departures } = client;
        const answered = departures.answered.bind(departures);
        departures.answered = (cursor, request) => {
          const spent = cursor.spent.total;
          expect(spent).toBeLessThanOrEqual(cursor.now - request.sentAt + 1);
          expect(cursor.since).toBe(cursor.now);
          answered(cursor, request);
        };
        assembly.run();
      }),
      { numRuns: 5, seed: 263 },
    );
  });
});
