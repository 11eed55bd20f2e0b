import { afterAll, describe, expect, it } from 'vitest';
import { parseScenario } from '../../../src/models/parse.ts';
import type { Plan } from '../../../src/result/index.ts';
import { findPlan } from '../../../src/study/plan/find-plan.ts';
import { planFileText } from '../../../src/study/plan/plan-file.ts';
import { readPlan } from '../../../src/study/plan/read-plan.ts';
import { RunPool } from '../../../src/study/run-pool.ts';

const pool = new RunPool(1);
afterAll(() => pool.close());

// Busy for rate × 10 ms on n instances of one core: n hold where rate < 80n.
const shop = (rate: string, weight = '') => `
name: An unsure shop
run: { duration: 20s, warmUp: 2s, seed: 3 }
pools: { web: {} }
workloads: { w: { arrivals: { rate: ${rate} }, call: desk.serve } }
services: { desk: { pool: web, cpu: { cores: 1 }, operations: { serve: [ work: { constant: 10ms } ] } } }
targets: [ services.desk.utilization < 80% ]
plan: { vary: { services.desk.instances: { values: 1..5, monotone: true } }, minimise: instances, runs: 2, maxRuns: 4${weight} }
`;

async function planOf(text: string, draws = 64): Promise<Plan> {
  const parsed = parseScenario('plan.yaml', () => text);
  if (parsed.scenario === undefined)
    throw new Error(parsed.problems.map(({ message }) => message).join('; '));
  const space = readPlan(parsed);
  if ('problems' in space) throw new Error('a mistake');
  return findPlan(parsed.scenario, space, { file: 'plan.yaml', version: '0', pool, prices: false, draws });
}

describe('a plan with uncertain inputs', () => {
  it('chooses the design that holds in as many draws as the weight asks for, and scores it on fresh ones', async () => {
    // Lognormal: median 120/s, P95 240/s. P(rate < 160) = 0.75, P(rate < 240) = 0.95, P(rate < 320) = 0.990.
    const plan = await planOf(shop('{ low: 60/s, mid: 120/s, high: 240/s }'));
    expect(plan.winner?.values).toEqual(['2']);
    const { chosen, finalists, draws, weight, inputs, runs } = plan.regret ?? {};
    expect(inputs?.map(({ path }) => path)).toEqual(['workloads.w.arrivals.rate']);
    expect(draws).toBe(64);
    expect(weight).toBe(10);
    // 10 of 11 draws: three instances hold in 95%.
    expect(chosen?.values).toEqual(['3']);
    expect(finalists?.[0].values).toEqual(['3']);
    const regrets = finalists?.map(({ regret }) => regret) ?? [];
    expect(regrets).toEqual([...regrets].sort((a, b) => a - b));
    // Binomial over 64 draws: 3.3 standard deviations are 0.09.
    expect(Math.abs((chosen?.kept.value ?? 0) - 0.95)).toBeLessThan(0.09);
    // Fresh draws cost runs, and designs that do worse are not on all draws.
    expect(runs).toBeLessThan(5 * 64 + 64);
  });

  it('spends less where a lack is not much worse than an over-spend', async () => {
    const plan = await planOf(shop('{ low: 60/s, mid: 120/s, high: 240/s }', ', underProvision: 1'));
    // Half of the draws: two instances hold in 75%, one in 17%.
    expect(plan.regret?.chosen?.values).toEqual(['2']);
  });

  it('writes what is regretted least, and says so', async () => {
    const text = shop('{ low: 60/s, mid: 120/s, high: 240/s }');
    const plan = await planOf(text, 16);
    const read = (more: readonly string[]) => parseScenario('plan.yaml', () => text, more);
    const out = planFileText(plan, undefined, read as never, undefined);
    expect(out).toContain('that one regrets least');
    const again = parseScenario('out.yaml', () => out);
    expect(again.problems).toEqual([]);
    expect(again.scenario?.text).toContain(`instances: ${plan.regret?.chosen?.values[0]}`);
  });

  it('is as before without them, and where the plan itself varies what is uncertain', async () => {
    expect((await planOf(shop('100/s'))).regret).toBeUndefined();
    const varied = shop('100/s').replace(
      'desk: { pool: web,',
      'desk: { pool: web, instances: { low: 1, mid: 2, high: 4 },',
    );
    const plan = await planOf(varied);
    expect(plan.winner?.values).toEqual(['2']);
    expect(plan.regret).toBeUndefined();
  });
});
