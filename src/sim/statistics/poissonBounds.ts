/**
 * Exact bounds on the mean of a Poisson distribution of which one count was seen.
 *
 * Rule: the lower bound is the gamma quantile of shape `count`, the upper that of shape `count` + 1. Nothing seen: from 0 to
 * 3.0 at 95%, the rule of three.
 * Source: F. Garwood, "Fiducial limits for the Poisson distribution", Biometrika 28 (1936).
 *
 * @param count at least 0; need not be whole
 */
import { gammaQuantile } from '../distributions/gammaQuantile.ts';
import type { Confidence } from './confidence.ts';

export function poissonBounds(count: number, { tail, sides }: Confidence): { low: number; high: number } {
  if (count === 0) return { low: 0, high: -Math.log(tail * sides) };
  return { low: gammaQuantile(count, tail), high: gammaQuantile(count + 1, 1 - tail) };
}
