import { describe, expect, it } from 'vitest';
import type { CostRow } from '../../../src/models/cost.ts';
import { readingOf, runOf } from '../harness.ts';

const costsOf = (yaml: string): { rows: readonly CostRow[]; month: number; hour: number; saving: number } => {
  const run = runOf(yaml);
  return {
    rows: run.costs,
    month: readingOf(run, 'cost.month'),
    hour: readingOf(run, 'cost.hour'),
    saving: readingOf(run, 'cost.savings.vsOnDemand'),
  };
};

const desk = (rest: string, instances = 40) => `
name: test
run: { duration: 20m, warmUp: 2m }
regions: { us-east: us-east-1 }
workloads: { a: { arrivals: { rate: 10/s, process: deterministic }, call: desk.serve } }
services:
  desk: { pool: web, instances: ${instances}, cpu: { cores: 1 }, operations: { serve: [ { work: 1ms } ] } }
${rest}`;

describe('the bill of a fleet that nothing scales', () => {
  // 40 instances of a core each on nodes with room for four: ten nodes, at all hours.
  it('is to the cent what ten nodes on demand cost', () => {
    const { rows, month, hour, saving } = costsOf(desk('pools: { web: { node: m6i.xlarge, system: 0 } }'));
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      item: 'm6i.xlarge on-demand',
      quantity: 10,
      unit: 'nodes',
      confidence: 'S',
    });
    expect(hour.toFixed(4)).toBe('1.9200');
    expect(month.toFixed(2)).toBe('1401.60');
    expect(saving).toBe(0);
  });

  it('saves with 30% reserved, 50% on demand and 20% spot what arithmetic says: 22.9%, or 29.3% on three years', () => {
    const pool =
      'pools: { web: { node: m6i.xlarge, system: 0, mix: { reserved: 30%, on-demand: 50%, spot: 20% }, interruptions: none } }';
    const one = costsOf(desk(pool));
    // 3 × 0.192 × 0.63 + 5 × 0.192 + 2 × 0.192 × (0.1665/0.384 + 0.2985/0.768)/2
    expect(one.hour.toFixed(6)).toBe('1.480755');
    expect(one.month.toFixed(2)).toBe('1080.95');
    expect(one.saving).toBeCloseTo(1 - 1.480755 / 1.92, 12);
    expect((one.saving * 100).toFixed(1)).toBe('22.9');
    const three = costsOf(desk(`${pool}\nprices: { reservedTerm: 3y }`));
    // 3 × 0.192 × 0.415 instead
    expect(three.hour.toFixed(6)).toBe('1.356915');
    expect((three.saving * 100).toFixed(1)).toBe('29.3');
  });

  it('charges reserved nodes that nobody uses, and counts them against the saving', () => {
    const pool =
      'pools: { web: { node: m6i.xlarge, system: 0, size: 20, mix: { reserved: 50%, on-demand: 50% } } }';
    const { month, saving } = costsOf(desk(pool, 16));
    // Ten reserved nodes; four of them would have been bought on demand.
    expect(month.toFixed(2)).toBe((10 * 0.192 * 0.63 * 730).toFixed(2));
    expect(saving).toBeCloseTo(1 - (10 * 0.63) / 4, 12);
  });

  it('has prices of the region’s location, or of the one that prices name', () => {
    const pool = 'pools: { web: { node: m6i.xlarge, system: 0 } }';
    const inIreland = desk(pool).replace('us-east: us-east-1', 'ireland: eu-west-1');
    expect(costsOf(inIreland).month.toFixed(2)).toBe((10 * 0.214 * 730).toFixed(2));
    const somewhere = desk(`${pool}\nprices: { location: ap-southeast-1 }`).replace(
      'us-east: us-east-1',
      'here: {}',
    );
    expect(costsOf(somewhere).month.toFixed(2)).toBe((10 * 0.24 * 730).toFixed(2));
  });

  it('takes the price that the scenario sets', () => {
    const pool =
      'pools: { web: { node: { name: box, cores: 4 }, system: 0 } }\nprices: { override: { "box on-demand": $0.10 } }';
    const { month, rows } = costsOf(desk(pool));
    expect(month.toFixed(2)).toBe('730.00');
    expect(rows[0].confidence).toBe('given');
  });
});

describe('what has no price', () => {
  it('is in the bill without one, and in no sum', () => {
    const pools = `pools: { web: { node: m6i.xlarge, system: 0 }, own: { node: { name: box, cores: 4 }, system: 0 } }`;
    const two = desk(pools).replace(
      'services:',
      'services:\n  other: { pool: own, operations: { serve: [ { work: 1ms } ] } }',
    );
    const { rows, month } = costsOf(two);
    const unpriced = rows.filter((row) => row.month === undefined);
    expect(unpriced).toHaveLength(1);
    expect(unpriced[0]).toMatchObject({ component: 'pools.own', item: 'box on-demand', quantity: 1 });
    expect(unpriced[0]).not.toHaveProperty('price');
    expect(unpriced[0]).not.toHaveProperty('hour');
    expect(month.toFixed(2)).toBe('1401.60');
  });

  it('leaves a design of nothing else without a cost, rather than at zero', () => {
    const run = runOf(desk('pools: { web: { node: { name: box, cores: 4 } } }'));
    for (const metric of ['cost.month', 'cost.hour', 'cost.perMillion']) {
      expect(run.readings().get(metric)).toMatchObject({ den: 0, n: 0 });
    }
  });
});

describe('data that leave a region', () => {
  const yaml = (more = '') => `
name: test
run: { duration: 1h, warmUp: 6m${more} }
regions: { us-east: us-east-1, asia: ap-southeast-1 }
origins: { US: us-east-2 }
network: { preset: none }
workloads: { a: { arrivals: { rate: 10/s, process: deterministic }, from: { US: 100% }, call: front.serve } }
services:
  front: { regions: [us-east], operations: { serve: { steps: [ call: back.serve ], request: 1kB, response: 500kB } } }
  back: { regions: [asia], operations: { serve: { steps: [ { work: 1ms } ], request: 100kB, response: 400kB } } }`;

  it('are charged by the region they leave, and to callers by the tiers of the month', () => {
    const run = runOf(yaml());
    const month = Object.fromEntries(run.costs.map(({ item, month }) => [item, month ?? Number.NaN]));
    // 10/s × 2,628,000 s a month: 2,628 GB to asia at $0.02, 10,512 GB back at $0.09, 13,140 GB to callers.
    const expected = {
      'cross-region transfer us-east → asia': 2628 * 0.02,
      'cross-region transfer asia → us-east': 10512 * 0.09,
      'internet transfer': 10240 * 0.09 + 2900 * 0.085,
    };
    // One of 32,400 calls may be cut by an edge of the window.
    for (const [item, dollars] of Object.entries(expected)) expect(month[item] / dollars).toBeCloseTo(1, 4);
    expect(Object.keys(month)).toHaveLength(3);
    expect(run.costs.every(({ basis }) => basis === 'measured')).toBe(true);
    const all = Object.values(expected).reduce((sum, dollars) => sum + dollars, 0);
    expect(readingOf(run, 'cost.perMillion') / (all / 26.28)).toBeCloseTo(1, 4);
  });

  it('are scaled from a busy hour to the month by its operations', () => {
    const week = 'process: deterministic, profile: { shape: week }';
    const busy = yaml(', start: 2026-01-09T19:00Z').replace('process: deterministic', week);
    const run = runOf(busy);
    const asia = run.costs.find(({ item }) => item.endsWith('→ asia'));
    // Friday evening is far above the mean: the window saw more than the month's mean, the month is as before.
    expect(asia?.quantity).toBeGreaterThan(1.5 * 3.6);
    // The mean over the week is the rate by definition; the run counts whole operations, one in 6·10⁴ at its edges.
    expect((asia?.month ?? 0) / (2628 * 0.02)).toBeCloseTo(1, 4);
  });
});
