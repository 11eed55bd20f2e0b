import { describe, expect, test } from 'vitest';
import type { FaultRecord } from '../../../src/models/faults/model.ts';
import { runOf } from '../harness.ts';

const outcomeOf = (yaml: string, run = 0): FaultRecord =>
  runOf(yaml, 1, run).records()['faults.rush'] as FaultRecord;

/**
 * One server that does 100/s at 70% load, first come first served, and callers who wait a second and try again. Once those
 * who wait are more than a second's work, nobody is answered in time, and each caller is there four times.
 */
const storm = (retries: string, more = '') => `
run: { duration: 8m, warmUp: 0s }
workloads: { w: { arrivals: { rate: 70/s }, client: { timeout: 1s, ${retries} }, call: desk.serve } }
services: { desk: { threads: 1, operations: { serve: [work: 10ms] } } }
faults: { rush: { fault: surge, workload: w, factor: 3, at: 3m, for: 20s, settle: 1m } }
${more}`;

describe('a retry storm after a surge', () => {
  const unbounded = 'retries: { max: 3, backoff: exponential, base: 100ms, cap: 1s }';

  test('holds a system down long after the surge, where retries are without a budget', () => {
    const { aftermath, holds = [], recoveredAt } = outcomeOf(storm(unbounded));
    expect(aftermath).toBe('stuck');
    expect(recoveredAt).toBeUndefined();
    const [inVain, retries, queue, ...more] = holds;
    // Of four attempts three are retries, and whatever is done was given up long ago.
    expect(retries).toMatchObject({ sign: 'retries', of: 'workloads.w', before: expect.closeTo(0, 2) });
    expect(retries.after).toBeCloseTo(0.75, 2);
    expect(inVain).toMatchObject({ sign: 'in-vain', of: 'workloads.w', after: 1 });
    expect(queue).toMatchObject({ sign: 'waiting', grows: true });
    expect(queue.after).toBeGreaterThan(1000);
    expect(more).toEqual([]);
  });

  test('is over soon where they have a budget of a fifth', () => {
    const { aftermath, holds, recoveredAt } = outcomeOf(storm(unbounded.replace('}', ', budget: 20% }')));
    expect(aftermath).toBe('recovered');
    expect(holds).toBeUndefined();
    expect(recoveredAt).toBeGreaterThan(200);
  });

  test('does not begin where the surge is too short', () => {
    const brief = storm(unbounded).replace('for: 20s', 'for: 200ms');
    expect(outcomeOf(brief).aftermath).toBe('recovered');
  });
});

/**
 * A cache in front of a database that does 125 loads a second: usually half of 200 lookups a second find nothing. Entries
 * live for 30 s, so that a load that takes longer than its callers wait is made again and again.
 */
const cold = (retries: string) => `
run: { duration: 12m, warmUp: 0s, begin: steady }
keys: { id: { count: 6000 } }
workloads: { w: { arrivals: { rate: 200/s }, keys: [id], client: { timeout: 1s, ${retries} }, call: s.x } }
services: { s: { operations: { x: [ get: { from: c, miss: [ call: d.load ] } ] } }, d: { threads: 1, operations: { load: [ work: 8ms ] } } }
caches: { c: { key: id, policy: ttl, ttl: 30s, singleFlight: false } }
faults: { rush: { fault: cache-crash, cache: c, at: 4m, settle: 1m } }
`;

describe('a cache that is lost', () => {
  test('leaves what stands behind it overloaded, where callers who wait in vain ask again', () => {
    const { aftermath, holds = [] } = outcomeOf(cold('retries: { max: 3, backoff: none }'));
    expect(aftermath).toBe('stuck');
    expect(holds.map(({ sign, of }) => `${sign} ${of}`)).toEqual(
      expect.arrayContaining(['retries workloads.w', expect.stringContaining('waiting services.d')]),
    );
    expect(holds.some(({ sign }) => sign === 'misses')).toBe(true);
  });

  test('warms up where they do not', () => {
    const { aftermath, phases } = outcomeOf(cold(''));
    expect(aftermath).toBe('recovered');
    expect(phases.map(({ name }) => name)).toContain('warmUp');
  });
});

describe('what came after a fault', () => {
  test('is not put down to it where all was not well before', () => {
    const yaml = storm('').replace('rate: 70/s', 'rate: 130/s');
    expect(outcomeOf(yaml).aftermath).toBe('amiss-before');
  });

  test('is not known to be over where the fault lasts', () => {
    const yaml = storm('').replace('factor: 3, at: 3m, for: 20s', 'factor: 3, at: 3m');
    expect(outcomeOf(yaml).aftermath).toBe('lasts');
  });

  test('is settling where all is well at the end, for less than it takes to be sure', () => {
    const yaml = storm('').replace('settle: 1m', 'settle: 20m');
    expect(outcomeOf(yaml).aftermath).toBe('settling');
  });
});
