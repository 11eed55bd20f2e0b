/**
 * The share of trials that succeeded, over all runs: Σ num / Σ den, never surer than independent trials would be.
 *
 * Rule: Clopper and Pearson's exact bounds for all trials together; or the ratio's interval from the runs' residuals
 * where that is wider, because trials that fail together (an outage) vary more.
 * All or none succeeded in n trials: the other end is 3/n away.
 */
import { binomialBounds } from './binomialBounds.ts';
import { type Confidence, INTERVAL_95 } from './confidence.ts';
import { type Estimate, NOTHING, type RunRecord, withInterval } from './estimate.ts';
import { estimateRatio } from './estimateRatio.ts';

/** @param runs `num` of `den` trials succeeded, from 0 to all */
export function estimateShare(runs: readonly RunRecord[], confidence: Confidence = INTERVAL_95): Estimate {
  const trials = runs.reduce((sum, { den }) => sum + den, 0);
  if (trials === 0) return { ...NOTHING };
  const successes = runs.reduce((sum, { num }) => sum + num, 0);
  const exact = binomialBounds(successes, trials, confidence);
  const { low = 1, high = 0 } = estimateRatio(runs, confidence);
  return withInterval(
    successes / trials,
    Math.max(0, Math.min(exact.low, low)),
    Math.min(1, Math.max(exact.high, high)),
  );
}
