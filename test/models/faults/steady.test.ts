import { describe, expect, test } from 'vitest';
import type { Result } from '../../../src/result/index.ts';
import { resultOf } from '../../../src/study/result-of.ts';
import { simulateRun } from '../../../src/study/simulate-run.ts';
import { problemsOf, scenarioOf } from '../harness.ts';

/**
 * One server that does 100/s, callers who come 50/s and wait for a second. A rush of 200/s for a minute leaves everybody
 * without an answer from its first second on until the backlog is gone, 178 s after the onset.
 */
const queue = (
  targets: string,
  faults = 'rush: { fault: surge, workload: w, factor: 4, at: 5m, for: 1m, settle: 2m }',
) => `
run: { duration: 20m, warmUp: 1m, runs: 2 }
workloads: { w: { arrivals: { rate: 50/s, process: deterministic }, client: { timeout: 1s }, call: desk.serve } }
services: { desk: { threads: 1, operations: { serve: [work: 10ms] } } }
faults: { ${faults} }
targets: ${targets}
`;

function targetsOf(yaml: string): Result['targets'] {
  const scenario = scenarioOf(yaml);
  const records = [0, 1].map((run) => simulateRun(scenario, 1, run));
  return resultOf(scenario, records, { file: 'x.yaml', version: '0', seed: 1, alpha: 0.05 }).targets;
}

const steady = (...targets: string[]) =>
  `[${targets.map((target) => `{ target: "${target}", during: steady }`).join(', ')}]`;

describe('a target about steady times', () => {
  test('leaves out what a fault did, until it was recovered from and had settled', () => {
    const targets = targetsOf(
      queue(steady('workloads.w.goodputRatio >= 100%', 'workloads.w.latency.max <= 20ms')),
    );
    expect(targets.map(({ value }) => value)).toEqual([1, 0.01]);
    expect(targets[0]).toMatchObject({ during: 'steady', status: 'inconclusive' });
  });

  test('counts everything without the word', () => {
    const [target] = targetsOf(queue('[workloads.w.goodputRatio >= 99%]'));
    // 59 s at 200/s and 118 s at 50/s had no answer, of 19 minutes at 50/s and the rush.
    const unanswered = 59.01 * 200 + 118.02 * 50;
    expect(target.value).toBeCloseTo(1 - unanswered / (19 * 60 * 50 + 150 * 60), 3);
    expect(target.status).toBe('fail');
  });

  test('measures what happens a second by the seconds that were steady', () => {
    const [rate] = targetsOf(queue(steady('workloads.w.throughput >= 1/s')));
    expect(rate.value).toBeCloseTo(50, 6);
  });

  test('is about everything where nothing goes wrong', () => {
    const yaml = queue(steady('workloads.w.throughput >= 1/s', 'services.desk.utilization < 99%')).replace(
      /faults: .*/,
      '',
    );
    const [rate, busy] = targetsOf(yaml);
    expect(rate.value).toBeCloseTo(50, 6);
    expect(busy).toMatchObject({ status: 'no-data' });
    expect(busy.reason).toContain('steady times cannot be told apart');
  });

  test('leaves out all of several faults, each with its own settling', () => {
    const twice =
      'one: { fault: surge, workload: w, factor: 4, at: 5m, for: 1m, settle: 2m }, two: { fault: surge, workload: w, factor: 4, at: 6m, for: 1m, settle: 2m }';
    const [target] = targetsOf(queue(steady('workloads.w.goodputRatio >= 100%'), twice));
    expect(target.value).toBe(1);
  });

  test('is refused for what is one number a run', () => {
    const refused = (target: string) => problemsOf(queue(steady(target))).join();
    expect(refused('faults.rush.rto < 5m')).toContain('faults.rush.rto has no part that is of steady times');
    expect(refused('cost.month < $1M')).toContain('has no part that is of steady times');
  });
});
