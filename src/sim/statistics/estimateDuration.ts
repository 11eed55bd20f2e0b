/**
 * How long something took that happens once a run (a recovery), and may not have ended: the median over runs.
 *
 * Rule: a censored run is longer than any number. The interval runs from the r-th shortest to the r-th longest, with
 * the largest r for which r − 1 or fewer heads in n coin tosses are rarer than the tail: exact for any distribution.
 * With fewer than 6 runs (5 for a one-sided bound) there is none.
 */
import { type Confidence, INTERVAL_95 } from './confidence.ts';
import { type Estimate, NOTHING, type RunRecord, withInterval, withoutInterval } from './estimate.ts';

export interface DurationEstimate extends Estimate {
  /** The longest; +∞ if a run was censored. */
  worst: number;
  /** How many runs were measured, and how many of them ended before it did. */
  runs: number;
  censored: number;
}

/** @param runs `num / den` is the run's duration, unless `censored` */
export function estimateDuration(
  runs: readonly RunRecord[],
  confidence: Confidence = INTERVAL_95,
): DurationEstimate {
  const sorted = durationsOf(runs).sort((a, b) => a - b);
  const n = sorted.length;
  const censored = sorted.filter((duration) => duration === Number.POSITIVE_INFINITY).length;
  if (n === 0) return { ...NOTHING, worst: Number.NaN, runs: 0, censored };
  const median = n % 2 === 1 ? sorted[(n - 1) / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
  const r = rankOfBound(n, confidence.tail);
  const estimate = r === 0 ? withoutInterval(median) : withInterval(median, sorted[r - 1], sorted[n - r]);
  return { ...estimate, worst: sorted[n - 1], runs: n, censored };
}

/** In how many of the measured runs it took no longer than a limit. */
export function durationsWithin(runs: readonly RunRecord[], limit: number): { within: number; of: number } {
  const durations = durationsOf(runs);
  return { within: durations.filter((duration) => duration <= limit).length, of: durations.length };
}

function durationsOf(runs: readonly RunRecord[]): number[] {
  return runs
    .filter(({ den, censored }) => censored || den !== 0)
    .map(({ num, den, censored }) => (censored ? Number.POSITIVE_INFINITY : num / den));
}

/** The largest r with P(fewer than r heads in n tosses) ≤ tail; 0 if there is none. */
function rankOfBound(n: number, tail: number): number {
  let probability = 2 ** -n;
  let below = 0;
  let r = 0;
  while (r < n / 2 && below + probability <= tail) {
    below += probability;
    probability *= (n - r) / (r + 1);
    r++;
  }
  return r;
}
