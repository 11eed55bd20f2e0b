/**
 * The quantile of the gamma distribution with scale 1, to about 1e-12: for tables, and for bounds on counts.
 *
 * Rule: Newton's method for the logarithm of the quantile on the logarithm of the smaller tail. Both tails are
 * log-concave in ln x, so that Newton overshoots at most once and then closes in from one side.
 * Cost: some ten evaluations of a tail; half of them from a near start.
 */
import { logGammaAbove, logGammaBelow, logGammaSlope } from './incompleteGamma.ts';
import { logGamma } from './logGamma.ts';
import { normalQuantile } from './normalQuantile.ts';

/** @param share strictly inside (0, 1) */
export function gammaQuantile(shape: number, share: number): number {
  return Math.exp(
    share < 0.5
      ? logQuantileFromBelow(shape, Math.log(share))
      : logQuantileFromAbove(shape, Math.log1p(-share)),
  );
}

/** ln of the x with P(shape, x) = exp(logShare). */
export function logQuantileFromBelow(
  shape: number,
  logShare: number,
  start = startBelow(shape, logShare),
): number {
  return newton(start, (y, x) => {
    const tail = logGammaBelow(shape, x, y);
    return (logShare - tail) * Math.exp(tail - logGammaSlope(shape, x, y));
  });
}

/** ln of the x with Q(shape, x) = exp(logRest). */
export function logQuantileFromAbove(
  shape: number,
  logRest: number,
  start = startAbove(shape, logRest),
): number {
  return newton(start, (y, x) => {
    const tail = logGammaAbove(shape, x, y);
    return (tail - logRest) * Math.exp(tail - logGammaSlope(shape, x, y));
  });
}

/** From P ≤ xᵃ / Γ(a + 1), which is close where the shape is small and cannot overshoot where it is not. */
function startBelow(shape: number, logShare: number): number {
  const bound = (logShare + logGamma(shape + 1)) / shape;
  return shape < 1 ? bound : Math.max(bound, nearlyNormal(shape, normalQuantile(Math.exp(logShare))));
}

/** From Q ≤ e⁻ˣ / Γ(a) beyond 1, which holds for shapes up to 1. */
function startAbove(shape: number, logRest: number): number {
  if (shape < 1) return Math.log(Math.max(1, -logRest - logGamma(shape)));
  return nearlyNormal(shape, -normalQuantile(Math.exp(logRest)));
}

/** Wilson and Hilferty (1931): the cube root of a gamma variate is nearly normal. −∞ where that would be negative. */
function nearlyNormal(shape: number, z: number): number {
  const cubeRoot = 1 - 1 / (9 * shape) + z / (3 * Math.sqrt(shape));
  return cubeRoot > 0 ? Math.log(shape) + 3 * Math.log(cubeRoot) : Number.NEGATIVE_INFINITY;
}

/** Ends where a step no longer changes the answer, or where rounding keeps the steps from shrinking further. */
function newton(start: number, stepFrom: (y: number, x: number) => number): number {
  let y = start;
  let previous = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 200; i++) {
    const step = stepFrom(y, Math.exp(y));
    const size = Math.abs(step) / Math.max(1, Math.abs(y));
    y += step;
    if (size <= 1e-14 || (size < 1e-9 && size >= previous)) return y;
    previous = size;
  }
  throw new Error(`no gamma quantile found from ${start}`);
}
