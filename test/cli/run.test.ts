import { describe, expect, test } from 'vitest';
import { headroom } from './headroom.ts';

const queue = (extra = '') => `
name: A queue
run: { duration: 60s, warmUp: 10s, runs: 3 }
workloads: { customers: { arrivals: { rate: 80/s }, call: desk.serve } }
services: { desk: { threads: 1, operations: { serve: [work: { exponential: 10ms }] } } }
${extra}`;

describe('headroom run', () => {
  test('prints the same bytes for the same scenario and seed, with one worker or two', () => {
    const one = headroom(['run', '-', '--json', '--jobs', '1'], queue());
    const two = headroom(['run', '-', '--json', '--jobs', '2'], queue());
    const again = headroom(['run', '-', '--json', '--jobs', '2'], queue());
    expect(one.code).toBe(0);
    expect(one.stdout.length).toBeGreaterThan(1000);
    expect(two.stdout).toBe(one.stdout);
    expect(again.stdout).toBe(one.stdout);
    const other = headroom(['run', '-', '--json', '--jobs', '1', '--seed', '2'], queue());
    expect(JSON.parse(other.stdout).fingerprint).not.toBe(JSON.parse(one.stdout).fingerprint);
  });

  test('prints one document of the result format with what a report needs', () => {
    const { stdout } = headroom(
      ['run', '-', '--json'],
      queue('targets: [ workloads.customers.latency.p95 < 1s ]'),
    );
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({
      format: 'headroom.result/1',
      seed: 1,
      runs: 3,
      verdict: 'pass',
      load: 'stable',
    });
    expect(Object.keys(result)).toEqual(
      expect.arrayContaining([
        ...[
          'scenario',
          'metrics',
          'targets',
          'bottlenecks',
          'waterfalls',
          'distributions',
          'timeline',
          'faults',
        ],
        ...['topology', 'cost', 'assumptions', 'fingerprint', 'simulated'],
      ]),
    );
    expect(result.metrics['workloads.customers.latency.p95'].exact.model).toBe('M/M/1');
  });

  test('exits with 1 when a need is broken and says which; a refuted claim only warns', () => {
    const need = headroom(['run', '-'], queue('targets: [ workloads.customers.latency.p95 < 1ms ]'));
    expect(need.code).toBe(1);
    expect(need.stdout).toContain('workloads.customers.latency.p95 < 1 ms');
    const claim = headroom(
      ['run', '-'],
      queue('targets: [ { target: workloads.customers.latency.p95 < 1ms, level: warn } ]'),
    );
    expect(claim.code).toBe(0);
    expect(claim.stdout).toContain('1 of 1 claims refuted');
  });

  test('takes --set, --runs and --seed', () => {
    const { stdout } = headroom(
      ['run', '-', '--json', '--runs', '2', '--seed', '9', '--set', 'services.desk.threads=2'],
      queue(),
    );
    const result = JSON.parse(stdout);
    expect([result.runs, result.seed]).toEqual([2, 9]);
    expect(result.metrics['workloads.customers.latency.mean'].exact.model).toBe('M/M/2');
  });

  test('keeps stdout for the report: speed goes to stderr', () => {
    const { stdout, stderr } = headroom(['run', '-', '--runs', '1'], queue());
    expect(stdout).not.toContain('events');
    expect(stderr).toContain('events');
  });

  test('the resolved text of a result runs to the same result', () => {
    const first = JSON.parse(headroom(['run', '-', '--json'], queue()).stdout);
    const again = JSON.parse(headroom(['run', '-', '--json'], first.scenario.text).stdout);
    expect(again.metrics).toEqual(first.metrics);
    expect(again.scenario.hash).toBe(first.scenario.hash);
  });
});
