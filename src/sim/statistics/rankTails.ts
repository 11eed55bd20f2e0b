/**
 * How likely it is by chance alone that values lie so far up, by their ranks: whatever their distribution, and however few
 * runs make up its tail, where Student's t is too sure.
 *
 * Rule: Wilcoxon's rank sum of the second of two samples, or the signed ranks of differences that are as likely above 0 as
 * below; equal values share their ranks; upper tail of the normal distribution with the ranks' own mean and variance. Both
 * sums have lighter tails than the normal, so that small probabilities come out too large, never too small.
 * Source: F. Wilcoxon, Individual comparisons by ranking methods, Biometrics Bulletin 1 (1945).
 */
import { studentTail } from './studentTail.ts';

/** Of the second sample's values lying so far above the first's. NaN does not count. */
export function rankSumTail(first: readonly number[], second: readonly number[]): number {
  const [a, b] = [first, second].map((values) => values.filter((value) => !Number.isNaN(value)));
  const [n, m] = [a.length, b.length];
  if (n === 0 || m === 0) return 1;
  const ranks = ranksOf([...a, ...b]);
  const sum = ranks.slice(n).reduce((total, rank) => total + rank, 0);
  const all = n + m;
  const mean = (m * (all + 1)) / 2;
  const squares = ranks.reduce((total, rank) => total + (rank - (all + 1) / 2) ** 2, 0);
  return normalTail(sum - mean, (n * m * squares) / (all * (all - 1)));
}

/** Of differences lying so far above 0; those of exactly 0, and NaN, do not count. */
export function signedRankTail(differences: readonly number[]): number {
  const present = differences.filter((difference) => difference !== 0 && !Number.isNaN(difference));
  const ranks = ranksOf(present.map(Math.abs));
  const sum = ranks.reduce((total, rank, at) => total + Math.sign(present[at]) * rank, 0);
  return normalTail(
    sum,
    ranks.reduce((total, rank) => total + rank * rank, 0),
  );
}

/** 1 for the smallest; equal values have the mean of their places. */
function ranksOf(values: readonly number[]): number[] {
  const order = values.map((_, at) => at).sort((x, y) => values[x] - values[y]);
  const ranks = new Array<number>(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && values[order[to]] === values[order[from]]) to++;
    for (let place = from; place < to; place++) ranks[order[place]] = (from + 1 + to) / 2;
    from = to;
  }
  return ranks;
}

/** Student's with so many degrees of freedom is the normal distribution to five digits. */
const normalTail = (distance: number, variance: number): number =>
  variance === 0 ? 1 : studentTail(distance / Math.sqrt(variance), 1e6);
