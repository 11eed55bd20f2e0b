import { describe, expect, it } from 'vitest';
import { stream } from '../../../src/sim/random/index.ts';
import { rankSumTail, signedRankTail } from '../../../src/sim/statistics/index.ts';

describe('rankSumTail', () => {
  it('of two samples apart is as small as the normal has it: z = 5.41 for 20 above 20', () => {
    const low = Array.from({ length: 20 }, (_, i) => i);
    const high = low.map((value) => value + 100);
    expect(rankSumTail(low, high)).toBeGreaterThan(3e-8);
    expect(rankSumTail(low, high)).toBeLessThan(3.5e-8);
    expect(rankSumTail(high, low)).toBeCloseTo(1, 6);
  });

  it('says nothing of samples that are all the same, or empty', () => {
    expect(rankSumTail([1, 1], [1, 1])).toBe(1);
    expect(rankSumTail([Number.NaN], [1, 2])).toBe(1);
  });

  it('rejects one in a hundred of samples with heavy tails that are alike, not more', () => {
    let rejected = 0;
    for (let i = 0; i < 2000; i++) {
      const random = stream(11, i, 'ranks');
      const sample = () => Array.from({ length: 20 }, () => (1 - random()) ** -2);
      if (rankSumTail(sample(), sample()) <= 0.01) rejected++;
    }
    // 20 ± 4.4 of 2,000; three standard deviations above.
    expect(rejected).toBeLessThanOrEqual(33);
    expect(rejected).toBeGreaterThanOrEqual(7);
  });
});

describe('signedRankTail', () => {
  it('of 20 differences all above 0 is 4.4 in 100,000, above the exact 2 to the -20th', () => {
    const all = Array.from({ length: 20 }, (_, i) => i + 1);
    expect(signedRankTail(all)).toBeGreaterThan(2 ** -20);
    expect(signedRankTail(all)).toBeCloseTo(4.43e-5, 6);
  });

  it('does not count what is 0 or without data', () => {
    expect(signedRankTail([0, 0, Number.NaN])).toBe(1);
    expect(signedRankTail([3, 0, 5, -1])).toBe(signedRankTail([3, 5, -1]));
  });
});
