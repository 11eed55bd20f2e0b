import { afterAll, describe, expect, it } from 'vitest';
import { parseScenario } from '../../../src/models/parse.ts';
import { purchaseMarkdown } from '../../../src/report/purchase/markdown.ts';
import { renderPurchase } from '../../../src/report/purchase/terminal.ts';
import { findPurchase } from '../../../src/study/purchase/find-purchase.ts';
import type { RiskAsked } from '../../../src/study/purchase/fleet.ts';
import { RunPool } from '../../../src/study/run-pool.ts';
import { runScenario } from '../../../src/study/run-scenario.ts';

/** A node has room for one instance; autoscaled at 50% of the three cores that each requests. */
const shop = `
name: Shop
run: { start: 2026-01-05T12:00Z, duration: 10s, warmUp: 1s, runs: 1, seed: 3 }
regions: { here: us-east-1 }
workloads:
  customers: { arrivals: { rate: 300/s, profile: { shape: week, peak: 600/s } }, call: desk.serve }
services:
  desk:
    pool: web
    instances: 10
    threads: 64
    cpu: { cores: 3, request: 3 }
    autoscale: { manifest: hpa.yaml }
    operations: { serve: [ work: { exponential: 50ms } ] }
pools: { web: { node: m6i.xlarge, size: 20, mix: { reserved: 30%, on-demand: 50%, spot: 20% } } }
targets: [ { target: cost.savings.vsOnDemand >= 40%, level: warn } ]
`;

const manifest = `
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: desk }
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: desk }
  minReplicas: 1
  maxReplicas: 60
  metrics: [ { type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 50 } } } ]
`;

function read(sets: readonly string[] = []) {
  const { scenario, problems } = parseScenario(
    'shop.yaml',
    (file) => (file.endsWith('hpa.yaml') ? manifest : shop),
    sets,
  );
  if (scenario === undefined) throw new Error(problems.map(({ message }) => message).join('\n'));
  return scenario;
}

const pool = new RunPool(1);
afterAll(() => pool.close());

const find = (risk: RiskAsked = {}, sets: readonly string[] = []) =>
  findPurchase(read(sets), { file: 'shop.yaml', version: '0.0.0', risk, sets, pool });

describe('how nodes are bought best', () => {
  it('finds a need that rises and falls with the load', async () => {
    const [{ need, hours }] = (await find()).fleets;
    expect(hours).toHaveLength(168);
    expect(need.most).toBe(Math.max(...hours));
    expect(need.most).toBeGreaterThan(2 * need.least);
  });

  it('says of the scenario’s own mix what the bill of a run says', async () => {
    const { result } = await runScenario(read(), { file: 'shop.yaml', version: '0.0.0', pool });
    const { own } = await find();
    expect(own.month).toBeCloseTo(result.metrics['cost.month'].value ?? 0, 6);
    expect(own.saving).toBeCloseTo(result.metrics['cost.savings.vsOnDemand'].value ?? 0, 9);
  });

  it('costs no more than the scenario’s own mix, at no more risk', async () => {
    const { fleets } = await find();
    expect(fleets[0].best.month).toBeLessThan(fleets[0].own.month);
    expect(fleets[0].best.atOnce).toBeLessThanOrEqual(fleets[0].own.atOnce + 1e-9);
    expect(fleets[0].best.interruptions).toBeLessThanOrEqual(fleets[0].own.interruptions + 1e-9);
  });

  it('says the same again with the layers that it advises as the scenario’s own', async () => {
    const plan = await find({ atOnce: 0.25 });
    const again = await find({ atOnce: 0.25 }, plan.sets);
    expect(again.fleets[0].own.layers).toEqual(plan.fleets[0].best.layers);
    expect(again.own.month).toBeCloseTo(plan.best.month, 9);
  });

  it('says the same again of a pool in several regions, each of which has layers of its own', async () => {
    const sets = [
      'regions={ here: us-east-1, there: eu-west-1, nowhere: eu-central-1 }',
      'services.desk.regions={ here: { instances: 10 }, there: { instances: 5 } }',
      'pools.web.regions=[here, there, nowhere]',
    ];
    const plan = await find({ atOnce: 0.25 }, sets);
    const layersOf = ({ fleets }: typeof plan, which: 'own' | 'best') =>
      fleets.map(({ region, [which]: { layers } }) => [region, layers]);
    expect(plan.fleets.map(({ region }) => region)).toEqual(['here', 'there', 'nowhere']);
    expect(plan.sets).toEqual([
      expect.stringMatching(
        /^pools\.web\.regions=\{ here: \{ size: \d+, mix: .*nowhere: \{ size: 0, mix: .*\} \}$/,
      ),
    ]);
    const again = await find({ atOnce: 0.25 }, [...sets, ...plan.sets]);
    // Where no node is needed, those that were reserved are gone.
    expect(layersOf(plan, 'best')[2]).toEqual(['nowhere', { reserved: 0, 'on-demand': 0, spot: 0 }]);
    expect(layersOf(again, 'own')).toEqual(layersOf(plan, 'best').slice(0, 2));
    expect(layersOf(again, 'best')).toEqual(layersOf(again, 'own'));
    expect(again.own.month).toBeCloseTo(plan.best.month, 9);
    const { result } = await runScenario(read([...sets, ...plan.sets]), {
      file: 'shop.yaml',
      version: '0.0.0',
      pool,
    });
    const nodes = result.cost.rows.filter(({ component }) => component === 'pools.web');
    expect(nodes.reduce((sum, { month }) => sum + (month ?? 0), 0)).toBeCloseTo(plan.best.month, 6);
  });

  it('keeps both limits on risk', async () => {
    const [{ best }] = (await find({ atOnce: 0.3, interruptions: 0.2 })).fleets;
    expect(best.interruptions).toBeLessThanOrEqual(0.2 + 1e-9);
    expect(best.layers.spot).toBeGreaterThan(0);
    expect((await find({ atOnce: 0.3 })).fleets[0].best.interruptions).toBeGreaterThan(0.2);
  });

  it('reserves more for three years than for one, since that pays from fewer hours on', async () => {
    const oneYear = await find({ atOnce: 0 });
    const threeYears = await find({ atOnce: 0 }, ['prices.reservedTerm=3y']);
    const reserved = (plan: typeof oneYear) => plan.fleets[0].best.layers.reserved;
    expect(oneYear.fleets[0].reserveFrom).toBeCloseTo(0.63, 9);
    expect(reserved(threeYears)).toBeGreaterThan(reserved(oneYear));
    for (const { fleets } of [oneYear, threeYears]) {
      const [{ hours, best, reserveFrom }] = fleets;
      const usedIn = (node: number) => hours.filter((nodes) => nodes >= node).length / hours.length;
      expect(usedIn(best.layers.reserved)).toBeGreaterThan(reserveFrom);
      expect(usedIn(best.layers.reserved + 1)).toBeLessThanOrEqual(reserveFrom);
    }
  });

  it('saves no less where more may be at risk, and tells what a claimed saving takes', async () => {
    const { risks, goals } = await find();
    const savings = risks.map(({ saving }) => saving);
    expect(savings).toEqual([...savings].sort((a, b) => a - b));
    const [{ atOnce, saving }] = goals;
    if (atOnce === null) throw new Error('no share reaches 40%');
    expect((await find({ atOnce })).best.saving).toBeGreaterThanOrEqual(saving);
    expect((await find({ atOnce: atOnce - 0.01 })).best.saving).toBeLessThan(saving);
  });

  it('names a node that has no price', async () => {
    const plan = await find({}, ['pools.web.node={ name: ours, cores: 4 }']);
    expect(plan.fleets).toEqual([]);
    expect(plan.unpriced).toEqual(['pools.web in here: ours']);
  });

  it('prints it in 80 columns, and as Markdown', async () => {
    const plan = await find();
    const text = renderPurchase(plan, { color: false, columns: 80 });
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    expect(text).toMatch(/^CHEAPEST \$/m);
    expect(text).toMatch(/^ {2}as it is +6 +/m);
    expect(text).toContain('reserved for 1y');
    expect(text).toContain("--set 'pools.web.mix={");
    expect(purchaseMarkdown(plan)).toContain('| **best** |');
  });
});
