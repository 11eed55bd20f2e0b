import { expect, it } from 'vitest';
import { parseScenario } from '../../../src/models/parse.ts';
import type { Plan } from '../../../src/result/index.ts';
import { findPlan } from '../../../src/study/plan/find-plan.ts';
import { readPlan } from '../../../src/study/plan/read-plan.ts';
import { RunPool } from '../../../src/study/run-pool.ts';

/** 72 and 48 calls of 10 ms a second: a core bears those of either region, and not those of both. */
const text = `
name: Two regions
run: { duration: 60s, warmUp: 5s, seed: 3 }
regions: { us-east: us-east-1, eu-west: eu-west-1 }
origins: { US: us-east-2, EU: eu-central-1 }
network: { preset: aws }
pools: { web: { node: m6i.large } }
routing: { policy: latency, dns: { ttl: 5s, overstay: { share: 0%, for: 1m } }, health: { interval: 2s, failures: 2, successes: 2 } }
workloads:
  w:
    arrivals: { rate: 120/s }
    from: { US: 60%, EU: 40% }
    client: { timeout: 2s, keepAlive: 5s, reresolve: on-error }
    call: desk.serve
services: { desk: { regions: all, pool: web, cpu: { cores: 1 }, operations: { serve: [ work: { exponential: 10ms } ] } } }
targets: [ workloads.w.goodputRatio >= 90% ]
plan:
  vary: { services.desk.instances: { values: 1..3, monotone: true } }
  runs: 2
  maxRuns: 4
`;

async function planOf(sets: readonly string[], yaml = text): Promise<Plan> {
  const parsed = parseScenario('two.yaml', () => yaml, sets);
  const space = readPlan(parsed);
  if (parsed.scenario === undefined || 'problems' in space) throw new Error('a mistake');
  return findPlan(parsed.scenario, space, {
    file: 'two.yaml',
    version: '0',
    prices: true,
    pool: new RunPool(1),
  });
}

it('a design that must survive any region has room for both, and the price of that is what the room costs', async () => {
  const free = await planOf([]);
  expect(free.winner?.values).toEqual(['1']);
  const bound = await planOf(['plan.survive=any-region']);
  expect(bound.winner).toMatchObject({ values: ['2'], survival: { verdict: 'holds' } });
  expect(bound.rejected).toMatchObject([{ why: 'survival', designs: 1, nearest: { values: ['1'] } }]);
  expect(bound.binding).toBe('survive');
  const price = bound.prices.find(({ need }) => need === 'survive');
  expect(price?.values).toEqual(['1']);
  expect(price?.saved).toBeCloseTo((bound.winner?.cost as number) - (free.winner?.cost as number), 6);
}, 120_000);

it('a design that must survive any zone stands in two of them', async () => {
  // Long enough that dead instances have been noticed, after 40 s, when the survivors are measured.
  const long = ['run.duration=180s', 'workloads.w.arrivals.rate=50/s'];
  const oneRegion = ['regions=~', 'regions={ us-east: us-east-1 }', ...long];
  const free = await planOf(oneRegion);
  expect(free.winner?.values).toEqual(['1']);
  const { winner, rejected } = await planOf([...oneRegion, 'plan.survive=any-zone']);
  expect(winner).toMatchObject({ values: ['2'], survival: { verdict: 'holds' } });
  expect(rejected).toMatchObject([{ why: 'survival', nearest: { values: ['1'] } }]);
}, 120_000);

it('a design whose database has its primary in the lost region is out by that, not by what is full behind it', async () => {
  const stored = text
    .replace('serve: [ work: { exponential: 10ms } ]', 'serve: [ write: orders ]')
    .replace('services:', 'databases: { orders: { primary: us-east, replicas: { eu-west: 1 } } }\nservices:')
    .replace('values: 1..3, monotone: true', 'values: 2..3');
  const { rejected, winner } = await planOf(['plan.survive=any-region'], stored);
  expect(winner).toBeUndefined();
  expect(rejected).toMatchObject([{ why: 'survival', what: 'us-east', designs: 2 }]);
  expect(rejected[0].stops).toContain('databases.orders has the primary in us-east and no failover');
  expect(rejected[0].station).toBeUndefined();
}, 120_000);
