/**
 * The one interval behind means, ratios and percentiles: a value made from all runs, and what each run alone says.
 *
 * Rule: half-width t · √( Σ (valueᵢ − value)² / (n (n − 1)) ), t being Student's with n − 1 degrees of freedom.
 * For a mean that is the usual interval. For a ratio the runs' values are linearized (the residual over the mean
 * denominator), for a percentile they are the runs' own percentiles around the merged one: a biased value costs width.
 */
import type { Confidence } from './confidence.ts';
import { type Estimate, NOTHING, withInterval, withoutInterval } from './estimate.ts';
import { studentQuantile } from './studentQuantile.ts';

export interface Spread {
  value: number;
  /** One a run, in run order; NaN for a run without data. */
  perRun: number[];
}

export function intervalOf({ value, perRun }: Spread, confidence: Confidence): Estimate {
  const present = perRun.filter((own) => !Number.isNaN(own));
  if (present.length === 0 || Number.isNaN(value)) return { ...NOTHING };
  if (present.length === 1) return withoutInterval(value);
  if (present.includes(Number.POSITIVE_INFINITY)) return reachingInfinity(value, present, confidence);
  const halfWidth = halfWidthOf(
    present.map((own) => own - value),
    confidence,
  );
  return withInterval(value, value - halfWidth, value + halfWidth);
}

/** @param distances of each run from the value, two or more */
export function halfWidthOf(distances: readonly number[], confidence: Confidence): number {
  const n = distances.length;
  const squares = distances.reduce((sum, distance) => sum + distance * distance, 0);
  return squares === 0 ? 0 : studentQuantile(1 - confidence.tail, n - 1) * Math.sqrt(squares / (n * (n - 1)));
}

/**
 * Some runs are infinite: no variance, but the least of n runs lies below the middle of where runs fall with
 * probability 1 − 2⁻ⁿ. With too few runs for that only 0 is certain. If every run is infinite, so is the answer.
 */
function reachingInfinity(value: number, perRun: readonly number[], { tail }: Confidence): Estimate {
  const least = Math.min(...perRun);
  const isCertain = least === Number.POSITIVE_INFINITY || 2 ** -perRun.length <= tail;
  return withInterval(value, isCertain ? Math.min(least, value) : 0, Number.POSITIVE_INFINITY, 'unbounded');
}
