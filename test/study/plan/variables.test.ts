import { afterAll, describe, expect, it } from 'vitest';
import { parseScenario } from '../../../src/models/parse.ts';
import { changedScenarioText } from '../../../src/study/changed-scenario.ts';
import { findPlan } from '../../../src/study/plan/find-plan.ts';
import { planFileText } from '../../../src/study/plan/plan-file.ts';
import { readPlan } from '../../../src/study/plan/read-plan.ts';
import { stateOf } from '../../../src/study/plan/screen.ts';
import { RunPool } from '../../../src/study/run-pool.ts';
import { runScenario } from '../../../src/study/run-scenario.ts';

const pool = new RunPool(1);
afterAll(() => pool.close());
const common = { file: 'shop.yaml', version: '0', pool };

/** Half of the reads and all writes go through a database in one region; events of the writes are worked on. */
const shop = `
name: A shop
run: { duration: 12s, warmUp: 2s, seed: 3 }
regions: { us-east: us-east-1, eu-west: eu-west-1 }
origins: { US: us-east-2, EU: eu-central-1 }
routing: { policy: latency }
keys: { id: { count: 5k, format: "k-{n}" } }
pools: { web: { node: m6i.large, size: 3, regions: { us-east: {}, eu-west: {} } } }
workloads:
  w: { arrivals: { rate: 60/s }, from: { US: 60%, EU: 40% }, keys: [id], client: { timeout: 2s }, call: desk.serve }
services:
  desk: { pool: web, regions: all, instances: 2, cpu: { cores: 1 }, operations: { serve: [ work: { exponential: 8ms }, read: rows, write: rows, publish: events ] } }
  clerk: { pool: web, regions: all, operations: { file: [ work: 40ms ] } }
databases:
  rows: { shardBy: { key: id, function: jump }, primary: us-east, replicas: { us-east: 0 }, cpu: 1, class: db.r6g.large, read: { exponential: 10ms } }
clusters: { c: { brokers: 3 } }
topics: { events: { cluster: c, key: id, partitions: 8 } }
consumers: { clerk: { topic: events, call: clerk.file, members: 8 } }
`;

const read = (text: string, sets: readonly string[] = []) => {
  const parsed = parseScenario('shop.yaml', () => text, sets);
  if (parsed.scenario === undefined)
    throw new Error(parsed.problems.map(({ message }) => message).join('; '));
  return { ...parsed, scenario: parsed.scenario };
};

const planned = (needs: string, vary: string): string =>
  `${shop}targets: [ ${needs} ]\nplan: { vary: { ${vary} }, runs: 3, maxRuns: 6 }\n`;

async function planOf(text: string) {
  const parsed = read(text);
  const space = readPlan(parsed);
  if ('problems' in space) throw new Error(space.problems.map(({ message }) => message).join('; '));
  return { space, plan: await findPlan(parsed.scenario, space, { ...common, prices: false }) };
}

/** Every design simulated, and the cheapest that holds; of equals the first. */
async function exhaustive(text: string) {
  const space = readPlan(read(text));
  if ('problems' in space) throw new Error('a mistake');
  let best: { values: readonly string[]; month: number } | undefined;
  for (const values of space.designs) {
    const sets = space.variables.flatMap(({ path }, at) => [
      ...(values[at].startsWith('{') ? [`${path}=~`] : []),
      `${path}=${values[at]}`,
    ]);
    const { scenario } = read(text, ['plan=~', ...sets]);
    const { result } = await runScenario(scenario, { ...common, runs: 3, maxRuns: 6 });
    const month = result.cost.month as number;
    if (stateOf(result) === 'holds' && (best === undefined || month < best.month - 1e-9))
      best = { values, month };
  }
  return best;
}

const cases: readonly (readonly [string, string, string, readonly string[]])[] = [
  ['shards', 'workloads.w.latency.p95 < 300ms', 'databases.rows.shards: [1, 2, 4]', ['2']],
  [
    'replicas',
    'workloads.w.from.EU.latency.p50 < 150ms',
    'databases.rows.replicas: [ { us-east: 0 }, { us-east: 1 }, { eu-west: 1 } ], databases.rows.shards: [2]',
    ['{"eu-west":1}', '2'],
  ],
  // 36 events a second in us-east, of 40 ms each, keep 1.44 members busy.
  [
    'partitions',
    'consumers.clerk.lagSeconds.p95 < 500ms',
    'topics.events.partitions: [1, 2, 4, 8], databases.rows.shards: [2]',
    ['2', '2'],
  ],
  // Three instances of a core each in a region: one node of four cores costs less than three of two.
  [
    'types of nodes',
    'workloads.w.latency.p95 < 400ms',
    'pools.web.node: [m6i.xlarge, c6i.large, m6i.large, c6i.xlarge], databases.rows.shards: [2]',
    ['c6i.xlarge', '2'],
  ],
  [
    'how nodes are bought, in one region another way than in the other',
    'workloads.w.latency.p95 < 400ms',
    'pools.web.regions.us-east.mix: [ { on-demand: 100% }, { reserved: 100% } ], pools.web.regions.eu-west.mix: [ { reserved: 100% }, { reserved: 50%, spot: 50% } ], databases.rows.shards: [2]',
    ['{"reserved":"100%"}', '{"reserved":"50%","spot":"50%"}', '2'],
  ],
  [
    'regions',
    'workloads.w.from.EU.latency.p50 < 400ms',
    'services.desk.regions: [ [us-east], [us-east, eu-west] ], databases.rows.shards: [2, 4]',
    ['["us-east"]', '2'],
  ],
];

describe('a plan', () => {
  it.each(cases)(
    'finds what exhaustive search finds, of %s',
    async (_, needs, vary, expected) => {
      const text = planned(needs, vary);
      const best = await exhaustive(text);
      const { plan, space } = await planOf(text);
      expect(best?.values).toEqual(expected);
      expect(plan.winner?.values).toEqual(best?.values);
      // What it writes is that design, whole or in what it changes.
      const base = read(text).scenario;
      for (const extended of ['shop.yaml', undefined]) {
        const written = planFileText(
          plan,
          space.plan.keep,
          (sets, other) =>
            parseScenario('out.yaml', (path) => (path === 'shop.yaml' ? text : (other ?? base.text)), sets),
          extended,
        );
        const out = parseScenario('out.yaml', (path) => (path === 'out.yaml' ? written : text));
        const { result } = await runScenario(out.scenario as never, { ...common, runs: 3 });
        expect(result.cost.month).toBeCloseTo(best?.month as number, 6);
      }
    },
    120_000,
  );
});

it('a changed scenario is written whole where what it extends cannot have the change', () => {
  const text = planned('workloads.w.latency.p95 < 300ms', 'databases.rows.shards: [1, 2]');
  const made = (changes: readonly string[]) =>
    changedScenarioText(
      { about: ['Changed.'], sets: [], changes },
      (sets, other) =>
        parseScenario('out.yaml', (path) => (path === 'shop.yaml' ? text : (other ?? text)), sets),
      'shop.yaml',
    );
  expect(made(['databases.rows.shards=2'])).toMatch(/^# Changed\.\nextends: shop\.yaml\n/);
  expect(made(['services.desk.operations.serve.0.work.exponential=9ms'])).toMatch(
    /^# Changed\.\n(?!extends)/,
  );
});
