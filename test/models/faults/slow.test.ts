import { describe, expect, it } from 'vitest';
import type { Assembly } from '../../../src/models/assemble.ts';
import { Assembly as Run } from '../../../src/models/assemble.ts';
import { designOf, problemsOf, runOf } from '../harness.ts';

const scenario = (fault: string) => `
run: { duration: 10m, warmUp: 0s }
regions: { a: {}, b: {} }
origins: { o: { location: nowhere } }
network: { preset: none, jitter: 0%, links: [ { between: [a, b], roundTrip: 20ms } ] }
keys: { note: { count: 100 } }
workloads:
  reads: { arrivals: { rate: 5/s, process: deterministic }, from: { o: 100% }, keys: [note], client: { timeout: 5s }, call: web.show }
  writes: { arrivals: { rate: 5/s, process: deterministic }, from: { o: 100% }, keys: [note], client: { timeout: 5s }, call: web.change }
services:
  web:
    regions: [a]
    operations: { show: [ get: { from: notes, miss: [ wait: 0ms ] } ], change: [ write: { to: store } ] }
caches: { notes: { key: note, entries: 1000, serviceTime: { get: 1ms, put: 1ms } } }
databases: { store: { shardBy: { key: note, function: jump }, primary: a, replicas: { b: 1 }, cpu: 4, write: 2ms, commit: 3ms, replication: { apply: 1ms, flush: 0ms } } }
faults: { f: ${fault} }
`;

/** Mean of a histogram in milliseconds. */
const mean = (run: Assembly, meter: string): number => {
  const { num, den } = run.readings().get(meter) as { num: number; den: number };
  return (1000 * num) / den;
};
const slowed = (fault: string) => runOf(scenario(`{ ${fault}, at: 5m, settle: 10s }`));

describe('what works slower', () => {
  // From the middle of the run on: half of all requests.
  it('is a cache: each of its threads’ steps takes a factor longer', () => {
    const run = slowed('fault: cache-slow, cache: notes, factor: 5');
    expect(mean(run, 'caches.notes.latency')).toBeCloseTo((1 + 5) / 2, 1);
    expect(mean(run, 'workloads.writes.latency')).toBeCloseTo(2 + 3, 1);
  });

  it('is a cache so slow that its clients’ timeouts are what it costs', () => {
    const run = slowed('fault: cache-slow, cache: notes, factor: 10000');
    expect(run.readings().get('caches.notes.timeouts')?.num).toBeGreaterThan(5 * 290);
    expect(mean(run, 'caches.notes.latency')).toBeLessThan(2001);
  });

  it.each([
    ['both', 4 * (2 + 3)],
    ['cores', 4 * 2 + 3],
    ['disk', 2 + 4 * 3],
  ])('is a database’s primary: %s', (part, then) => {
    const run = slowed(`fault: database-slow, database: store, part: ${part}, factor: 4`);
    expect(mean(run, 'workloads.writes.latency')).toBeCloseTo((5 + then) / 2, 1);
  });

  it('is a database’s replica, which falls behind by what it takes longer to apply', () => {
    const run = slowed('fault: database-slow, database: store, copies: replicas, part: cores, factor: 6');
    expect(mean(run, 'databases.store.replicationLag')).toBeCloseTo(10 + (1 + 6) / 2, 1);
    expect(mean(run, 'workloads.writes.latency')).toBeCloseTo(5, 1);
  });

  it('works as ever when that is over', () => {
    const yaml = scenario(
      '{ fault: database-slow, database: store, factor: 49, at: 1m, for: 1m, settle: 10s }',
    );
    expect(runOf(yaml).readings().get('workloads.writes.latency')?.hist?.quantile(0.5)).toBeCloseTo(0.005, 4);
  });

  it.each([
    ['fault: database-slow, database: store, factor: 4, region: b', 'the primary stands where it stands'],
    [
      'fault: database-slow, database: store, factor: 4, copies: replicas, region: a',
      'store has no replicas in a',
    ],
    ['fault: database-slow, database: store, factor: 4, shard: 3', 'store has no shard 3'],
    ['fault: cache-slow, cache: notes, factor: 4, node: 7', 'there is no node 7 of notes'],
    [
      'fault: hot-key, workload: reads, key: note, share: 1%',
      'the hottest note has 1% of the operations anyway',
    ],
  ])('is refused as %s', (fault, message) => {
    expect(problemsOf(scenario(`{ ${fault}, at: 1m, settle: 10s }`)).join()).toContain(message);
  });
});

describe('a hot key', () => {
  it('is a surge of one key without more callers', () => {
    const fingerprint = (fault: string) => {
      const run = new Run(
        designOf(scenario(`{ ${fault}, workload: reads, key: note, share: 40%, at: 1m, settle: 10s }`)),
        1,
        0,
      );
      run.run();
      return run.simulation.fingerprint;
    };
    expect(fingerprint('fault: hot-key')).toBe(fingerprint('fault: surge'));
  });
});
