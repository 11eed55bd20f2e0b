/**
 * A ratio of two sums, over all runs: Σ num / Σ den, so that a run counts by its denominator.
 *
 * Rule: the half-width comes from the residuals num − R · den of the runs, over the mean denominator.
 * Source: the ratio estimator of W. G. Cochran, Sampling Techniques, 3rd edition, section 2.11.
 * For a share of trials that all went one way the residuals vanish: `estimateShare` knows better.
 */
import { type Confidence, INTERVAL_95 } from './confidence.ts';
import type { Estimate, RunRecord } from './estimate.ts';
import { intervalOf, type Spread } from './spread.ts';

export function estimateRatio(runs: readonly RunRecord[], confidence: Confidence = INTERVAL_95): Estimate {
  return intervalOf(ratioOfRuns(runs), confidence);
}

export function ratioOfRuns(runs: readonly RunRecord[]): Spread {
  const present = runs.filter(({ den }) => den !== 0);
  const num = present.reduce((sum, run) => sum + run.num, 0);
  const den = present.reduce((sum, run) => sum + run.den, 0);
  const ratio = num / den;
  const meanDen = den / present.length;
  return {
    value: ratio,
    perRun: runs.map((run) => (run.den === 0 ? Number.NaN : ratio + (run.num - ratio * run.den) / meanDen)),
  };
}
