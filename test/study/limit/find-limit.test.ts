import { describe, expect, it } from 'vitest';
import { mmc } from '../../../src/models/algorithms/queueing/mmc.ts';
import { readLimit, readSweep } from '../../../src/result/index.ts';
import { findLimit, type LimitSettings } from '../../../src/study/limit/find-limit.ts';
import { RunPool } from '../../../src/study/run-pool.ts';
import { scenarioOf } from '../../models/harness.ts';

const limitOf = (yaml: string, more: Partial<LimitSettings> = {}) =>
  findLimit(scenarioOf(yaml), { file: 'test.yaml', version: '0', pool: new RunPool(1), ...more });

/** M/M/4: 40 ms of work, 60 calls a second, so that 60% of four threads are busy. */
const [rate, servers, serviceTime] = [60, 4, 0.04];
const desk = (targets: string, more = '') => `
name: desk
run: { duration: 20m, warmUp: 1m, runs: 4, seed: 3 }
workloads: { w: { arrivals: { rate: ${rate}/s }, call: desk.serve } }
services: { desk: { threads: ${servers}, operations: { serve: [ work: { exponential: 40ms } ] } } }
targets: [ ${targets} ]
${more}`;

/** The factor of the load at which M/M/c's quantile of the time in the system is at a limit. */
function exactFactor(quantile: number, limit: number): number {
  let [low, high] = [0, servers / (rate * serviceTime)];
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    const { sojournQuantile } = mmc({ arrivalRate: rate * middle, serviceRate: 1 / serviceTime, servers });
    if (sojournQuantile(quantile) < limit) low = middle;
    else high = middle;
  }
  return low;
}

describe('the limit of M/M/4', () => {
  it('is where Erlang C says that the 95th percentile reaches the need', async () => {
    const exact = exactFactor(0.95, 0.2);
    const { headroom, breaks, bound, asked } = await limitOf(desk('workloads.w.latency.p95 < 200ms'));
    expect(exact).toBeCloseTo(1.4, 1);
    expect(headroom.low).toBeLessThanOrEqual(exact);
    expect(headroom.high).toBeGreaterThan(exact);
    expect((headroom.high as number) / headroom.low).toBeLessThan(1.1);
    expect(asked).toBe('needs');
    expect(bound).toMatchObject({
      station: 'services.desk',
      atMost: expect.closeTo(1 / 0.6),
      by: 'closed form',
    });
    expect(breaks).toMatchObject({
      targets: [{ metric: 'workloads.w.latency.p95', status: 'fail' }],
      station: { station: 'services.desk', workload: 'w' },
    });
    expect(breaks?.lifts).toContainEqual({ set: 'services.desk.threads=8', from: 4, to: 8, state: 'holds' });
  }, 120_000);

  it('says what a scenario that breaks as it is would hold, and asks less load for no more than it brings', async () => {
    const { breaks, headroom, notAskedBelow } = await limitOf(
      desk('workloads.w.latency.p95 < 115ms, workloads.w.throughput > 55/s'),
      { runs: 2, maxRuns: 2, sets: [] },
    );
    // At no load is the 95th percentile of the work alone (3 × 40 ms) below 115 ms.
    expect(headroom).toMatchObject({ value: 0, low: 0 });
    expect(notAskedBelow).toEqual(['workloads.w.throughput']);
    expect(breaks?.targets.map(({ metric }) => metric)).toContain('workloads.w.latency.p95');
    expect(breaks?.lifts).toEqual([]);
  }, 120_000);
});

describe('the document', () => {
  it('is the same bytes with one worker and with two, and is read back', async () => {
    const yaml = desk('workloads.w.latency.p95 < 200ms').replace('20m', '2m').replace('runs: 4', 'runs: 2');
    const written: string[] = [];
    for (const jobs of [1, 2]) {
      const pool = new RunPool(jobs);
      written.push(JSON.stringify(await limitOf(yaml, { maxRuns: 2, pool })));
      await pool.close();
    }
    expect(written[1]).toBe(written[0]);
    expect(readLimit(written[0])).toEqual(JSON.parse(written[0]));
    expect(readLimit(written[0].replace('"runs":2', '"runs":"2"'))).toMatchObject({
      problem: expect.stringContaining('runs'),
    });
    expect(readSweep(written[0])).toMatchObject({ problem: expect.stringContaining('headroom.sweep/1') });
  }, 120_000);
});
