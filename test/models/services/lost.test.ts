import { describe, expect, test } from 'vitest';
import { Assembly } from '../../../src/models/assemble.ts';
import type { ServiceModel } from '../../../src/models/services/model.ts';
import type { WorkloadRecord } from '../../../src/models/workloads/ledger.ts';
import { designOf, runOf } from '../harness.ts';

const second = 1e9;

const scenario = (faults: string, more = '') => `
run: { duration: 15m, warmUp: 0s }
regions: { a: { zones: 3 }, b: {} }
origins: { o: { location: nowhere } }
network: { preset: none }
workloads:
  w: { arrivals: { rate: 60/s, process: deterministic }, from: { o: 100% }, client: { timeout: 2s }, call: s.x }
services:
  s: { regions: [a], instances: 6, balancing: round-robin, startup: 20s, ${more} operations: { x: [ work: 100ms ] } }
faults: { f: ${faults} }
`;

/** Runs a scenario, and looks at a service at instants (seconds). */
function watched<T>(
  yaml: string,
  instants: readonly number[],
  look: (service: ServiceModel, assembly: Assembly) => T,
): T[] {
  const assembly = new Assembly(designOf(yaml), 1, 0);
  const seen: T[] = [];
  for (const at of instants) {
    assembly.simulation.agenda().at(at * second, {
      fire: () => seen.push(look(assembly.component<ServiceModel>('services.s'), assembly)),
    });
  }
  assembly.run();
  return seen;
}

const readyIn = (place: number) => (service: ServiceModel) => service.readyIn(place).length;

const failuresOf = (assembly: Assembly) =>
  (assembly.records()['workloads.w'] as WorkloadRecord).failures as Record<string, number>;

describe('a region that is lost', () => {
  const yaml = scenario('{ fault: region-outage, region: a, at: 2m, for: 3m }');

  test('takes its instances along, and they are ready again one start after it is back', () => {
    expect(watched(yaml, [119, 121, 299, 319, 321], readyIn(0))).toEqual([6, 0, 0, 0, 6]);
  });

  test('gives back what its instances had in memory as nothing: no thread is held, new instances count from zero', () => {
    const [before, after] = watched(yaml, [119, 321], (service) =>
      service.readyIn(0).map((instance) => instance.arrivals),
    );
    expect(Math.min(...before)).toBeGreaterThan(1000);
    expect(Math.max(...after)).toBeLessThan(30);
  });

  test('fails nobody in it with an error: they wait until their time is over', () => {
    const assembly = runOf(scenario('{ fault: region-outage, region: a, at: 2m }'));
    expect(Object.keys(failuresOf(assembly))).toEqual(['timed-out']);
  });
});

describe('a zone that is lost', () => {
  const lost = scenario('{ fault: zone-outage, region: a, zone: 2, at: 2m, for: 10m }');

  test('takes the instances along whose turn it was to stand there, and only them', () => {
    const zones = watched(lost, [119, 121], (service) =>
      service.fleetIn('a').readyMembers.map(({ zone }) => zone),
    );
    expect(zones).toEqual([
      [0, 1, 2, 0, 1, 2],
      [0, 2, 0, 2],
    ]);
  });

  test('is sent requests until it is noticed after 40 s: each of those that go there waits its time out', () => {
    // Turns go round six instances, two of them dead: from the death on, and 0.1 s of work before it, a third of 60/s
    // fails for 40 s. The third that was being worked on at that instant: 100 ms × 20/s = 2.
    const { 'timed-out': timedOut, ...others } = failuresOf(runOf(lost));
    expect(others).toEqual({});
    expect(Math.abs(timedOut - (40 * 20 + 2))).toBeLessThanOrEqual(2);
  });

  test('has its instances replaced in the other zones 300 s later, one start after that', () => {
    // Noticed at 160 s, given up at 460 s, ready at 480 s.
    expect(watched(lost, [459, 479, 481], readyIn(0))).toEqual([4, 4, 6]);
    const [zones] = watched(lost, [481], (service) =>
      service.fleetIn('a').readyMembers.map(({ zone }) => zone),
    );
    expect(zones).not.toContain(1);
  });

  test('that is back before has them started where they were', () => {
    const short = scenario('{ fault: zone-outage, region: a, zone: 2, at: 2m, for: 1m }');
    expect(watched(short, [179, 199, 201], readyIn(0))).toEqual([4, 4, 6]);
  });

  test('holds threads of callers elsewhere until their own timeout, not until the zone is noticed', () => {
    const assembly = runOf(`
run: { duration: 5m, warmUp: 0s }
regions: { a: { zones: 3 } }
workloads: { w: { arrivals: { rate: 30/s, process: deterministic }, client: { timeout: 5s }, call: front.x } }
services:
  front: { threads: 1000, operations: { x: [ call: { operation: s.y, timeout: 1s } ] } }
  s: { instances: 3, balancing: round-robin, operations: { y: [ work: 10ms ] } }
faults: { f: { fault: zone-outage, region: a, zone: 3, at: 1m } }
`);
    const { failures } = assembly.records()['workloads.w'] as WorkloadRecord;
    // A third of 40 s at 30/s, by the timeout of the call between the services.
    expect(Object.keys(failures)).toEqual(['timed-out']);
    expect(Math.abs((failures as Record<string, number>)['timed-out'] - 400)).toBeLessThanOrEqual(2);
  });
});

describe('an autoscaled service whose region is lost', () => {
  test('begins from its least number of instances when the region is back', () => {
    const yaml = `
run: { duration: 10m, warmUp: 0s }
regions: { a: {} }
workloads: { w: { arrivals: { rate: 80/s }, client: { timeout: 1s }, call: s.x } }
services:
  s:
    cpu: { cores: 1 }
    startup: 5s
    autoscale:
      manifest: { apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: { name: s }, spec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: s }, minReplicas: 2, maxReplicas: 20, metrics: [ { type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 50 } } } ] } }
    operations: { x: [ work: { exponential: 50ms } ] }
faults: { f: { fault: region-outage, region: a, at: 3m, for: 1m } }
`;
    const [before, lost, back, later] = watched(yaml, [179, 200, 246, 590], readyIn(0));
    expect(before).toBeGreaterThanOrEqual(8);
    expect(lost).toBe(0);
    expect(back).toBe(2);
    expect(later).toBeGreaterThanOrEqual(8);
  });
});

describe('nodes of a pool', () => {
  const pooled = (fault: string) => `
run: { duration: 15m, warmUp: 0s }
regions: { a: { zones: 3 } }
workloads: { w: { arrivals: { rate: 10/s }, client: { timeout: 1s }, call: s.x } }
pools: { p: { node: { name: box, cores: 4 }, system: 0, mix: { on-demand: 100% }, startup: 60s } }
services: { s: { pool: p, instances: 12, cpu: { cores: 1 }, startup: 10s, operations: { x: [ work: 1ms ] } } }
prices: { override: { box: $1 } }
faults: { f: ${fault} }
`;

  test('start again when their region is back, and then the instances on them', () => {
    const yaml = pooled('{ fault: region-outage, region: a, at: 2m, for: 1m }');
    expect(watched(yaml, [119, 121, 239, 249, 251], readyIn(0))).toEqual([12, 0, 0, 0, 12]);
  });

  test('of a lost zone take their instances along, which find room on new ones elsewhere once they are given up', () => {
    const yaml = pooled('{ fault: zone-outage, region: a, zone: 1, at: 1m }');
    // Given up at 60 + 340 s, on a node at 460 s, ready at 470 s.
    expect(watched(yaml, [59, 61, 469, 471], readyIn(0))).toEqual([12, 8, 8, 12]);
  });
});

describe('a service that is called from another region', () => {
  const called = (health: string, regions = '[b, c]') => `
run: { duration: 5m, warmUp: 0s }
regions: { a: {}, b: {}, c: {} }
origins: { o: { location: nowhere } }
network:
  preset: none
  links: [ { between: [a, b], roundTrip: 10ms }, { between: [a, c], roundTrip: 50ms }, { between: [b, c], roundTrip: 50ms } ]
routing: { policy: weighted, weights: { a: 100% } ${health} }
workloads:
  w: { arrivals: { rate: 20/s, process: deterministic }, from: { o: 100% }, client: { timeout: 1s }, call: front.x }
services:
  front: { regions: [a], threads: 10000, operations: { x: [ call: back.y ] } }
  back: { regions: ${regions}, operations: { y: [ work: 1ms ] } }
faults: { f: { fault: region-outage, region: b, at: 1m } }
`;
  const timedOut = (yaml: string) => failuresOf(runOf(yaml))['timed-out'] ?? 0;

  test('hangs for as long as the nearest region is lost, where nobody finds that out', () => {
    expect(timedOut(called(', health: { failures: 1000 }'))).toBe(20 * 240);
  });

  test('goes on in the next one, once the checks have found out', () => {
    // Three checks of ten seconds' interval, the first up to 10 s after the loss, and a timeout of up to 4 s.
    const failed = timedOut(called(', health: { interval: 10s, failures: 3 }'));
    expect(failed).toBeGreaterThan(20 * 20);
    expect(failed).toBeLessThan(20 * 36);
  });
});

test('who hangs at a dead machine without a timeout is refused once something answers there again', () => {
  const yaml = `
run: { duration: 5m, warmUp: 0s }
regions: { a: { zones: 2 } }
workloads: { w: { arrivals: { rate: 20/s }, client: { timeout: 1s }, call: s.x } }
services:
  s: { threads: 1000, operations: { x: [ call: t.y ] } }
  t: { instances: 2, balancing: round-robin, startup: 5s, operations: { y: [ work: 1ms ] } }
faults: { f: { fault: zone-outage, region: a, zone: 2, at: 1m, for: 20s } }
`;
  // Sent at 60 s and later, and repeated at last 31 s after that.
  const [during, after] = watched(yaml, [79, 115], (service) => service.readyIn(0)[0].threads?.held ?? 0);
  expect(during).toBeGreaterThan(150);
  expect(after).toBeLessThan(5);
});
