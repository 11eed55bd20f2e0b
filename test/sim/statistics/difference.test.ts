import { describe, expect, it } from 'vitest';
import { stream } from '../../../src/sim/random/index.ts';
import {
  differenceOf,
  fisherTail,
  holm,
  intervalOfDifference,
  meanOfRuns,
  pairedDifference,
  studentQuantile,
  studentTail,
  tailAbove,
} from '../../../src/sim/statistics/index.ts';

const spread = (...values: number[]) => meanOfRuns(values.map((num) => ({ num, den: 1, n: 1 })));

describe('studentTail', () => {
  it.each([1, 4, 19, 200])('undoes the quantile with %i degrees of freedom', (degrees) => {
    for (const share of [1e-6, 0.01, 0.3, 0.5, 0.9, 0.9999])
      expect(1 - studentTail(studentQuantile(share, degrees), degrees)).toBeCloseTo(share, 10);
  });

  it('is certain at infinity', () => {
    expect([studentTail(Infinity, 4), studentTail(-Infinity, 4)]).toEqual([0, 1]);
  });
});

describe('a difference', () => {
  it('of pairs has the interval that pairedDifference gives', () => {
    const [a, b] = [spread(10, 20, 33, 41), spread(11, 22, 33, 45)];
    const known = pairedDifference(a, b);
    const interval = intervalOfDifference(differenceOf(a, b, true));
    expect(interval.low).toBeCloseTo(known.low as number, 10);
    expect(interval.high).toBeCloseTo(known.high as number, 10);
  });

  it('of runs that hang together is surer in pairs than without', () => {
    const [a, b] = [spread(10, 20, 30, 40), spread(11, 21.1, 31, 40.9)];
    expect(tailAbove(differenceOf(a, b, true), 0)).toBeLessThan(1e-4);
    expect(tailAbove(differenceOf(a, b, false), 0)).toBeGreaterThan(0.4);
  });

  it("without pairs has Welch's degrees of freedom: 16.2 for textbook samples of unlike spread", () => {
    // Means 0 and 0; squared errors 1/5 (n = 5) and 0.25/12 by hand: (0.2 + 0.0208)² / (0.04/4 + 0.000434/11).
    const a = spread(-1, 1, -1, 1, 0).perRun;
    const first = { value: 0, perRun: a };
    const second = { value: 0, perRun: Array.from({ length: 12 }, (_, i) => (i % 2 ? 0.5 : -0.5)) };
    const [va, vb] = [4 / (5 * 4), (12 * 0.25) / (12 * 11)];
    const expected = (va + vb) ** 2 / (va ** 2 / 4 + vb ** 2 / 11);
    expect(differenceOf(first, second, false).degrees).toBeCloseTo(expected, 10);
  });

  it('in the last digits of doubles is none', () => {
    expect(differenceOf(spread(0.1 + 0.2, 0.3), spread(0.3, 0.1 + 0.2), true)).toMatchObject({
      value: 0,
      standardError: 0,
    });
  });

  it('of one run, or of an infinite one, is no ground to reject', () => {
    expect(tailAbove(differenceOf(spread(1), spread(9), true), 0)).toBe(1);
    expect(tailAbove(differenceOf(spread(1, 2), spread(9, Infinity), true), 0)).toBe(1);
  });

  it('covers the truth in 95% of 1,000 experiments, paired and not', () => {
    // 950 ± 6.9; limits three standard deviations away.
    for (const isPaired of [true, false]) {
      let held = 0;
      for (let i = 0; i < 1000; i++) {
        const random = stream(7, i, `difference ${isPaired}`);
        const run = () => random() + random() + random() - random();
        const a = spread(...Array.from({ length: 6 }, run));
        const b = spread(...Array.from({ length: 6 }, () => run() + 2));
        const { low, high } = intervalOfDifference(differenceOf(a, b, isPaired));
        if ((low as number) <= 2 && 2 <= (high as number)) held++;
      }
      expect(held).toBeGreaterThanOrEqual(929);
      expect(held).toBeLessThanOrEqual(971);
    }
  });
});

describe('fisherTail', () => {
  it('gives the lady tasting tea 17 in 70 for three right, 1 in 70 for four', () => {
    expect(fisherTail(1, 4, 3, 4)).toBeCloseTo(17 / 70, 12);
    expect(fisherTail(0, 4, 4, 4)).toBeCloseTo(1 / 70, 12);
  });

  it('is 1 where nothing was hit', () => {
    expect(fisherTail(0, 20, 0, 20)).toBeCloseTo(1, 12);
  });
});

describe('holm', () => {
  it('rejects step by step, and stops at the first that stands', () => {
    expect(holm([0.01, 0.04, 0.03, 0.005], 0.05)).toEqual([true, false, false, true]);
    expect(holm([0.02, 0.024, 0.9], 0.05)).toEqual([false, false, false]);
    expect(holm([], 0.05)).toEqual([]);
  });
});
