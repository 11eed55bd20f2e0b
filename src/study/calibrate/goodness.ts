/** How far a fitted law is from the observations. */
import { logGammaAbove } from '../../sim/distributions/incompleteGamma.ts';
import { type Law, logChance } from './law.ts';
import type { Cell, Sample } from './sample.ts';

/**
 * The Kolmogorov–Smirnov distance: the largest gap between the share of observations up to a value and the law's. Of
 * counts it is seen at the bounds only, so that the true one may be larger.
 */
export function kolmogorovDistance(law: Law, { cells, count }: Sample): number {
  let seen = 0;
  let largest = 0;
  for (const { low, high, count: here } of cells) {
    const before = Math.exp(law.logBelow(low));
    largest = Math.max(largest, Math.abs(before - seen / count));
    seen += here;
    if (high < Number.POSITIVE_INFINITY)
      largest = Math.max(largest, Math.abs(Math.exp(law.logBelow(high)) - seen / count));
  }
  return largest;
}

/**
 * Anderson and Darling's A² of exact values: n times the integral of (Fₙ − F)² / (F (1 − F)) dF, which weighs the tails.
 *
 * Rule: between two values Fₙ is a constant c, and the integral is c² ln F − (1 − c)² ln(1 − F) − F. So ties count as
 * they should. Source: T. W. Anderson and D. A. Darling, "A test of goodness of fit", JASA 49 (1954).
 */
export function andersonDarling(law: Law, { cells, count }: Sample): number {
  let sum = 0;
  let seen = 0;
  let previous: { below: number; above: number } | undefined;
  for (const { low, count: here } of cells) {
    const now = { below: law.logBelow(low), above: law.logAbove(low) };
    const c = seen / count;
    // Before the first value c is 0, and so is what its first term stands for.
    sum += integral(c, now) - (previous === undefined ? 0 : integral(c, previous));
    seen += here;
    previous = now;
  }
  if (previous !== undefined) sum += -1 - integral(1, previous);
  return count * sum;
}

function integral(c: number, { below, above }: { below: number; above: number }): number {
  const first = c === 0 ? 0 : c * c * below;
  const second = c === 1 ? 0 : (1 - c) ** 2 * above;
  return first - second - Math.exp(below);
}

/**
 * The largest A² that luck alone gives in 95 of 100 samples of that family, its parameters fitted.
 *
 * Source: R. B. D'Agostino and M. A. Stephens, "Goodness-of-fit techniques" (1986), chapter 4: tables 4.7 (normal, of the
 * logarithms), 4.11 (exponential; Pareto's logarithms over its scale are exponential), 4.17 (extreme value, of a Weibull's
 * logarithms), 4.21 (gamma, between shapes 1 and ∞), 4.2 (uniform: nothing is left to fit between its ends), without their corrections for small samples, which are below 1% from
 * 100 observations on. Undefined where there is no such figure.
 */
export const criticalAndersonDarling: Readonly<Record<string, number>> = {
  exponential: 1.321,
  erlang: 0.786,
  gamma: 0.786,
  lognormal: 0.752,
  weibull: 0.757,
  pareto: 1.321,
  uniform: 2.492,
};

export interface ChiSquare {
  readonly value: number;
  readonly degrees: number;
  /** Share of samples of the law itself that are as far from it or further. */
  readonly tail: number;
}

/**
 * Pearson's chi-square of counts between bounds: neighbouring cells are joined until the law expects 5 in each.
 * Undefined where fewer cells are left than parameters were fitted.
 */
export function chiSquare(law: Law, { cells, count }: Sample, parameters: number): ChiSquare | undefined {
  const joined = joinedCells(law, withGaps(cells), count);
  const degrees = joined.length - 1 - parameters;
  if (degrees < 1) return undefined;
  const value = joined.reduce(
    (sum, { observed, expected }) => sum + (observed - expected) ** 2 / expected,
    0,
  );
  return { value, degrees, tail: Math.exp(value > 0 ? logGammaAbove(degrees / 2, value / 2) : 0) };
}

/** Cells without observations are evidence, too: between the others, below and above all. */
function withGaps(cells: readonly Cell[]): Cell[] {
  const all: Cell[] = [];
  let end = 0;
  for (const cell of cells) {
    if (cell.low > end) all.push({ low: end, high: cell.low, count: 0 });
    all.push(cell);
    end = cell.high;
  }
  if (end < Number.POSITIVE_INFINITY) all.push({ low: end, high: Number.POSITIVE_INFINITY, count: 0 });
  return all;
}

interface Joined {
  observed: number;
  expected: number;
}

function joinedCells(law: Law, cells: readonly Cell[], count: number): Joined[] {
  const joined: Joined[] = [];
  let open: Joined = { observed: 0, expected: 0 };
  for (const cell of cells) {
    open.observed += cell.count;
    open.expected += count * Math.exp(logChance(law, cell));
    if (open.expected < leastExpected) continue;
    joined.push(open);
    open = { observed: 0, expected: 0 };
  }
  const last = joined.at(-1);
  if (last !== undefined) {
    last.observed += open.observed;
    last.expected += open.expected;
  }
  return joined;
}

const leastExpected = 5;
