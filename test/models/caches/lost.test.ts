import { describe, expect, it } from 'vitest';
import type { Assembly } from '../../../src/models/assemble.ts';
import type { WorkloadRecord } from '../../../src/models/workloads/ledger.ts';
import { problemsOf, runOf } from '../harness.ts';

const scenario = (fault: string, cache = '', region = 'a', flight = true) => `
run: { duration: 10m, warmUp: 0s }
regions: { a: { zones: 3 }, b: { zones: 3 } }
origins: { o: { location: nowhere } }
network: { preset: none }
keys: { note: { count: 100 } }
workloads:
  reads: { arrivals: { rate: 20/s, process: deterministic }, from: { o: 100% }, keys: [note], client: { timeout: 1s }, call: web.show }
services: { web: { regions: [${region}], operations: { show: [ get: { from: notes, miss: [ wait: 1ms ] } ] } } }
caches: { notes: { key: note, entries: 1000, singleFlight: ${flight}, serviceTime: { get: 10us, put: 10us }, ${cache} } }
faults: { f: ${fault} }
`;

const count = (run: Assembly, meter: string) => run.readings().get(meter)?.num ?? Number.NaN;

const failuresOf = (run: Assembly) =>
  (run.records()['workloads.reads'] as WorkloadRecord).failures as Record<string, number>;

describe('a cache whose nodes crash', () => {
  it('has to load each of its entries once more', () => {
    // A hundred values, drawn evenly 20 × 300 times after the crash: each of them is asked for (but for 100 e^−60).
    const run = runOf(scenario('{ fault: cache-crash, cache: notes, region: a, at: 5m }'));
    expect(count(run, 'caches.notes.in.a.loads')).toBe(100);
    expect(count(run, 'caches.notes.in.a.lookups')).toBe(11999);
  });

  it('has to load only what was on the node that crashed', () => {
    const run = runOf(
      scenario('{ fault: cache-crash, cache: notes, region: a, node: 1, at: 5m }', 'nodes: 4'),
    );
    // The slots of a hundred keys over four nodes: binomial(100, 1/4), within five standard deviations.
    expect(Math.abs(count(run, 'caches.notes.in.a.loads') - 25)).toBeLessThan(
      5 * Math.sqrt(100 * 0.25 * 0.75),
    );
  });

  it('misses all, keeps nothing and fails nobody while its machines refuse connections', () => {
    const run = runOf(scenario('{ fault: cache-crash, cache: notes, at: 5m, for: 1m }'));
    expect(count(run, 'caches.notes.in.a.loads')).toBe(20 * 60 + 100);
    expect(count(run, 'workloads.reads.succeeded')).toBe(11999);
  });

  it.each([
    ['{ fault: cache-crash, cache: notes, node: 3, at: 5m }', 'there is no node 3 of notes'],
    ['{ fault: cache-crash, cache: notes, region: c, at: 5m }', '"c"'],
  ])('is refused as %s', (fault, message) => {
    expect(problemsOf(scenario(fault)).join()).toContain(message);
  });
});

describe('a cache in a region or zone that is lost', () => {
  it('answers nobody who asks it from elsewhere, and is empty when it is back', () => {
    // All that was asked for in that minute, but for what was in its last 0.6 s: TCP repeats that 0.2 s and 0.6 s after it
    // was first sent, which is within the second that callers wait.
    const run = runOf(scenario('{ fault: region-outage, region: a, at: 5m, for: 1m }', 'regions: [a]', 'b'));
    expect(failuresOf(run)).toEqual({ 'timed-out': 20 * (60 - 0.6) });
    expect(count(run, 'caches.notes.in.a.loads')).toBeGreaterThanOrEqual(100);
  });

  const expiring = (flight: boolean) =>
    runOf(
      scenario(
        '{ fault: region-outage, region: b, at: 5m, for: 1m }',
        'lookup: [local, remote], ttl: 5s',
        'a',
        flight,
      ),
    );

  it('leaves those without an answer who look there after a miss of their own', () => {
    const { 'timed-out': timedOut, ...others } = failuresOf(expiring(false));
    expect(others).toEqual({});
    // Each value expires within 5 s, and nothing is loaded while the other region is silent: all but the first seconds' and
    // the last 0.6 s fail.
    expect(timedOut).toBeGreaterThan(20 * (60 - 5 - 1));
    expect(timedOut).toBeLessThanOrEqual(20 * 60);
  });

  it('takes those along who wait for another’s load that hangs there, for longer than it lasts', () => {
    // The load goes on when its message is next repeated, up to as long after the outage as it has waited by then.
    expect(failuresOf(expiring(true))['timed-out']).toBeGreaterThan(20 * 60 * 1.2);
  });

  it('is silent where its nodes stood in the lost zone, and forgets what they held', () => {
    const run = runOf(
      scenario('{ fault: zone-outage, region: a, zone: 1, at: 5m, for: 1m }', 'regions: [a], nodes: 3', 'b'),
    );
    const { 'timed-out': timedOut, ...others } = failuresOf(run);
    expect(others).toEqual({});
    // A third of the keys, as the slots deal them: binomial(100, 1/3), within five standard deviations.
    expect(Math.abs(timedOut / 1200 - 1 / 3)).toBeLessThan(5 * Math.sqrt((1 / 3) * (2 / 3) * (1 / 100)));
    const loads = count(run, 'caches.notes.in.a.loads');
    expect(Math.abs(loads - timedOut / 12)).toBeLessThan(30);
  });
});
