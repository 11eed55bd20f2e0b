import { describe, expect, test } from 'vitest';
import type { Assembly } from '../../../src/models/assemble.ts';
import type { WorkloadRecord } from '../../../src/models/workloads/ledger.ts';
import { problemsOf, readingOf, runOf } from '../harness.ts';

const deployed = (fault: string, work = '1ms') => `
run: { duration: 10m, warmUp: 0s }
regions: { a: {}, b: {} }
origins: { o: { location: nowhere } }
routing: { policy: weighted, weights: { a: 50%, b: 50% } }
network: { preset: none }
workloads: { w: { arrivals: { rate: 40/s }, from: { o: 100% }, client: { timeout: 5s }, call: s.x } }
services: { s: { instances: 2, startup: 1s, operations: { x: [ work: ${work} ] } } }
faults: { f: ${fault} }
`;

const count = (run: Assembly, meter: string) => run.readings().get(meter)?.num ?? Number.NaN;

describe('a bad version', () => {
  test('fails its share of the requests of its region, until it is rolled back', () => {
    const run = runOf(deployed('{ fault: bad-deploy, service: s, region: a, errors: 20%, at: 2m, for: 5m }'));
    const { failures } = run.records()['workloads.w'] as WorkloadRecord;
    expect(Object.keys(failures)).toEqual(['error']);
    // Half of 40/s for 300 s, a fifth of them: Poisson, five standard deviations.
    const mean = 0.2 * 20 * 300;
    expect(Math.abs(count(run, 'workloads.w.failed') - mean)).toBeLessThan(5 * Math.sqrt(mean));
  });

  test('is what an instance runs that starts meanwhile', () => {
    const faults =
      '{ fault: bad-deploy, service: s, errors: 100%, at: 1m }, g: { fault: instance-crash, service: s, region: a, count: 2, at: 2m }';
    const run = runOf(deployed(faults));
    // Nothing succeeds after the first minute, whoever is started.
    expect(Math.abs(count(run, 'workloads.w.succeeded') - 40 * 60)).toBeLessThan(5 * Math.sqrt(40 * 60));
  });

  test('computes slower by its factor', () => {
    const run = runOf(deployed('{ fault: bad-deploy, service: s, factor: 3, at: 5m }', '10ms'));
    // One half at 10 ms, the other at 30 ms.
    expect(readingOf(run, 'workloads.w.latency')).toBeCloseTo(0.02, 3);
  });

  test.each([
    ['{ fault: bad-deploy, service: s, at: 1m }', 'nothing is bad about this version'],
    ['{ fault: bad-deploy, service: s, region: c, errors: 1%, at: 1m }', '"c"'],
    [
      '{ fault: bad-deploy, service: s, errors: 1%, at: 1m }, g: { fault: bad-deploy, service: s, region: b, factor: 2, at: 2m }',
      'strikes the version of s in b',
    ],
  ])('refused is %s', (fault, message) => {
    expect(problemsOf(deployed(fault)).join()).toContain(message);
  });
});
