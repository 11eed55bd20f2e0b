/**
 * The largest value of any run. What was seen is certain, so the interval starts there; it ends where another run's
 * maximum would stay below.
 *
 * Rule: low = the worst seen; high = mean + t · s · √(1 + 1/n) of the runs' maxima (the prediction bound of one more
 * normal observation), or the worst seen if that is larger. So a limit fails as soon as one run broke it, and passes
 * when another run is expected to keep it.
 */
import { type Confidence, INTERVAL_95 } from './confidence.ts';
import { type Estimate, NOTHING, type RunRecord, withInterval, withoutInterval } from './estimate.ts';
import { studentQuantile } from './studentQuantile.ts';

/** @param runs `max`, or else `num / den`, is the run's largest value */
export function estimateMax(runs: readonly RunRecord[], confidence: Confidence = INTERVAL_95): Estimate {
  const maxima = runs.filter(({ den, n }) => den !== 0 || n > 0).map(({ max, num, den }) => max ?? num / den);
  const n = maxima.length;
  if (n === 0) return { ...NOTHING };
  const worst = Math.max(...maxima);
  if (n === 1) return withoutInterval(worst);
  if (worst === Number.POSITIVE_INFINITY) return withInterval(worst, worst, worst);
  const mean = maxima.reduce((sum, max) => sum + max, 0) / n;
  const variance = maxima.reduce((sum, max) => sum + (max - mean) ** 2, 0) / (n - 1);
  const t = variance === 0 ? 0 : studentQuantile(1 - confidence.tail, n - 1);
  return withInterval(worst, worst, Math.max(worst, mean + t * Math.sqrt(variance * (1 + 1 / n))));
}
