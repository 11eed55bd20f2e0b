import { describe, expect, test } from 'vitest';
import type { FaultRecord } from '../../../src/models/faults/model.ts';
import { runOf } from '../harness.ts';

/**
 * A region with a cache in front of a store that does 125 loads a second, half of what all callers would ask of it at once:
 * warm, the cache answers half of 200 lookups a second; entries live for 30 s. It is lost for a while and comes back cold.
 * Meanwhile another region, with room for all, serves its callers.
 */
const returning = (recovery: string, duration: string) => `
run: { duration: ${duration}, warmUp: 0s, begin: steady }
regions: { a: {}, b: {} }
origins: { o: { location: nowhere } }
network: { preset: none }
routing:
  policy: anycast
  convergence: 0s
  health: { checkers: 1, interval: 1s, failures: 1, successes: 1, timeout: 1s }
  ${recovery}
monitoring: { every: 20s }
keys: { id: { count: 6000 } }
workloads:
  w: { arrivals: { rate: 200/s }, from: { o: 100% }, keys: [id], client: { timeout: 1s, retries: { max: 3, backoff: none } }, call: s.x }
services:
  s: { startup: 1ms, operations: { x: [ get: { from: c, miss: [ call: d.load ] } ] } }
  d: { startup: 1ms, regions: { a: { instances: 1 }, b: { instances: 8 } }, threads: 1, operations: { load: [ work: 8ms ] } }
caches: { c: { regions: all, key: id, policy: ttl, ttl: 30s, lookup: [local], singleFlight: false } }
faults: { f: { fault: region-outage, region: a, at: 3m, for: 3m, settle: 2m } }
`;

const recordOf = (recovery: string, duration = '12m') => {
  const assembly = runOf(returning(recovery, duration));
  const told = assembly.timeline.occurrences.flatMap(({ what }) => {
    const [, share] = /^recovery of a: (.*)/.exec(what) ?? [];
    return share === undefined ? [] : [share];
  });
  return { ...(assembly.records()['faults.f'] as FaultRecord), told };
};

describe('a region that comes back with cold caches', () => {
  test('is given all of its traffic at once and does not stand up any more', () => {
    const { aftermath, holds = [] } = recordOf('', '7m');
    expect(aftermath).toBe('stuck');
    const found = holds.map(({ sign, of }) => `${sign} ${of}`);
    expect(found).toEqual([
      'in-vain workloads.w',
      'retries workloads.w',
      'misses caches.c.in.a',
      'waiting services.d.in.a',
    ]);
  });

  test('is given a tenth first, then more by steps, and nobody feels that it is back', () => {
    const { aftermath, recoveredAt, phases, told } = recordOf(
      'recovery: { start: 10%, step: 20%, every: 1m }',
    );
    expect(aftermath).toBe('recovered');
    // Callers felt its loss, for a few seconds at 3 min, and not its return from 6 min on.
    expect(recoveredAt).toBeLessThan(220);
    expect(told.filter((what) => what.startsWith('given'))).toHaveLength(6);
    expect(told.at(-1)).toBe('its callers are back');
    expect(phases.find(({ name }) => name === 'ramp')).toMatchObject({ after: 'end', seconds: 300 });
  });

  test('has a step taken back that the monitor finds was too much, each time anew', () => {
    const { told } = recordOf('recovery: { start: 10%, step: 80%, every: 20s }');
    const changes = told.filter((what) => !what.startsWith('no more'));
    expect(changes.slice(0, 4)).toEqual([
      'given 10% of its traffic',
      'given 90% of its traffic',
      'given 10% of its traffic, the monitor is not content',
      'given 90% of its traffic',
    ]);
    expect(told).not.toContain('given all of its traffic');
  });
});
