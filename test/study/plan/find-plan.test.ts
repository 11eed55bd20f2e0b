import { describe, expect, it } from 'vitest';
import { closedFormsOf } from '../../../src/models/closed-form.ts';
import { parseScenario } from '../../../src/models/parse.ts';
import type { Plan } from '../../../src/result/index.ts';
import { findPlan } from '../../../src/study/plan/find-plan.ts';
import { readPlan } from '../../../src/study/plan/read-plan.ts';
import { stateOf } from '../../../src/study/plan/screen.ts';
import { RunPool, type RunSource } from '../../../src/study/run-pool.ts';
import { runScenario } from '../../../src/study/run-scenario.ts';

const pool = new RunPool(1);
const common = { file: 'plan.yaml', version: '0', pool };

interface Shop {
  readonly rate: number;
  readonly work: string;
  readonly needs: readonly string[];
  readonly vary: string;
  readonly more?: string;
}

const shop = ({ rate, work, needs, vary, more = '' }: Shop): string => `
name: A shop
run: { duration: 30s, warmUp: 2s, seed: 3 }
pools: { web: {} }
workloads: { w: { arrivals: { rate: ${rate}/s }, call: desk.serve } }
services: { desk: { pool: web, cpu: { cores: 1 }, operations: { serve: [ work: { ${work} } ] } } }
targets: [ ${needs.join(', ')} ]
plan: { vary: { ${vary} }, maxRuns: 20, ${more} }
`;

function read(text: string, sets: readonly string[] = []) {
  const parsed = parseScenario('plan.yaml', () => text, sets);
  if (parsed.scenario === undefined)
    throw new Error(parsed.problems.map(({ message }) => message).join('; '));
  return { ...parsed, scenario: parsed.scenario };
}

async function planOf(text: string, prices = false): Promise<Plan> {
  const parsed = read(text);
  const space = readPlan(parsed);
  if ('problems' in space) throw new Error(space.problems.map(({ message }) => message).join('; '));
  return findPlan(parsed.scenario, space, { ...common, prices });
}

/** Every design simulated so often as the plan may, and the cheapest that holds. */
async function exhaustive(text: string) {
  const space = readPlan(read(text));
  if ('problems' in space) throw new Error('a mistake');
  const { variables, designs, plan } = space;
  let runs = 0;
  let best: { values: readonly string[]; month: number } | undefined;
  for (const values of designs) {
    const sets = variables.map(({ path }, at) => `${path}=${values[at]}`);
    const { scenario } = parseScenario('plan.yaml', () => text, ['plan=~', ...sets]);
    if (scenario === undefined) continue;
    const { result } = await runScenario(scenario, { ...common, runs: plan.runs, maxRuns: plan.maxRuns });
    runs += result.runs;
    const month = result.cost.month as number;
    if (stateOf(result) === 'holds' && (best === undefined || month < best.month)) best = { values, month };
  }
  return { best, runs };
}

const nodes = '[m6i.large, m6i.xlarge, c6i.xlarge]';

describe('a plan', () => {
  it.each([
    [
      'by instances of several cores, monotone',
      {
        rate: 100,
        work: 'exponential: 10ms',
        needs: ['workloads.w.latency.p95 < 45ms'],
        vary: `services.desk.instances: { values: 1..4, monotone: true }, services.desk.cpu.cores: { values: [1, 2, 3], monotone: true }, pools.web.node: ${nodes}`,
      },
    ],
    [
      'where nothing is declared monotone',
      {
        rate: 150,
        work: 'exponential: 10ms',
        needs: ['workloads.w.latency.mean < 20ms'],
        vary: 'services.desk.instances: 1..6, pools.web.node: [m6i.large, c6i.large]',
      },
    ],
    [
      'of two needs, one on the cost',
      {
        rate: 100,
        work: 'lognormal: { mean: 10ms, cv: 1.5 }',
        needs: ['workloads.w.latency.p95 < 60ms', 'cost.month < $300'],
        vary: `services.desk.instances: { values: 1..5, monotone: true }, services.desk.cpu.cores: [1, 3], pools.web.node: ${nodes}`,
      },
    ],
  ])(
    'is what exhaustive search finds, with a small share of its runs: %s',
    async (_, design) => {
      const text = shop(design);
      const { best, runs } = await exhaustive(text);
      const { winner, counts } = await planOf(text);
      expect(winner?.values).toEqual(best?.values);
      expect(winner?.month).toBeCloseTo(best?.month as number, 6);
      expect(counts.runs).toBeLessThan(runs / 2);
    },
    120_000,
  );

  it('is the cheapest of hundreds of M/M/c designs, by closed forms, true bounds and short runs', async () => {
    const text = shop({
      rate: 400,
      work: 'exponential: 10ms',
      needs: ['workloads.w.latency.p95 < 34ms', 'workloads.w.latency.mean < 12ms'],
      vary: `services.desk.cpu.cores: { values: 1..14, monotone: true }, pools.web.node: [m6i.large, m6i.2xlarge, m6i.4xlarge, c6i.2xlarge, c6i.4xlarge, r6i.2xlarge, r6i.4xlarge, m7i.4xlarge], pools.web.mix: [ { on-demand: 100% }, { reserved: 100% } ]`,
    });
    const { winner, counts, disagreements, agreed, rejected } = await planOf(text);
    expect(counts.designs).toBe(224);
    // More cores on one node cost nothing more: the least that keep both needs are found by Erlang's formula.
    const cores = Array.from({ length: 14 }, (__, at) => at + 1).find((each) => {
      const forms = closedFormsOf(
        read(text, [`services.desk.cpu.cores=${each}`, 'pools.web.node=m6i.4xlarge']).scenario.design,
      );
      const p95 = forms['workloads.w.latency.p95']?.value ?? Number.POSITIVE_INFINITY;
      return p95 < 0.034 && forms['workloads.w.latency.mean'].value < 0.012;
    });
    expect(winner?.values[0]).toBe(String(cores));
    expect(winner?.values[2]).toBe('{"reserved":"100%"}');
    expect(counts.simulated).toBeLessThan(20);
    expect(counts.runs).toBeLessThan(counts.exhaustive / 5);
    expect(agreed).toBeGreaterThan(disagreements.length);
    expect(rejected.map(({ why }) => why)).toContain('capacity');
  }, 120_000);

  it('keeps its needs with fresh seeds', async () => {
    const text = shop({
      rate: 100,
      work: 'exponential: 10ms',
      needs: ['workloads.w.latency.p95 < 45ms'],
      vary: 'services.desk.cpu.cores: { values: [1, 2, 3], monotone: true }, pools.web.node: [c6i.xlarge]',
    });
    const { winner } = await planOf(text);
    const { scenario } = read(text, ['plan=~', ...(winner?.sets ?? [])]);
    for (const seed of [1001, 1002, 1003]) {
      const { result } = await runScenario(scenario, { ...common, seed, runs: 10 });
      expect(stateOf(result)).toBe('holds');
    }
  }, 60_000);

  it('tells what a need costs, and which one binds', async () => {
    const text = shop({
      rate: 130,
      work: 'exponential: 10ms',
      needs: ['workloads.w.latency.p95 < 35ms', 'workloads.w.latency.mean < 1s'],
      vary: 'services.desk.instances: { values: 1..6, monotone: true }, pools.web.node: [m6i.large]',
    });
    const { winner, prices, binding } = await planOf(text, true);
    const [tail, mean] = prices;
    expect(binding).toBe('workloads.w.latency.p95 < 35ms');
    expect(tail.saved).toBeGreaterThan(0);
    // Two instances carry the load; what the tail needs beyond is its price.
    expect(tail.values?.[0]).toBe('2');
    expect(tail.cost).toBeCloseTo((winner?.cost as number) - tail.saved, 9);
    expect(mean).toEqual({ need: 'workloads.w.latency.mean < 1s', saved: 0 });
  }, 60_000);

  it('without a price minimises a product of variables, and says what comes nearest where nothing holds', async () => {
    const text = shop({
      rate: 100,
      work: 'exponential: 10ms',
      needs: ['workloads.w.latency.p95 < 20ms'],
      vary: 'services.desk.instances: { values: 1..3, monotone: true }, services.desk.cpu.cores: { values: 1..2, monotone: true }',
      more: 'minimise: instances * cores',
    });
    const { verdict, nearestMiss, rejected, counts } = await planOf(text);
    expect(verdict).toBe('infeasible');
    expect(nearestMiss?.values).toEqual(['3', '2']);
    expect(rejected.find(({ why }) => why === 'need')).toMatchObject({
      what: 'workloads.w.latency.p95 < 20ms',
      implied: counts.implied,
    });
    // The best of all fails, and everything else is no better.
    expect(counts.simulated).toBeLessThanOrEqual(2);
  }, 60_000);

  it('drops a design that does not hold on fresh seeds, and verifies the next at half the share of wrong verdicts', async () => {
    const text = shop({
      rate: 100,
      work: 'exponential: 10ms',
      needs: ['workloads.w.latency.p95 < 45ms'],
      vary: 'services.desk.cpu.cores: [2, 3], pools.web.node: [c6i.xlarge]',
    });
    const parsed = read(text);
    const space = readPlan(parsed);
    if ('problems' in space) throw new Error('a mistake');
    // The first fresh seed is made to bring twice the load.
    const unlucky: RunSource = {
      runs: (scenario, seed, from, count) =>
        pool.runs(
          seed === 4 ? read(scenario.text, ['workloads.w.arrivals.factor=2']).scenario : scenario,
          seed,
          from,
          count,
        ),
    };
    const { winner, refuted, runnerUp } = await findPlan(parsed.scenario, space, {
      ...common,
      pool: unlucky,
      prices: false,
    });
    expect(refuted).toMatchObject([{ values: ['2', 'c6i.xlarge'], state: 'fails', seed: 4 }]);
    expect(winner).toMatchObject({ values: ['3', 'c6i.xlarge'], attempt: 2, alpha: 0.0125, seed: 5 });
    expect(runnerUp).toBeUndefined();
  }, 60_000);
});
