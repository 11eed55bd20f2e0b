import { describe, expect, it } from 'vitest';
import { billOf } from '../../../src/report/reading/bill.ts';
import type { CostResultRow } from '../../../src/result/index.ts';

const row = (more: Partial<CostResultRow>): CostResultRow => ({
  component: 'topics.events',
  item: 'kafka storage',
  region: 'us-east',
  quantity: 900,
  unit: 'GB',
  basis: 'measured',
  price: 0.1 / 730,
  per: 'hour',
  confidence: 'S',
  month: 60,
  ...more,
});
const amountOf = (more: Partial<CostResultRow>): number =>
  billOf({ month: null, rows: [row(more)], unpriced: [] })[0].items[0].amount;

describe('an amount on the bill', () => {
  it('of what is kept is the mean over the month, also where it was measured in a busy hour', () => {
    // $60 a month at $0.1 a GB and month.
    expect(amountOf({})).toBeCloseTo(600);
    expect(amountOf({ basis: 'extrapolated' })).toBeCloseTo(600);
    expect(amountOf({ basis: 'fixed' })).toBe(900);
  });

  it('of what is used up is what a month uses', () => {
    expect(amountOf({ price: 0.02, per: 'each' })).toBeCloseTo(3000);
  });

  it('of what has no price for its amount is as it was measured', () => {
    expect(amountOf({ price: 0 })).toBe(900);
  });
});
