import { describe, expect, test } from 'vitest';
import { Assembly } from '../../../src/models/assemble.ts';
import type { Component } from '../../../src/models/kind.ts';
import { designOf, expectExact, readingOf, runOf, simulate } from '../harness.ts';

const watched = (workload: string, fault: string, monitoring = '{}') => `
run: { duration: 10m, warmUp: 0s }
regions: { a: {}, b: {} }
network: { jitter: 0%, sameRegion: 0s, links: [ { between: [a, b], roundTrip: 100ms } ] }
routing: { policy: failover, order: [a, b] }
monitoring: ${monitoring}
workloads: { w: { ${workload}, call: s.x } }
services:
  s: { regions: [a], operations: { x: [ call: t.x ] } }
  t: { regions: [b], operations: { x: [ work: 1ms ] } }
faults: { f: ${fault} }
`;

const idle = 'arrivals: { rate: 1/h }, client: { timeout: 1s }';
const busy = 'arrivals: { rate: 50/s }, client: { timeout: 5s }';

const alertsOf = ({ timeline }: Assembly) =>
  timeline.occurrences.filter(({ component }) => component === 'monitoring').map(({ what }) => what);

describe('the monitor', () => {
  test('tells of a lost region at its next look after the health checks have found out', () => {
    const yaml = watched(idle, '{ fault: region-outage, region: a, at: 2m }');
    const runs = simulate(yaml, { runs: 200 });
    const delays = runs.meanOf((assembly) => readingOf(assembly, 'monitoring.alertDelay'));
    // Six of the twelve checkers are in `a` itself and say nothing any more; of the other six all but one must have failed
    // three times (the fifth of six: 5/7 of an interval). Then half a minute to the next look.
    expectExact(delays, 2 * 10 + 4 + 10 * (5 / 7) + 30, 0.08);
  });

  test('alerts where answers are slow, and tells when all is well again', () => {
    const fault = '{ fault: link-slow, from: a, to: b, added: 300ms, at: 2m, for: 3m }';
    const [alert, over, ...more] = alertsOf(runOf(watched(busy, fault)));
    expect(alert).toMatch(/^a alert: latency 701 ms, \d+(\.\d+)? s after it began$/);
    expect(over).toBe('a all is well again');
    expect(more).toEqual([]);
  });

  test('is silent where they are not so slow', () => {
    const fault = '{ fault: link-slow, from: a, to: b, added: 100ms, at: 2m, for: 3m }';
    expect(alertsOf(runOf(watched(busy, fault)))).toEqual([]);
    expect(alertsOf(runOf(watched(busy, fault, '{ latency: 250ms }')))).toHaveLength(2);
  });

  test('tells how late it is of what was slow for a part of the minute only, and is well when it looks', () => {
    // One look a minute, at a phase of its own; whatever that is, 20 s lie whole between two looks in most runs.
    const fault = '{ fault: link-slow, from: a, to: b, added: 300ms, at: 2m, for: 20s }';
    const late = Array.from({ length: 12 }, (_, run) => {
      const { timeline } = runOf(watched(busy, fault), 1, run);
      return timeline.occurrences.find(({ what }) => what.includes('alert: latency'));
    });
    for (const alert of late) {
      // The first slow answer is there 0.7 s after the link is slow.
      const since = (alert?.at ?? 0) - 120.7;
      const told = Number(/([\d.]+) s after it began/.exec(alert?.what ?? '')?.[1] ?? 0);
      expect(Math.abs(told - since)).toBeLessThan(1.1);
    }
    expect(Math.max(...late.map((alert) => alert?.at ?? 0))).toBeGreaterThan(141);
  });

  test('alerts where what a region keeps is too far behind', () => {
    const yaml = watched(idle, '{ fault: link-slow, from: a, to: b, factor: 1, at: 1m }');
    const assembly = new Assembly(designOf(yaml), 1, 0);
    const store = assembly.component<Component>('services.s');
    store.lagIn = (place) => (place === 1 && assembly.simulation.now > 300e9 ? 12 : 9);
    assembly.component<{ connect(): void }>('monitoring').connect();
    assembly.run();
    expect(alertsOf(assembly)).toEqual([expect.stringMatching(/^b alert: lag 12 ?s, /)]);
  });

  test('watches nothing where nothing can fail', () => {
    const yaml = watched(busy, '{}').replace(/faults: .*/, '');
    expect(runOf(yaml).readings().has('monitoring.alerts')).toBe(false);
  });
});
