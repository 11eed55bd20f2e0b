/**
 * The points of a latency curve: value against share, spaced evenly in log 1/(1 − share), so that 90%, 99% and 99.9%
 * lie equally far apart. The curve ends where a single observation is left beyond the point, or where the rest is
 * infinite; the last point is then the largest finite value.
 *
 * Cost: one pass over the buckets a point.
 */
import type { Histogram } from './histogram.ts';

export interface CurvePoint {
  /** From 0 up to 1: how many of all values do not exceed `value`. */
  share: number;
  value: number;
}

/** @param pointsPerDecade how many points from 90% to 99%, and from each further nine to the next */
export function latencyCurve(histogram: Histogram, pointsPerDecade = 20): CurvePoint[] {
  if (histogram.count === histogram.infinite) return [];
  const last = (histogram.count - histogram.infinite) / histogram.count;
  const points: CurvePoint[] = [];
  for (let i = 0; ; i++) {
    const share = 1 - 10 ** (-i / pointsPerDecade);
    if ((1 - share) * histogram.count < 1 || share >= last) break;
    points.push({ share, value: histogram.quantile(share) });
  }
  points.push({ share: last, value: histogram.max });
  return points;
}
