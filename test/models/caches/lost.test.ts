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

  it('says on the timeline which nodes are gone, and when they are back', () => {
    const run = runOf(
      scenario('{ fault: cache-crash, cache: notes, region: a, node: 1, at: 5m, for: 1m }', 'nodes: 4'),
    );
    const told = run.timeline.occurrences.filter(({ component }) => component === 'caches.notes.in.a');
    expect(told.slice(0, 2).map(({ at, what }) => [at, what])).toEqual([
      [300, '1 of 4 nodes are lost, with what they held'],
      [360, '1 of 4 nodes are back, and empty'],
    ]);
  });

  it.each([
    ['{ fault: cache-crash, cache: notes, node: 3, at: 5m }', 'there is no node 3 of notes'],
    ['{ fault: cache-crash, cache: notes, region: c, at: 5m }', '"c"'],
  ])('is refused as %s', (fault, message) => {
    expect(problemsOf(scenario(fault)).join()).toContain(message);
  });
});

describe('a cache in a region or zone that is lost', () => {
  it('keeps those from an answer who wait less for theirs than its own clients do, and is empty when it is back', () => {
    // The first is waited for 2 s by the cache’s client; the callers’ own second is over then. Connections are opened anew
    // after that, and TCP repeats what opens one after a second: nobody of the outage’s last second gets through either.
    const run = runOf(scenario('{ fault: region-outage, region: a, at: 5m, for: 1m }', 'regions: [a]', 'b'));
    expect(failuresOf(run)).toEqual({ 'timed-out': 20 * 60 });
    expect(count(run, 'caches.notes.in.a.loads')).toBeGreaterThanOrEqual(100);
  });

  it('costs each lookup of it the client’s timeout, and each write back, and fails nobody who waits for that', () => {
    const run = runOf(
      scenario(
        '{ fault: region-outage, region: a, at: 5m, for: 1m }',
        'regions: [a], client: { timeout: 200ms, connectTimeout: 300ms }',
        'b',
        false,
      ),
    );
    expect(failuresOf(run)).toEqual({});
    // Of 1,200 lookups the first 200 ms’ (4) wait 200 ms on an open connection, all others 300 ms for one to open; those
    // of the last 300 ms (6) as long, since what opens one is repeated after a second. Each then waits for its fill.
    const lookups = 20 * 60;
    expect(count(run, 'caches.notes.timeouts')).toBeGreaterThanOrEqual(2 * lookups - 12);
    expect(count(run, 'caches.notes.timeouts')).toBeLessThanOrEqual(2 * lookups);
    const { num, den } = run.readings().get('caches.notes.latency') as { num: number; den: number };
    const waited = (num / den) * 11999;
    expect(waited).toBeGreaterThan(0.3 * lookups - 4 * 0.1);
    expect(waited).toBeLessThan(0.3 * lookups + 11999 * 20e-6);
  });

  it('is left alone by a circuit breaker, but for a try now and then', () => {
    const breaker = 'breaker: { window: 10, minimumCalls: 10, openFor: 20s, halfOpenCalls: 2 }';
    const run = runOf(
      scenario(
        '{ fault: region-outage, region: a, at: 5m, for: 1m }',
        `regions: [a], client: { timeout: 200ms, connectTimeout: 300ms, ${breaker} }`,
        'b',
        false,
      ),
    );
    expect(failuresOf(run)).toEqual({});
    // Of the last ten results half must be in vain before it opens; then two tries each 20 s, at 20 s and 40 s, and what
    // was under way at each time: 0.3 s of lookups and of their fills.
    const timeouts = count(run, 'caches.notes.timeouts');
    expect(timeouts).toBeGreaterThanOrEqual(5 + 2 * 2);
    expect(timeouts).toBeLessThan(5 + 3 * 2 * 12);
    expect(count(run, 'caches.notes.notPermitted')).toBeGreaterThan(2 * (20 * 60 - 100));
  });

  const expiring = (flight: boolean) =>
    runOf(
      scenario(
        '{ fault: region-outage, region: b, at: 5m, for: 1m }',
        'lookup: [local, remote], ttl: 5s, client: { timeout: 400ms, connectTimeout: 400ms }',
        'a',
        flight,
      ),
    );

  it('holds those up who look there after a miss of their own, who then load', () => {
    const run = expiring(false);
    expect(failuresOf(run)).toEqual({});
    // Each of a hundred values expires 5 s after it was written and is asked for each 5 s on the mean: misses come at
    // 100 / (5 + 5) a second at least, when each load were there at once; at most all lookups miss.
    const timeouts = count(run, 'caches.notes.in.a.timeouts');
    expect(timeouts).toBeGreaterThan(60 * 10 - 5 * Math.sqrt(600));
    expect(timeouts).toBeLessThan(20 * 60);
    expect(count(run, 'caches.notes.in.b.timeouts')).toBe(0);
  });

  it('holds those up, too, who wait for another’s load', () => {
    const alone = expiring(false);
    const joined = expiring(true);
    expect(failuresOf(joined)).toEqual({});
    expect(count(joined, 'caches.notes.singleFlightJoins')).toBeGreaterThan(0);
    expect(count(joined, 'caches.notes.timeouts')).toBeLessThan(count(alone, 'caches.notes.timeouts'));
  });

  it('is silent where its nodes stood in the lost zone, and forgets what they held', () => {
    const run = runOf(
      scenario('{ fault: zone-outage, region: a, zone: 1, at: 5m, for: 1m }', 'regions: [a], nodes: 3', 'b'),
    );
    const { 'timed-out': timedOut, ...others } = failuresOf(run);
    expect(others).toEqual({});
    // A third of the keys, as the slots deal them: binomial(100, 1/3), within five standard deviations.
    expect(Math.abs(timedOut / 1200 - 1 / 3)).toBeLessThan(5 * Math.sqrt((1 / 3) * (2 / 3) * (1 / 100)));
    // Its keys are loaded once each when it is back; meanwhile by whoever no other’s load is waited for by: each load
    // takes 2 s to look up and 2 s to fill.
    const keys = timedOut / 12;
    const loads = count(run, 'caches.notes.in.a.loads');
    expect(loads).toBeGreaterThanOrEqual(keys * 0.8);
    expect(loads).toBeLessThan(keys * (1 + 60 / 4 + 1));
  });
});
