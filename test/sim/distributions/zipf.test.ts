import { describe, expect, it } from 'vitest';
import { type Zipf, zipf } from '../../../src/sim/distributions/index.ts';
import { KeyedDraws, LARGEST_DRAW, SMALLEST_DRAW } from '../../../src/sim/random/index.ts';

const harmonic = (count: number, exponent: number): number => {
  let sum = 0;
  for (let i = count; i >= 1; i--) sum += i ** -exponent;
  return sum;
};

/** χ² of draws over bins of ranks; each bin has at least `least` expected draws. */
function chiSquare(law: Zipf, draws: number, least: number): { statistic: number; degrees: number } {
  const edges = [0];
  for (let rank = 1, from = 0; rank < law.count; rank = Math.max(rank + 1, Math.floor(rank * 1.15))) {
    if ((law.shareOfTop(rank) - law.shareOfTop(from)) * draws >= least) {
      edges.push(rank);
      from = rank;
    }
  }
  const counts = new Array<number>(edges.length).fill(0);
  const keyed = new KeyedDraws(11, 0, `zipf ${law.count} ${law.exponent}`);
  for (let i = 0; i < draws; i++) {
    const rank = law.index(keyed.uniform(0, i, 0));
    let low = 0;
    let high = edges.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (edges[middle] <= rank) low = middle;
      else high = middle - 1;
    }
    counts[low]++;
  }
  let statistic = 0;
  edges.forEach((edge, bin) => {
    const share = (bin + 1 < edges.length ? law.shareOfTop(edges[bin + 1]) : 1) - law.shareOfTop(edge);
    statistic += (counts[bin] - share * draws) ** 2 / (share * draws);
  });
  return { statistic, degrees: edges.length - 1 };
}

describe('zipf', () => {
  it.each([
    [100, 1],
    [5000, 1.1],
    [65_536, 0.9],
    [65_537, 0.99],
    [1_000_000, 0.5],
    [1_000_000, 1],
    [3_000_000, 0.9],
    [3_000_000, 2.5],
  ])('of %d ranks and exponent %d states every share to 1e-9', (count, exponent) => {
    const law = zipf(count, exponent);
    const total = harmonic(count, exponent);
    for (const rank of [0, 1, 9, count >> 1, count - 1]) {
      expect(Math.abs(law.share(rank) / ((rank + 1) ** -exponent / total) - 1)).toBeLessThan(1e-9);
    }
    for (const ranks of [1, 10, count >> 1, count - 1]) {
      expect(Math.abs(law.shareOfTop(ranks) / (harmonic(ranks, exponent) / total) - 1)).toBeLessThan(1e-9);
    }
  });

  it.each([
    [10, 1],
    [1000, 0.7],
    [200_000, 0.9],
    [1_000_000, 1],
    [50_000_000, 0.99],
    [1_000_000_000, 0.5],
    [1_000_000, 1.3],
    [77, 0],
  ])('of %d ranks and exponent %d draws ranks in those shares', (count, exponent) => {
    const { statistic, degrees } = chiSquare(zipf(count, exponent), 400_000, 20);
    // Mean k, standard deviation √2k: 3.1 of them above is 0.1% (normal approximation, k is 9 or more).
    expect(statistic).toBeLessThan(degrees + 3.1 * Math.sqrt(2 * degrees) + 4);
    expect(statistic).toBeGreaterThan(degrees - 3.1 * Math.sqrt(2 * degrees) - 1);
  });

  it('never leaves its ranks, at either end', () => {
    for (const [count, exponent] of [
      [1, 1],
      [2, 3],
      [65_536, 1],
      [65_537, 0.2],
      [1e12, 1.01],
      [7, 0],
    ]) {
      const law = zipf(count, exponent);
      for (const u of [SMALLEST_DRAW, 0.5, LARGEST_DRAW]) {
        expect(law.index(u)).toBeGreaterThanOrEqual(0);
        expect(law.index(u)).toBeLessThan(count);
        expect(Number.isInteger(law.index(u))).toBe(true);
      }
    }
  });

  it('reaches both sides of the seam between table and integral as often as their shares say', () => {
    const law = zipf(70_000, 0.5);
    const seam = law.shareOfTop(65_536);
    expect(law.index(seam - 1e-9)).toBeLessThan(65_536);
    expect(law.index(seam + 1e-9)).toBe(65_536);
    expect(law.index(seam + law.share(65_536) * 0.999)).toBe(65_536);
    expect(law.index(seam + law.share(65_536) * 1.001)).toBe(65_537);
    expect(law.index(1 - law.share(69_999) * 0.999)).toBe(69_999);
    expect(law.index(1 - law.share(69_999) * 1.001)).toBe(69_998);
  });
});
