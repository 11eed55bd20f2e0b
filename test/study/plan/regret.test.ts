import { describe, expect, it } from 'vitest';
import { mean, regretsOf } from '../../../src/study/plan/regret.ts';

/** Capacities 1 … n, each costing itself, under demands 1 … m, each once. */
const newsvendor = (capacities: number, demands: number) =>
  Array.from({ length: capacities }, (_, at) =>
    Array.from({ length: demands }, (__, demand) => ({ cost: at + 1, kept: at + 1 >= demand + 1 })),
  );

const leastOf = (regrets: readonly (readonly number[])[]): number => {
  const means = regrets.map(mean);
  return means.indexOf(Math.min(...means));
};

describe('regret', () => {
  it.each([1, 3, 9, 10, 99])('is least at the newsvendor’s critical ratio, with weight %i', (weight) => {
    const chosen = leastOf(regretsOf(newsvendor(100, 100), weight)) + 1;
    // The smallest capacity that holds in weight/(1 + weight) of the draws.
    expect(chosen).toBe(Math.ceil((100 * weight) / (1 + weight) - 1e-9));
  });

  it('is what a design costs above the cheapest that holds, and a weight times what it lacks', () => {
    const outcomes = [
      [
        { cost: 10, kept: true },
        { cost: 10, kept: false },
        { cost: 10, kept: false },
      ],
      [
        { cost: 14, kept: true },
        { cost: 14, kept: true },
        { cost: 14, kept: false },
      ],
      // Dearer, and yet it does not hold: it spends too much and lacks the smallest step.
      [
        { cost: 20, kept: false },
        { cost: 20, kept: false },
        { cost: 20, kept: false },
      ],
    ];
    expect(regretsOf(outcomes, 5)).toEqual([
      [0, 5 * 4, 5 * 10],
      [4, 0, 5 * 6],
      // In the last draw none holds: as much as could have been had is the dearest.
      [10 + 5 * 4, 6 + 5 * 4, 5 * 4],
    ]);
  });

  it('of a single design is 0 where it holds', () => {
    expect(regretsOf([[{ cost: 3, kept: true }]], 10)).toEqual([[0]]);
  });
});
