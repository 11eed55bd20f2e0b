import { describe, expect, it } from 'vitest';
import type { Assembly } from '../../../src/models/assemble.ts';
import { readingOf, runOf } from '../harness.ts';

/** Round trips in ms from us: 1 inside, 80 to eu, 50 to ap; ap is further from eu than us is. No jitter. */
const world = `
regions: { us: us-east-1, eu: eu-west-1, ap: ap-southeast-1 }
origins: { US: us-east-1, AP: ap-southeast-1 }
network:
  jitter: 0%
  sameRegion: 1ms
  links:
    - { between: [us, eu], roundTrip: 80ms }
    - { between: [us, ap], roundTrip: 50ms }
    - { between: [eu, ap], roundTrip: 200ms }
`;

/** A lookup and a write take 3 and 5 ms of a node's thread. */
const times = 'serviceTime: { get: 3ms, put: 5ms }';

const latency = (run: Assembly, view: 'mean' | 'max') => {
  const reading = run.readings().get('caches.notes.latency');
  return view === 'max' ? (reading?.max ?? Number.NaN) : (reading?.num ?? Number.NaN) / (reading?.den ?? 1);
};

describe('a lookup that nobody can answer', () => {
  const missing = (cache: string, regions = 'all') =>
    runOf(`
name: Missing
${world}
run: { duration: 20s, warmUp: 1us, begin: empty }
keys: { note: { each: operation } }
workloads: { reads: { arrivals: { rate: 1/s, process: deterministic }, from: { US: 100% }, keys: [note], call: web.show } }
services: { web: { operations: { show: [get: { from: notes, miss: [wait: 7ms] }] } } }
caches: { notes: { regions: ${regions}, key: note, entries: 100, ${times}, ${cache} } }
`);

  it('asks the own region only, unless told otherwise', () => {
    expect(latency(missing('lookup: [local]'), 'max')).toBeCloseTo(0.001 + 0.003, 12);
  });

  it.each(['in-order', 'nearest-first'])(
    'asks the others %s one after the other: round trips add up',
    (remote) => {
      const run = missing(`lookup: [local, remote], remote: ${remote}`);
      expect(latency(run, 'max')).toBeCloseTo(0.001 + 0.08 + 0.05 + 3 * 0.003, 12);
      expect(readingOf(run, 'caches.notes.hitRatio')).toBe(0);
    },
  );

  it('asks the others in parallel: the longest round trip counts', () => {
    const run = missing('lookup: [local, remote], remote: parallel');
    expect(latency(run, 'max')).toBeCloseTo(0.001 + 0.003 + 0.08 + 0.003, 12);
  });

  it('goes to the nearest region where the cache does not stand in its own', () => {
    expect(latency(missing('lookup: [local]', '[eu, ap]'), 'max')).toBeCloseTo(0.05 + 0.003, 12);
    const both = missing('lookup: [local, remote]', '[eu, ap]');
    expect(latency(both, 'max')).toBeCloseTo(0.05 + 0.08 + 2 * 0.003, 12);
  });

  it('then loads, fills its own region, and only then is answered', () => {
    const run = missing('lookup: [local]');
    const answered = run.readings().get('workloads.reads.answeredLatency')?.max;
    // To the service and back 1 ms (caller beside it), lookup 4 ms, load 7 ms, write 6 ms.
    expect(answered).toBeCloseTo(0.001 + 0.004 + 0.007 + 0.006, 12);
    expect(readingOf(run, 'caches.notes.in.us.entries')).toBeGreaterThan(9);
    expect(readingOf(run, 'caches.notes.in.eu.entries')).toBe(0);
  });

  it('does not wait for the write where it is asynchronous, and does not write where it is not filled', () => {
    const later = missing('lookup: [local], fill: local-async');
    expect(later.readings().get('workloads.reads.answeredLatency')?.max).toBeCloseTo(0.012, 12);
    expect(readingOf(later, 'caches.notes.entries')).toBeGreaterThan(9);
    const never = missing('lookup: [local], fill: none');
    expect(never.readings().get('workloads.reads.answeredLatency')?.max).toBeCloseTo(0.012, 12);
    expect(readingOf(never, 'caches.notes.entries')).toBe(0);
  });
});

describe('an entry that another region has', () => {
  /** Asia writes the one note each second; five seconds in, the US reads it. */
  const shared = (cache: string, put = 'put: notes') =>
    runOf(`
name: Shared
${world}
run: { duration: 10s, warmUp: 1us, begin: empty }
keys: { note: { count: 1 } }
workloads:
  writes: { arrivals: { rate: 1/s, process: deterministic }, from: { AP: 100% }, keys: [note], call: web.save }
  reads: { arrivals: { rate: 0.2/s, process: deterministic }, from: { US: 100% }, keys: [note], call: web.show }
services: { web: { operations: { save: [${put}], show: [get: { from: notes, miss: [wait: 7ms] }] } } }
caches: { notes: { key: note, entries: 100, ${times}, ${cache} } }
`);

  it('in order: us, eu, ap; then it is written here', () => {
    const run = shared('lookup: [local, remote]');
    expect(run.readings().get('caches.notes.remoteHitRatio')).toMatchObject({ num: 1, den: 1 });
    expect(latency(run, 'max')).toBeCloseTo(0.001 + 0.08 + 0.05 + 3 * 0.003, 12);
    expect(readingOf(run, 'caches.notes.in.us.hitRatio')).toBe(1);
    expect(run.readings().get('caches.notes.in.us.entries')?.max).toBe(1);
    expect(run.readings().get('caches.notes.in.eu.entries')?.max).toBe(0);
  });

  it('nearest first: us, ap, and not eu', () => {
    const run = shared('lookup: [local, remote], remote: nearest-first');
    expect(latency(run, 'max')).toBeCloseTo(0.001 + 0.05 + 2 * 0.003, 12);
    expect(readingOf(run, 'caches.notes.in.eu.utilization')).toBe(0);
  });

  it('in parallel: the first that has it answers', () => {
    const run = shared('lookup: [local, remote], remote: parallel');
    expect(latency(run, 'max')).toBeCloseTo(0.001 + 0.003 + 0.05 + 0.003, 12);
    expect(readingOf(run, 'caches.notes.remoteHitRatio')).toBe(1);
    expect(readingOf(run, 'caches.notes.in.eu.utilization')).toBeCloseTo(0.003 / 10, 6);
  });

  it('is a local hit where it was put everywhere', () => {
    const run = shared('lookup: [local, remote]', 'put: { to: notes, everywhere: true }');
    expect(readingOf(run, 'caches.notes.localHitRatio')).toBe(1);
    expect(latency(run, 'max')).toBeCloseTo(0.004, 12);
    // The writer waits for its own region only.
    const written = run.readings().get('workloads.writes.answeredLatency')?.max;
    expect(written).toBeCloseTo(0.001 + 0.001 + 0.005, 12);
  });

  it('costs bytes between regions: the question, the entry back', () => {
    const sent = (run: Assembly, region: string) => run.readings().get(`network.in.${region}.sentBytes`)?.num;
    const run = shared('lookup: [local, remote], remote: nearest-first, entrySize: 10kB');
    expect(sent(run, 'us')).toBe(100);
    expect(sent(run, 'ap')).toBe(10_000);
    expect(sent(run, 'eu')).toBe(0);
    const everywhere = shared('lookup: [local], entrySize: 10kB', 'put: { to: notes, everywhere: true }');
    // Nine writes arrive inside the ten seconds; each is sent to two regions.
    expect(sent(everywhere, 'ap')).toBe(9 * 2 * 10_100);
  });
});

describe('where the time goes', () => {
  it.each([
    'lookup: [local]',
    'lookup: [local, remote]',
    'lookup: [local, remote], remote: parallel',
    'lookup: [local, remote], singleFlight: true',
    'lookup: [local, remote], remote: parallel, singleFlight: true, nodes: 3, fill: local-async',
    'lookup: [local, remote], policy: lfu, ttl: 2s',
  ])('the parts of an answer add up to its latency with { %s }', (cache) => {
    const run = runOf(`
name: Parts
regions: { us: us-east-1, eu: eu-west-1, ap: ap-southeast-1 }
origins: { US: us-east-2, EU: eu-central-1, AP: ap-northeast-1 }
run: { duration: 20s, warmUp: 2s }
keys: { note: { count: 300, skew: { zipf: 1 } } }
workloads: { reads: { arrivals: { rate: 300/s }, from: { US: 50%, EU: 30%, AP: 20% }, keys: [note], call: web.show } }
services:
  web: { threads: 40, operations: { show: [get: { from: notes, miss: [call: store.read] }] } }
  store: { regions: [us], threads: 4, operations: { read: [work: { exponential: 5ms }] } }
caches: { notes: { key: note, entries: 60, serviceTime: { get: { exponential: 1ms }, put: 1ms }, ${cache} } }
`);
    const segments = run.segmentList;
    const rest = segments.findIndex(({ phase }) => phase === 'earlier attempts and back-off');
    const { waterfall } = run.records()['workloads.reads'] as {
      waterfall: { count: number; seconds: number[] }[];
    };
    const [unexplained, answered, whole] = waterfall.reduce(
      ([left, count, all], { count: each, seconds }) => [
        left + Math.abs(seconds[rest]),
        count + each,
        all + seconds.reduce((sum, part) => sum + part, 0),
      ],
      [0, 0, 0],
    );
    expect(answered).toBeGreaterThan(4000);
    expect(unexplained).toBeLessThan(1e-9);
    expect(whole).toBeCloseTo(run.readings().get('workloads.reads.answeredLatency')?.num as number, 6);
    const spentAt = (phase: string) => {
      const at = segments.findIndex((each) => each.station === 'caches.notes' && each.phase === phase);
      return waterfall.reduce((sum, { seconds }) => sum + seconds[at], 0);
    };
    expect(spentAt('looks up')).toBeGreaterThan(1);
    expect(spentAt('waits for a node')).toBeGreaterThan(0);
  });
});
