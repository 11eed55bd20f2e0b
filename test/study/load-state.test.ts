import { describe, expect, it } from 'vitest';
import type { MetricResult } from '../../src/result/index.ts';
import { loadStateOf } from '../../src/study/load-state.ts';
import { resultOf } from '../../src/study/result-of.ts';
import { type RunRecord, simulateRun } from '../../src/study/simulate-run.ts';
import { scenarioOf } from '../models/harness.ts';

/** A run in whose window 100,000 operations came. */
const run = (backlog: number[]): RunRecord =>
  ({ arrived: 100_000, backlogs: { 'workloads.orders': backlog } }) as unknown as RunRecord;

/** A hundred samples, one at the end of each hundredth of the window, of a backlog that rises evenly by `growth` in it. */
const rising = (growth: number): number[] =>
  Array.from({ length: 100 }, (_, at) => (growth * (at + 1)) / 100);

const count = (value: number): MetricResult => ({ value }) as MetricResult;

describe('the state of the load', () => {
  it('is stable where the backlog only fluctuates', () => {
    const fluctuating = Array.from({ length: 100 }, (_, at) => 20 + (at % 7));
    expect(loadStateOf([run(fluctuating)], {})).toEqual({ load: 'stable', loadReasons: [] });
  });

  it('is overloaded above 1% of what arrived and five deviations: 1,000 + 5·316 here', () => {
    expect(loadStateOf([run(rising(2600))], {}).load).toBe('overloaded');
    expect(loadStateOf([run(rising(2560))], {}).load).toBe('backlogged');
  });

  it('is backlogged above 0.2% and two deviations: 200 + 2·316', () => {
    expect(loadStateOf([run(rising(840))], {}).load).toBe('backlogged');
    expect(loadStateOf([run(rising(820))], {}).load).toBe('stable');
  });

  it('is the worst of any run, and says what grew and by how much on the mean', () => {
    const { load, loadReasons } = loadStateOf([run(rising(0)), run(rising(3000))], {});
    expect(load).toBe('overloaded');
    expect(loadReasons).toEqual([
      {
        component: 'workloads.orders',
        what: 'grows',
        count: expect.closeTo(1500),
        share: expect.closeTo(0.015),
      },
    ]);
  });

  it('is overloaded where more than 1% is turned away, though nothing grows', () => {
    const metrics = (rejected: number) => ({
      'workloads.orders.arrivals.total': count(10_000),
      'workloads.orders.rejected.total': count(rejected),
      'workloads.orders.timedOut.total': count(50),
    });
    expect(loadStateOf([run([0])], metrics(50)).load).toBe('stable');
    expect(loadStateOf([run([0])], metrics(51))).toEqual({
      load: 'overloaded',
      loadReasons: [{ component: 'workloads.orders', what: 'turns-away', count: 101, share: 0.0101 }],
    });
  });

  it('leaves out who met a fault, unless it was not recovered from', () => {
    const metrics = (unanswered: number, censored: boolean) => ({
      'workloads.orders.arrivals.total': count(10_000),
      'workloads.orders.timedOut.total': count(500),
      'faults.lost.workload.orders.unanswered': count(unanswered),
      'faults.lost.workload.orders.rto': { value: 60, runs: [{ num: 60, den: 1, n: 1, censored }] } as never,
      'faults.lost.workload.orders.from.EU.unanswered': count(unanswered),
      'faults.lost.workload.others.unanswered': count(unanswered),
    });
    expect(loadStateOf([run([0])], metrics(400, false)).load).toBe('stable');
    expect(loadStateOf([run([0])], metrics(399, false)).load).toBe('overloaded');
    expect(loadStateOf([run([0])], metrics(400, true)).load).toBe('overloaded');
  });

  it('counts whoever met a fault and failed among those who met it', () => {
    const metrics = {
      'workloads.orders.arrivals.total': count(10_000),
      'workloads.orders.timedOut.total': count(500),
      'workloads.orders.failed.total': count(400),
      'faults.lost.workload.orders.unanswered': count(400),
      'faults.lost.workload.orders.rto': { value: 60, runs: [{ num: 60, den: 1, n: 1 }] } as never,
    };
    expect(loadStateOf([run([0])], metrics)).toMatchObject({ loadReasons: [{ count: 500 }] });
    const all = { ...metrics, 'faults.lost.workload.orders.unanswered': count(900) };
    expect(loadStateOf([run([0])], all).load).toBe('stable');
    expect(loadStateOf([run([0])], all, ['lost']).load).toBe('overloaded');
  });

  describe('where a fault silences everybody for two of twenty minutes', () => {
    const resultFor = (fault: string) => {
      const scenario = scenarioOf(`
run: { duration: 21m, warmUp: 1m }
workloads: { w: { arrivals: { rate: 10/s, process: deterministic }, client: { timeout: 1s }, call: s.x } }
services: { s: { threads: 4, operations: { x: [work: 1ms] } } }
regions: { east: us-east-1 }
faults: { f: { fault: region-outage, region: east, settle: 1m, ${fault} } }
`);
      return resultOf(scenario, [simulateRun(scenario, 1, 0)], {
        file: 'x.yaml',
        version: '0',
        seed: 1,
        alpha: 0.05,
      });
    };

    it('is stable, as it is before and after', () => {
      const { load, metrics } = resultFor('at: 5m, for: 2m');
      expect(metrics['workloads.w.timedOut.total'].value).toBeGreaterThan(0.09 * 10 * 60 * 20);
      expect(load).toBe('stable');
    });

    it('is overloaded where that never ends', () => {
      expect(resultFor('at: 19m').load).toBe('overloaded');
    });
  });
});
