/**
 * How long until k of n answers are in: the wait of a quorum, of all replicas (k = n), of the fastest (k =
 * 1).
 *
 * Rule: answer i takes a constant plus an exponential time, independent of the others; the k-th has come by t
 * unless fewer than k have, and the mean is the integral of that chance. Alike and without constants the mean
 * is Σ_{i<k} m/(n − i).
 * Source: Rényi, "On the theory of order statistics", Acta Math. Hung. 4 (1953), for the sum; the
 * Poisson-binomial count by the usual recursion. Exact; the mean of unlike answers by quadrature to 1e−10 or
 * so.
 * Cost: n · k a probability; some hundreds of them for a mean.
 */
import { invertTail } from './invert-tail.ts';

/**
 * One answer's time, in seconds: `constant` plus an exponential of this mean (default 0: always the
 * constant).
 */
export interface AnswerTime {
  constant?: number;
  exponentialMean?: number;
}

export interface OrderStatistic {
  /** Seconds. */
  mean: number;
  /** Chance that the k-th answer takes longer than `time` seconds. */
  tail(time: number): number;
  quantile(probability: number): number;
}

/** @param rank k, from 1 for the fastest to the number of answers for the slowest */
export function orderStatistic(answers: readonly AnswerTime[], rank: number): OrderStatistic {
  if (!(Number.isInteger(rank) && rank >= 1 && rank <= answers.length)) {
    throw new RangeError(`rank must lie in 1..${answers.length}, got ${rank}`);
  }
  const tail = (time: number): number => fewerThan(rank, answers, time);
  const slowest = Math.max(
    ...answers.map(({ constant = 0, exponentialMean = 0 }) => constant + exponentialMean),
  );
  return {
    mean: meanOf(answers, rank, tail),
    tail,
    quantile: (probability) => (slowest === 0 ? 0 : invertTail(tail, probability, slowest)),
  };
}

/** Mean of the k-th of n like exponentials: Rényi's sum. */
export function exponentialOrderMean(count: number, rank: number, mean: number): number {
  let sum = 0;
  for (let before = 0; before < rank; before++) sum += mean / (count - before);
  return sum;
}

function arrivedBy({ constant = 0, exponentialMean = 0 }: AnswerTime, time: number): number {
  if (time < constant) return 0;
  return exponentialMean === 0 ? 1 : -Math.expm1((constant - time) / exponentialMean);
}

/** Chance that fewer than `rank` have arrived by `time`: one pass an answer over the counts below `rank`. */
function fewerThan(rank: number, answers: readonly AnswerTime[], time: number): number {
  const byCount = new Float64Array(rank);
  byCount[0] = 1;
  for (const answer of answers) {
    const arrived = arrivedBy(answer, time);
    for (let count = rank - 1; count > 0; count--) {
      byCount[count] += arrived * (byCount[count - 1] - byCount[count]);
    }
    byCount[0] *= 1 - arrived;
  }
  return byCount.reduce((sum, probability) => sum + probability, 0);
}

function meanOf(answers: readonly AnswerTime[], rank: number, tail: (time: number) => number): number {
  const means = answers.map(({ exponentialMean = 0 }) => exponentialMean);
  const constants = answers.map(({ constant = 0 }) => constant).sort((a, b) => a - b);
  const alike = means.every((mean) => mean === means[0]) && constants[0] === constants.at(-1);
  if (alike) return constants[0] + exponentialOrderMean(answers.length, rank, means[0]);
  // The tail has a kink at each constant and is smooth between; past the last it falls at least like its
  // slowest answer.
  const end = constants.at(-1)! + 40 * Math.max(...means);
  const knots = [...new Set([0, ...constants, end])];
  const tolerance = 1e-11 * end;
  return knots
    .slice(1)
    .reduce((sum, knot, index) => sum + integral(tail, knots[index], knot, tolerance / knots.length), 0);
}

/** Nodes and weights of Gauss–Legendre quadrature with five points on −1..1. */
const gauss = [
  [0, 128 / 225],
  [Math.sqrt(5 - 2 * Math.sqrt(10 / 7)) / 3, (322 + 13 * Math.sqrt(70)) / 900],
  [-Math.sqrt(5 - 2 * Math.sqrt(10 / 7)) / 3, (322 + 13 * Math.sqrt(70)) / 900],
  [Math.sqrt(5 + 2 * Math.sqrt(10 / 7)) / 3, (322 - 13 * Math.sqrt(70)) / 900],
  [-Math.sqrt(5 + 2 * Math.sqrt(10 / 7)) / 3, (322 - 13 * Math.sqrt(70)) / 900],
];

/** Of a function smooth inside the interval, in ever more panels until two rounds agree. */
function integral(f: (x: number) => number, from: number, to: number, tolerance: number): number {
  let previous = Number.NaN;
  for (let panels = 4; ; panels *= 2) {
    const half = (to - from) / panels / 2;
    let sum = 0;
    for (let panel = 0; panel < panels; panel++) {
      const middle = from + (2 * panel + 1) * half;
      for (const [node, weight] of gauss) sum += weight * half * f(middle + node * half);
    }
    if (Math.abs(sum - previous) <= tolerance || panels > 1e6) return sum;
    previous = sum;
  }
}
