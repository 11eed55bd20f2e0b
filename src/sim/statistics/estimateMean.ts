/**
 * The mean over runs of each run's own value, with Student's t interval.
 *
 * Runs are independent, what happens inside one is not: so each run is one observation, however long. A run without
 * data does not count; a run that saw +∞ makes the mean unbounded.
 */
import { type Confidence, INTERVAL_95 } from './confidence.ts';
import type { Estimate, RunRecord } from './estimate.ts';
import { intervalOf, type Spread } from './spread.ts';

export function estimateMean(runs: readonly RunRecord[], confidence: Confidence = INTERVAL_95): Estimate {
  return intervalOf(meanOfRuns(runs), confidence);
}

export function meanOfRuns(runs: readonly RunRecord[]): Spread {
  const perRun = runs.map(valueOfRun);
  const present = perRun.filter((own) => !Number.isNaN(own));
  return { value: present.reduce((sum, own) => sum + own, 0) / present.length, perRun };
}

/** NaN for a run without data. */
export function valueOfRun({ num, den, hist }: RunRecord): number {
  if (hist && hist.infinite > 0) return Number.POSITIVE_INFINITY;
  return den === 0 ? Number.NaN : num / den;
}
