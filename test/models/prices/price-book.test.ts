import { describe, expect, it } from 'vitest';
import type { PricesConfig } from '../../../src/models/prices/config.ts';
import { lookUpOf } from '../../../src/models/prices/overrides.ts';
import { problemsOf, scenarioOf } from '../harness.ts';

const standard: PricesConfig = {
  book: 'aws-2026-07',
  location: 'us-east-1',
  reservedTerm: '1y',
  override: {},
};
const book = (config: Partial<PricesConfig> = {}) => lookUpOf({ ...standard, ...config });

describe('the price book of July 2026', () => {
  // Read again in the sources that the book names, beside the collected table.
  it.each([
    ['m6i.xlarge on-demand', 'us-east-1', 0.192, 'hour', 'S'],
    ['m6i.2xlarge on-demand', 'eu-west-1', 0.428, 'hour', 'S'],
    ['m6i.4xlarge on-demand', 'ap-southeast-1', 0.96, 'hour', 'S'],
    ['m6i.4xlarge on-demand', 'eu-central-1', 0.92, 'hour', 'S'],
    ['t3.medium on-demand', 'us-east-1', 0.0416, 'hour', 'S'],
    ['r6g.xlarge on-demand', 'ap-southeast-1', 0.2432, 'hour', 'S'],
    ['i3en.xlarge on-demand', 'us-east-1', 0.452, 'hour', 'S'],
    ['m6i.2xlarge spot', 'us-east-1', 0.1665, 'hour', 'S'],
    ['t3.medium reserved', 'us-east-1', 0.0416 * 0.627, 'hour', 'S'],
    ['db.m5.large instance', 'us-east-1', 0.171, 'hour', 'S'],
    ['db.m5.large multi-AZ instance', 'us-east-1', 0.342, 'hour', 'S'],
    ['aurora db.r4.8xlarge instance', 'us-east-1', 4.64, 'hour', 'S'],
    ['kafka.m5.24xlarge broker', 'us-east-1', 10.08, 'hour', 'S'],
    ['cache.r5.4xlarge node', 'us-east-1', 1.724, 'hour', 'S'],
    ['gp3 storage', 'us-east-1', 0.08, 'month', 'S'],
    ['database storage', 'us-east-1', 0.115, 'month', 'S'],
    ['latency queries', 'eu-west-1', 0.6, 'each', 'S'],
    ['cross-region transfer us-east-1 → eu-west-1', 'us-east-1', 0.02, 'each', 'S'],
    ['cross-region transfer us-east-1 → us-east-2', 'us-east-1', 0.01, 'each', 'S'],
    ['cross-region transfer ap-southeast-1 → us-east-1', 'ap-southeast-1', 0.09, 'each', 'S'],
  ])('has %s in %s at %f $ (%s, %s)', (item, location, value, unit, confidence) => {
    const price = book().price(item, location);
    expect(price?.value).toBeCloseTo(value as number, 12);
    expect(price).toMatchObject({ unit, confidence });
    expect(price?.source).not.toBe('');
  });

  // In dollars: what the rule of the book makes of its own rows, worked out by hand.
  it.each([
    // 0.085 × 0.107 / 0.096, the ratio of m6i
    [
      'c6i.large on-demand',
      'eu-west-1',
      0.094739583,
      'us-east-1 × 1.115, estimated by the ratio of m6i prices',
    ],
    // 0.192 × (1 − 0.37)
    ['m6i.xlarge reserved', 'us-east-1', 0.12096, 'unverified'],
    // 0.192 × (0.1665 / 0.384 + 0.2985 / 0.768) / 2
    ['m6i.xlarge spot', 'us-east-1', 0.0789375, 'other sizes of m6i'],
    // 0.085 × (1 − 0.67)
    ['c6i.large spot', 'us-east-1', 0.02805, 'Spot Advisor'],
    // 0.225 × 2 × 0.1128 / 0.1008, the ratio of r6g
    ['db.r6g.xlarge instance', 'eu-west-1', 0.503571429, 'ratio of r6g nodes'],
    // 10.08 / 48
    ['kafka.m5.large broker', 'us-east-1', 0.21, 'by size'],
  ])('works out %s in %s and marks it less sure', (item, location, value, source) => {
    const price = book().price(item, location);
    expect(price?.value).toBeCloseTo(value, 9);
    expect(['R', 'D']).toContain(price?.confidence);
    expect(price?.source).toContain(source);
  });

  it('takes a bare class for what one would order by it', () => {
    for (const [bare, whole] of [
      ['db.r6g.large', 'db.r6g.large instance'],
      ['cache.r7g.large', 'cache.r7g.large node'],
      ['kafka.m7g.large', 'kafka.m7g.large broker'],
    ]) {
      expect(book().price(bare, 'us-east-1')).toEqual(book().price(whole, 'us-east-1'));
      expect(book().price(bare, 'us-east-1')?.value).toBeGreaterThan(0.1);
    }
  });

  it.each([
    ['m6i.xlarge on-demand', 'mars-north-1'],
    ['m6i.xlarge on-demand', 'sa-east-1'],
    ['x9z.large on-demand', 'us-east-1'],
    ['m6i.enormous on-demand', 'us-east-1'],
    ['db.m6i instance', 'us-east-1'],
    ['cross-region transfer a → b', 'mars-north-1'],
    ['unicorns', 'us-east-1'],
  ])('knows no price of %s in %s', (item, location) => {
    expect(book().price(item, location)).toBeUndefined();
  });

  it('takes more off for three years than for one', () => {
    expect(book({ reservedTerm: '3y' }).price('m6i.xlarge reserved', 'us-east-1')?.value).toBeCloseTo(
      0.192 * (1 - 0.585),
      12,
    );
  });
});

describe('a price that the scenario sets', () => {
  const set = book({
    override: {
      'm6i.xlarge on-demand us-east-1': 0.19,
      'gp3 storage': 0.07,
      'box on-demand': 1,
    },
  });

  it('holds in its location alone, or everywhere where it names none', () => {
    expect(set.price('m6i.xlarge on-demand', 'us-east-1')).toMatchObject({
      value: 0.19,
      confidence: 'given',
    });
    expect(set.price('m6i.xlarge on-demand', 'eu-west-1')?.value).toBeCloseTo(0.214, 12);
    expect(set.price('gp3 storage', 'ap-southeast-1')).toMatchObject({ value: 0.07, unit: 'month' });
  });

  it('is what reserved and spot nodes are reckoned from', () => {
    expect(set.price('m6i.xlarge reserved', 'us-east-1')?.value).toBeCloseTo(0.19 * 0.63, 12);
    expect(set.price('box reserved', 'us-east-1')?.value).toBeCloseTo(0.63, 12);
    expect(set.price('box spot', 'us-east-1')?.value).toBeCloseTo(0.33, 12);
  });

  it('is warned about where the book has no such thing', () => {
    const yaml = (override: string) => `
name: test
workloads: { a: { arrivals: { rate: 1/s }, call: desk.serve } }
services: { desk: { operations: { serve: [ { work: 1ms } ] } } }
prices: { override: { "${override}": $0.19 } }`;
    expect(problemsOf(yaml('m6i.xlarge on-demnd'))).toEqual([
      'the price book has nothing called "m6i.xlarge on-demnd"',
    ]);
    expect(problemsOf(yaml('m6i.xlarge on-demand us-east-1'))).toEqual([]);
    expect(problemsOf(yaml('gp3 storage'))).toEqual([]);
    expect(() => scenarioOf(yaml('m6i.xlarge on-demnd'))).not.toThrow();
  });
});

describe('a location of the price book', () => {
  it('that the book does not have is warned about', () => {
    const yaml = (location: string) => `
name: test
workloads: { a: { arrivals: { rate: 1/s }, call: desk.serve } }
services: { desk: { operations: { serve: [ { work: 1ms } ] } } }
prices: { location: ${location} }`;
    expect(problemsOf(yaml('us-esat-1'))).toEqual(['the price book has no prices in "us-esat-1"']);
    expect(problemsOf(yaml('eu-west-1'))).toEqual([]);
  });
});
