/**
 * A percentile of the merged runs, with an interval from how far the runs' own percentiles lie from it.
 *
 * Rule: Q of all values together; half-width t · √( Σ (Qᵢ − Q)² / (n (n − 1)) ). (A mean of the runs' percentiles is
 * biased: over five short runs its interval for a p99 held the truth 46% of the time.)
 * `thin` where a run has fewer than 500 values beyond the percentile, on average: Q itself is then still biased.
 */
import { type Confidence, INTERVAL_95 } from './confidence.ts';
import type { Estimate, RunRecord } from './estimate.ts';
import type { Histogram } from './histogram.ts';
import { mergedHistogram } from './mergedHistogram.ts';
import { intervalOf, type Spread } from './spread.ts';

/**
 * @param q from 0 to 1
 * @param merged of these runs, where the caller has it already
 */
export function estimateQuantile(
  runs: readonly RunRecord[],
  q: number,
  confidence: Confidence = INTERVAL_95,
  merged: Histogram = mergedHistogram(runs),
): Estimate {
  const spread = quantileOfRuns(runs, q, merged);
  const estimate = intervalOf(spread, confidence);
  const present = spread.perRun.filter((own) => !Number.isNaN(own)).length;
  const inTail = (merged.count / present) * Math.min(q, 1 - q);
  if (estimate.low !== undefined) estimate.low = Math.max(0, estimate.low);
  return estimate.data === 'ok' && inTail < LEAST_IN_TAIL ? { ...estimate, data: 'thin' } : estimate;
}

export function quantileOfRuns(
  runs: readonly RunRecord[],
  q: number,
  merged: Histogram = mergedHistogram(runs),
): Spread {
  return { value: merged.quantile(q), perRun: runs.map(({ hist }) => hist?.quantile(q) ?? Number.NaN) };
}

const LEAST_IN_TAIL = 500;
