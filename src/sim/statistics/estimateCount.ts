/**
 * How often something happens in a run: the mean over runs, never surer than independent events would be.
 *
 * Rule: Poisson's exact bounds for the total, over the number of runs; or Student's t over the runs where that is
 * wider, because events that come in clusters (one crash loses many writes) vary more than Poisson's.
 * Nothing seen in n runs: up to 3/n a run.
 */
import { type Confidence, INTERVAL_95 } from './confidence.ts';
import { type Estimate, NOTHING, type RunRecord, withInterval } from './estimate.ts';
import { poissonBounds } from './poissonBounds.ts';
import { halfWidthOf } from './spread.ts';

/** @param runs `num` is the run's count; a run with `den` 0 did not look */
export function estimateCount(runs: readonly RunRecord[], confidence: Confidence = INTERVAL_95): Estimate {
  const counts = runs.filter(({ den }) => den !== 0).map(({ num }) => num);
  if (counts.length === 0) return { ...NOTHING };
  const total = counts.reduce((sum, count) => sum + count, 0);
  const mean = total / counts.length;
  const poisson = poissonBounds(total, confidence);
  const distances = counts.map((count) => count - mean);
  const halfWidth = counts.length > 1 ? halfWidthOf(distances, confidence) : 0;
  return withInterval(
    mean,
    Math.max(0, Math.min(poisson.low / counts.length, mean - halfWidth)),
    Math.max(poisson.high / counts.length, mean + halfWidth),
  );
}
