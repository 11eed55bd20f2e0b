/**
 * The difference between two estimates, the second less the first, with what a test needs of it.
 *
 * Rule, paired (run i of both met the same draws): the standard error from the runs' own differences around the
 * difference, n − 1 degrees of freedom. Rule, independent: both variances add up; degrees of freedom by Welch and
 * Satterthwaite. Runs without data do not count. Sums of doubles differ in their last digits: what is below 1e-9 of the
 * values is no difference.
 * Source: B. L. Welch, The generalization of Student's problem, Biometrika 34 (1947).
 */
import { type Confidence, INTERVAL_95 } from './confidence.ts';
import { type Estimate, NOTHING, withInterval, withoutInterval } from './estimate.ts';
import type { Spread } from './spread.ts';
import { studentQuantile } from './studentQuantile.ts';
import { studentTail } from './studentTail.ts';

export interface Difference {
  readonly value: number;
  /** NaN where it is not known: one run, or an infinite one. */
  readonly standardError: number;
  readonly degrees: number;
}

export function differenceOf(first: Spread, second: Spread, isPaired: boolean): Difference {
  const value = withoutNoise(second.value - first.value, first.value, second.value);
  return isPaired ? paired(value, first, second) : independent(value, first, second);
}

function paired(value: number, first: Spread, second: Spread): Difference {
  if (first.perRun.length !== second.perRun.length) {
    throw new RangeError(`${first.perRun.length} runs cannot be paired with ${second.perRun.length}`);
  }
  const own = second.perRun.map((run, i) => withoutNoise(run - first.perRun[i], run, first.perRun[i]));
  const { squaredError, runs } = errorOf({ value, perRun: own });
  return { value, standardError: Math.sqrt(squaredError), degrees: runs - 1 };
}

function independent(value: number, first: Spread, second: Spread): Difference {
  const [a, b] = [errorOf(first), errorOf(second)];
  const sum = a.squaredError + b.squaredError;
  const degrees =
    sum === 0
      ? a.runs + b.runs - 2
      : sum ** 2 / (a.squaredError ** 2 / (a.runs - 1) + b.squaredError ** 2 / (b.runs - 1));
  return { value, standardError: Math.sqrt(sum), degrees };
}

function errorOf({ value, perRun }: Spread): { squaredError: number; runs: number } {
  const present = perRun.filter((own) => !Number.isNaN(own));
  const runs = present.length;
  const squares = present.reduce((sum, own) => sum + (own - value) ** 2, 0);
  const isKnown = runs > 1 && Number.isFinite(squares);
  return { squaredError: isKnown ? squares / (runs * (runs - 1)) : Number.NaN, runs };
}

const NOISE = 1e-9;
const withoutNoise = (difference: number, a: number, b: number): number =>
  Number.isFinite(difference) && Math.abs(difference) <= NOISE * Math.max(Math.abs(a), Math.abs(b))
    ? 0
    : difference;

export function intervalOfDifference(
  { value, standardError, degrees }: Difference,
  confidence: Confidence = INTERVAL_95,
): Estimate {
  if (Number.isNaN(value)) return { ...NOTHING };
  if (Number.isNaN(standardError)) return withoutInterval(value);
  const halfWidth = standardError === 0 ? 0 : studentQuantile(1 - confidence.tail, degrees) * standardError;
  return withInterval(value, value - halfWidth, value + halfWidth);
}

/**
 * How likely a difference at least as far up as this one would be if the truth lay at `limit`: small where the truth lies
 * above. 1 where nothing can be said.
 */
export function tailAbove({ value, standardError, degrees }: Difference, limit: number): number {
  if (Number.isNaN(value) || Number.isNaN(standardError)) return 1;
  const distance = value - limit;
  if (standardError === 0) return distance > 0 ? 0 : 1;
  return studentTail(distance / standardError, degrees);
}
