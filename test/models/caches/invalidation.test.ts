import { describe, expect, it } from 'vitest';
import type { Assembly } from '../../../src/models/assemble.ts';
import { runOf } from '../harness.ts';

const count = (run: Assembly, meter: string) => run.readings().get(meter)?.num ?? Number.NaN;
const ratio = (run: Assembly, meter: string) => {
  const { num, den } = run.readings().get(meter) as { num: number; den: number };
  return num / den;
};

/** One entry: written in region a, read in region b, where word of a write comes after half of the round trip. */
const scenario = (parts: {
  roundTrip: string;
  writes?: string;
  reads?: string;
  cache?: string;
  step?: string;
  faults?: string;
  duration?: string;
}) => `
run: { duration: ${parts.duration ?? '4h'}, warmUp: 1m }
regions: { a: {}, b: {} }
origins: { near-a: { location: nowhere }, near-b: { location: nowhere } }
network: { preset: none, jitter: 0, links: [ { between: [a, b], roundTrip: ${parts.roundTrip} } ] }
routing: { policy: weighted, weights: { a: 1 } }
keys: { note: { count: 1 } }
workloads:
  writes: { arrivals: { rate: ${parts.writes ?? '0.2/s'} }, from: { near-a: 100% }, keys: [note], client: { timeout: 5s }, call: writer.write }
  reads: { arrivals: { rate: ${parts.reads ?? '5/s'} }, from: { near-b: 100% }, keys: [note], client: { timeout: 5s }, call: reader.show }
services:
  writer: { regions: [a], operations: { write: [ ${parts.step ?? 'invalidate: notes'} ] } }
  reader: { regions: [b], operations: { show: [ get: { from: notes, miss: [ wait: 0ms ] } ] } }
caches: { notes: { key: note, entries: 10, serviceTime: { get: 0us, put: 0us }, ${parts.cache ?? ''} } }
${parts.faults === undefined ? '' : `faults: { f: ${parts.faults} }`}
`;

/**
 * Share of reads that are stale: reads are Poisson (λ), writes are (μ), word of them takes d and loads take no time. An
 * entry that a read finds was loaded Y ago with no word since, so no write was between Y + d and d ago: the time since
 * the last word is exponential (μ), so is what is left of it after the first read (1/λ), and that read has come with
 * probability λ/(λ + μ). Stale is who then finds a write in the last min(Y, d): 1 − e^(−μ·min(Y, d)) on the mean over Y,
 * which is (1 − e^(−2μd))/2.
 */
const staleShare = (reads: number, writes: number, delay: number) =>
  ((reads / (reads + writes)) * (1 - Math.exp(-2 * writes * delay))) / 2;

describe('invalidation across regions', () => {
  it.each([
    ['400ms', 0.2],
    ['4s', 2],
    ['40s', 20],
  ])('leaves the share of reads stale that a delay of half of %s must', (roundTrip, delay) => {
    const run = runOf(scenario({ roundTrip }));
    const expected = staleShare(5, 0.2, delay);
    const n = count(run, 'caches.notes.in.b.lookups');
    // Reads in one window of staleness hang together: its variance counts as many times as there are reads in it (at most
    // 5 a second for delay seconds, once more for their own number), four standard deviations.
    const dependent = 1 + 2 * 5 * delay;
    const half = 4 * Math.sqrt((expected * (1 - expected) * dependent) / n);
    expect(half).toBeLessThan(expected / 2);
    expect(Math.abs(ratio(run, 'caches.notes.in.b.staleRatio') - expected)).toBeLessThan(half);
    // Nobody reads a value longer after its overwriting than word of that takes.
    const ages = run.readings().get('caches.notes.in.b.staleness')?.hist;
    expect(ages?.quantile(1)).toBeLessThanOrEqual(delay * 1.01);
  });

  it('of one region only leaves the others stale until their time to live is over', () => {
    const run = runOf(
      scenario({
        roundTrip: '40ms',
        cache: 'ttl: 10s,',
        step: 'invalidate: { in: notes, everywhere: false }',
      }),
    );
    expect(count(run, 'caches.notes.invalidations')).toBe(0);
    // Of an entry that lives T from its load on, writes at μ: stale for T − (1 − e^(−μT))/μ of it on the mean; then absent
    // until the next read, 1/λ.
    const [life, writes, reads] = [10, 0.2, 5];
    const expected = (life - (1 - Math.exp(-writes * life)) / writes) / (life + 1 / reads);
    expect(Math.abs(ratio(run, 'caches.notes.in.b.staleRatio') - expected)).toBeLessThan(0.03);
    const ages = run.readings().get('caches.notes.in.b.staleness')?.hist;
    expect(ages?.quantile(1)).toBeLessThanOrEqual(life * 1.01);
    expect(ages?.quantile(1)).toBeGreaterThan(life * 0.9);
  });

  const cut = 'fault: network-partition, groups: [[a], [b]], at: 10m, for: 10m';

  it('by pub-sub is lost while nothing passes: stale reads go on until the next write or the end of the time to live', () => {
    const parts = { roundTrip: '40ms', faults: `{ ${cut} }`, duration: '30m', writes: '0.05/s' };
    const run = runOf(scenario(parts));
    const lost = count(run, 'caches.notes.lostInvalidations');
    expect(Math.abs(lost - 30)).toBeLessThan(5 * Math.sqrt(30));
    // From the first write of these ten minutes until the first one after them.
    expect(count(run, 'caches.notes.staleReads')).toBeGreaterThan(5 * 400);
    const bounded = runOf(scenario({ ...parts, cache: 'ttl: 5s,' }));
    const ages = bounded.readings().get('caches.notes.in.b.staleness')?.hist;
    expect(ages?.quantile(1)).toBeLessThanOrEqual(5.05);
  });

  it('by a stream arrives once the link is whole, and leaves nothing stale after that', () => {
    const cache = 'invalidation: { channel: stream },';
    const parts = { roundTrip: '40ms', faults: `{ ${cut} }`, duration: '30m', writes: '0.05/s' };
    const run = runOf(scenario({ ...parts, cache }));
    expect(count(run, 'caches.notes.lostInvalidations')).toBe(0);
    const ages = run.readings().get('caches.notes.in.b.staleness')?.hist;
    // The client tries anew each half minute, at 1, 3, 7 and 15 s of each try: within 30 s it is through.
    expect(ages?.quantile(1)).toBeLessThanOrEqual(600 + 30 + 1);
    const after = runOf(scenario({ ...parts, cache, writes: '0.001/s' }));
    expect(count(after, 'caches.notes.staleReads')).toBeLessThanOrEqual(5 * 631 * 1.1);
  });

  it('takes what its channel takes beside the way', () => {
    const run = runOf(scenario({ roundTrip: '20ms', cache: 'invalidation: { delay: 1990ms },' }));
    const expected = staleShare(5, 0.2, 2);
    expect(Math.abs(ratio(run, 'caches.notes.in.b.staleRatio') - expected)).toBeLessThan(expected / 10);
  });
});

describe('a value that is written everywhere', () => {
  it('is stale elsewhere for as long as it is on its way', () => {
    const run = runOf(
      scenario({
        roundTrip: '4s',
        step: 'put: { to: notes, everywhere: true }',
        cache: 'client: { timeout: 10s },',
      }),
    );
    // Never absent, so that Y above is the time since the last value came: a read is stale if a write is in the last 2 s.
    const expected = 1 - Math.exp(-0.2 * 2);
    const n = count(run, 'caches.notes.in.b.lookups');
    const half = 4 * Math.sqrt((expected * (1 - expected) * (1 + 2 * 5 * 2)) / n);
    expect(Math.abs(ratio(run, 'caches.notes.in.b.staleRatio') - expected)).toBeLessThan(half);
  });
});

/** Reads load from a primary, over a slow way, while others write and invalidate in the same region. */
const race = (load: string, cache = '') => `
run: { duration: 2h, warmUp: 1m }
regions: { a: {} }
origins: { o: { location: nowhere } }
network: { preset: none }
keys: { note: { count: 1 } }
workloads:
  writes: { arrivals: { rate: 0.5/s }, from: { o: 100% }, keys: [note], call: web.write }
  reads: { arrivals: { rate: 5/s }, from: { o: 100% }, keys: [note], call: web.show }
services: { web: { operations: { write: [ write: notes, invalidate: near ], show: [ get: { from: near, miss: [ ${load} ] } ] } } }
databases: { notes: { shardBy: { key: note, function: jump }, primary: a, read: 10us, write: 10us, commit: 10us } }
caches: { near: { key: note, entries: 10, ${cache} } }
`;

describe('a load that is slower than an invalidation', () => {
  it('fills the old value after the entry was removed, for as long as nobody writes or it expires', () => {
    const fast = runOf(race('{ read: notes }'));
    const slow = runOf(race('{ read: notes }, { wait: 500ms }'));
    const bounded = runOf(race('{ read: notes }, { wait: 500ms }', 'ttl: 1s'));
    const late = runOf(race('{ wait: 500ms }, { read: notes }'));
    // Of the loads that take half a second, 1 − e^(−0.5·0.5) see a write between their read and their fill; what they
    // fill stays until the next write, 2 s on the mean.
    expect(ratio(slow, 'caches.near.staleRatio')).toBeGreaterThan(0.1);
    expect(ratio(fast, 'caches.near.staleRatio')).toBeLessThan(0.001);
    // What is read at the end of a load is true, however long the load took.
    expect(ratio(late, 'caches.near.staleRatio')).toBeLessThan(0.001);
    expect(ratio(bounded, 'caches.near.staleRatio')).toBeLessThan(ratio(slow, 'caches.near.staleRatio'));
  });
});
