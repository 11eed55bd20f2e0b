import { describe, expect, it } from 'vitest';
import type { LoadReason } from '../../src/result/index.ts';
import type { RunRecord } from '../../src/study/simulate-run.ts';
import { simulateRun } from '../../src/study/simulate-run.ts';
import { warmUpsOf } from '../../src/study/warm-ups.ts';
import { scenarioOf } from '../models/harness.ts';

const queue = (run: string, arrivals = '{ rate: 99/s }', more = '') => `
name: One queue
run: ${run}
workloads: { customers: { arrivals: ${arrivals}, call: desk.serve } }
services: { desk: { threads: 1, operations: { serve: [ { work: { exponential: 10ms } } ] } } }
${more}`;

const judged = (yaml: string, runs = 5, seed = 1) => {
  const scenario = scenarioOf(yaml);
  const records = Array.from({ length: runs }, (_, run) => simulateRun(scenario, seed, run));
  return warmUpsOf(scenario.design, records, []);
};

/** Runs of 1,000 s with a warm-up of 200 s, by the mean latency (ns) in each of 512 stretches of the window. */
const records = (...runs: ((stretch: number) => number)[]): RunRecord[] =>
  runs.map((latency) => {
    const latencies = Array.from({ length: 512 }, (_, stretch) => 10 * latency(stretch));
    return {
      seconds: 1000,
      warmUp: 200,
      records: { 'workloads.customers': { course: { counts: latencies.map(() => 10), latencies } } },
    } as unknown as RunRecord;
  });
const { design } = scenarioOf(queue('{ duration: 1000s, warmUp: 200s }'));
const noise = (run: number) => (stretch: number) => 100 + ((stretch * 7919 + run * 104_729) % 13);
const five = (latency: (run: number) => (stretch: number) => number) =>
  records(...[0, 1, 2, 3, 4].map(latency));

describe('a warm-up', () => {
  it('is long enough for one queue at 80% after a tenth of the run', () => {
    expect(judged(queue('{ duration: 10m }', '{ rate: 80/s }'))).toEqual([
      { workload: 'workloads.customers', state: 'settled', cut: 0, warmUp: 60 },
    ]);
  });

  it('is missing where a queue at 99% begins empty and is measured at once', () => {
    // The queue needs about σ²/drift² = 200 s to fill; in Monte Carlo 98% of such simulations are found out.
    const [{ state, warmUp }] = judged(queue('{ duration: 2m, warmUp: 0s, begin: empty }'));
    expect(state).not.toBe('settled');
    expect(warmUp).toBeGreaterThan(0);
  });

  it('is too short where the first part of the window is unlike the rest in all runs, and is told by how much', () => {
    const early = (run: number) => (stretch: number) => noise(run)(stretch) + (stretch < 64 ? 50 : 0);
    // 64 of 512 stretches of 800 s are 100 s; batches of five reach to the next multiple.
    const [{ state, cut, warmUp }] = warmUpsOf(design, five(early), []);
    expect(state).toBe('late');
    expect(cut).toBeGreaterThanOrEqual(100);
    expect(cut).toBeLessThan(110);
    expect(warmUp).toBe(200 + cut);
  });

  it('is not blamed for a burst in one run, which MSER-5 would cut away', () => {
    const burst = (run: number) => (stretch: number) =>
      noise(run)(stretch) + (run === 2 && stretch < 30 ? 5000 : 0);
    expect(warmUpsOf(design, five(burst), [])[0].state).toBe('settled');
  });

  it('is not to be had where the latency goes on changing: more than half would be cut', () => {
    const growing = (run: number) => (stretch: number) => noise(run)(stretch) + stretch;
    const [{ state, cut }] = warmUpsOf(design, five(growing), []);
    expect(state).toBe('unsettled');
    expect(cut).toBeGreaterThan(400);
  });

  it('is long enough where what comes early moves the mean by less than a thousandth', () => {
    const slight = (run: number) => (stretch: number) => noise(run)(stretch) + (stretch < 1 ? 40 : 0);
    expect(warmUpsOf(design, five(slight), [])[0].state).toBe('settled');
  });

  it('is judged by stretches that all have operations, and not at all where there are fewer than fifty', () => {
    expect(judged(queue('{ duration: 10m }', '{ rate: 2/s }'))).toHaveLength(1);
    expect(judged(queue('{ duration: 1m }', '{ rate: 1/s }'))).toEqual([]);
  });

  it('is not judged where something is meant to change, or a backlog grows', () => {
    const run = '{ duration: 2m, warmUp: 0s, begin: empty }';
    expect(judged(queue(run, '{ rate: 99/s, profile: { shape: week } }'), 2)).toEqual([]);
    expect(
      judged(
        queue(
          run,
          '{ rate: 50/s }',
          'faults: { rush: { fault: surge, workload: customers, factor: 1.5, at: 30s, for: 30s } }',
        ),
        2,
      ),
    ).toEqual([]);
    const grows: LoadReason = { component: 'workloads.customers', what: 'grows', count: 9, share: 0.1 };
    expect(warmUpsOf(design, five(noise), [grows])).toEqual([]);
  });
});
