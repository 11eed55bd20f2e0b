import { describe, expect, test } from 'vitest';
import { scenarioOf } from '../harness.ts';

const assumed = (fault: string, more = '') =>
  scenarioOf(`
regions: { a: {}, b: {} }
network: { preset: none }
run: { duration: 2m, warmUp: 0s }
workloads: { w: { arrivals: { rate: 1/s }, client: { timeout: 1s }, call: s.x } }
services: { s: { instances: 3, operations: { x: [ work: 1ms ] } } }
faults: { f: { ${fault}, at: 1m } }
${more}`)
    .assumptions.map(({ about }) => about)
    .filter((about) => /health checks|DNS|TTL/.test(about));

const all = [
  'health checks of regions',
  'TTL of DNS answers',
  'resolvers that keep answers beyond their TTL',
];

describe('what is assumed about health checks and DNS', () => {
  test('is told where a region may fall silent, be too far away, or be left without an instance', () => {
    expect(assumed('fault: region-outage, region: a')).toEqual(all);
    expect(assumed('fault: link-down, from: a, to: b')).toEqual(all);
    expect(assumed('fault: link-slow, from: a, to: b, added: 10s')).toEqual(all);
    expect(assumed('fault: instance-crash, service: s, region: a, share: 100%')).toEqual(all);
    expect(assumed('fault: instance-crash, service: s, count: 3')).toEqual(all);
  });

  test('is not told where no health check can fail', () => {
    expect(assumed('fault: instance-crash, service: s')).toEqual([]);
    expect(assumed('fault: instance-crash, service: s, region: a, share: 50%')).toEqual([]);
    expect(assumed('fault: instance-slow, service: s, factor: 3, count: 6')).toEqual([]);
    expect(assumed('fault: surge, workload: w, factor: 3')).toEqual([]);
  });

  test('is told where the scenario says something of the kind itself', () => {
    expect(
      assumed('fault: instance-crash, service: s', 'routing: { policy: latency, dns: { ttl: 30s } }'),
    ).toEqual([all[0], all[2]]);
  });
});
