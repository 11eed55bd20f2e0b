import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  countsOf,
  type Mix,
  nextPurchase,
  purchaseOf,
  purchases,
  spreadPurchases,
} from '../../../src/models/pools/mix.ts';

const mix: Mix = { reserved: 0.3, 'on-demand': 0.5, spot: 0.2 };

describe('a mix of 30% reserved, 50% on demand and 20% spot', () => {
  it.each([
    [10, 3, 5, 2],
    [100, 30, 50, 20],
    [1, 0, 1, 0],
    [3, 1, 1, 1],
    [5, 2, 2, 1],
    [0, 0, 0, 0],
  ])('divides %i nodes into %i, %i and %i', (size, reserved, onDemand, spot) => {
    expect(countsOf(mix, size)).toEqual({ reserved, 'on-demand': onDemand, spot });
  });

  it('buys reserved first, then on demand, then spot, and what exceeds the size on demand', () => {
    const counts = countsOf(mix, 10);
    const there = { reserved: 0, 'on-demand': 0, spot: 0 };
    const bought = Array.from({ length: 12 }, () => {
      const next = nextPurchase(there, counts);
      there[next] += 1;
      return next[0];
    });
    expect(bought.join('')).toBe('rrrooooossoo');
  });

  it('leaves reserved nodes unused where fewer are needed', () => {
    const counts = countsOf(mix, 10);
    expect(purchaseOf(2, counts)).toEqual({ reserved: 2, 'on-demand': 0, spot: 0 });
    expect(purchaseOf(9, counts)).toEqual({ reserved: 3, 'on-demand': 5, spot: 1 });
    expect(purchaseOf(14, counts)).toEqual({ reserved: 3, 'on-demand': 9, spot: 2 });
  });

  it('replaces an interrupted spot node by a spot node', () => {
    expect(nextPurchase({ reserved: 3, 'on-demand': 5, spot: 1 }, countsOf(mix, 10))).toBe('spot');
  });
});

const anyMix = fc
  .tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100 }))
  .map(([a, b]) => [Math.min(a, b), Math.max(a, b)])
  .map(([a, b]): Mix => ({ reserved: a / 100, 'on-demand': (b - a) / 100, spot: (100 - b) / 100 }));

describe('any mix', () => {
  it('divides every size without rest, each part within a node of its share', () => {
    fc.assert(
      fc.property(anyMix, fc.integer({ min: 0, max: 500 }), (shares, size) => {
        const counts = countsOf(shares, size);
        expect(purchases.reduce((sum, each) => sum + counts[each], 0)).toBe(size);
        for (const each of purchases)
          expect(Math.abs(counts[each] - shares[each] * size)).toBeLessThanOrEqual(1 + 1e-6);
      }),
      { seed: 2 },
    );
  });

  it('spreads its purchases so that every run of nodes has nearly its share of each', () => {
    fc.assert(
      fc.property(anyMix, fc.integer({ min: 1, max: 60 }), (shares, size) => {
        const counts = countsOf(shares, size);
        const order = spreadPurchases(counts);
        for (const each of purchases) {
          expect(order.filter((next) => next === each)).toHaveLength(counts[each]);
          order.forEach((_, at) => {
            const there = order.slice(0, at + 1).filter((next) => next === each).length;
            expect(Math.abs(there - ((at + 1) * counts[each]) / size)).toBeLessThanOrEqual(1 + 1e-9);
          });
        }
      }),
      { seed: 3 },
    );
  });
});
