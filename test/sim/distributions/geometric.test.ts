import { describe, expect, test } from 'vitest';
import { geometric } from '../../../src/sim/distributions/geometric.ts';

describe('the geometric distribution', () => {
  test('gives n with probability p (1 − p)^(n − 1)', () => {
    const p = 1 / 8;
    const { quantile } = geometric(8);
    for (let n = 1; n <= 40; n += 1) {
      const below = 1 - (1 - p) ** (n - 1);
      const upTo = 1 - (1 - p) ** n;
      expect(quantile(below + 1e-9)).toBe(n);
      expect(quantile(upTo - 1e-9)).toBe(n);
    }
  });

  test('has the mean and cv that it says, by summing its probabilities', () => {
    const { mean, cv } = geometric(8);
    let first = 0;
    let second = 0;
    for (let n = 1; n < 2000; n += 1) {
      const probability = (1 / 8) * (7 / 8) ** (n - 1);
      first += n * probability;
      second += n * n * probability;
    }
    expect(first).toBeCloseTo(mean, 9);
    expect(Math.sqrt(second - first * first) / first).toBeCloseTo(cv, 9);
  });

  test('of mean 1 is always 1, and a mean below 1 is refused', () => {
    expect(geometric(1).quantile(0.999999)).toBe(1);
    expect(() => geometric(0.5)).toThrow('at least 1');
  });
});
