/**
 * The two tails of the gamma distribution with scale 1, as logarithms, so that neither ever vanishes: ln P (the share
 * up to x) and ln Q (the share beyond). All take ln x beside x, since for small shapes x itself underflows.
 *
 * Rule: the power series of P below x = shape + 1, Legendre's continued fraction of Q above it; the other is one minus.
 * Source: Abramowitz and Stegun 6.5.29 and 6.5.31; the fraction evaluated by Lentz's method.
 * Cost: about √shape + 20 terms. Relative error of the smaller tail about 1e-13.
 */
import { HALF_LOG_TWO_PI, logGamma, stirlingRest } from './logGamma.ts';

/** ln P(shape, x). */
export function logGammaBelow(shape: number, x: number, logX = Math.log(x)): number {
  return x < shape + 1 ? logSeries(shape, x, logX) : Math.log(-Math.expm1(logFraction(shape, x, logX)));
}

/** ln Q(shape, x). */
export function logGammaAbove(shape: number, x: number, logX = Math.log(x)): number {
  return x < shape + 1 ? Math.log(-Math.expm1(logSeries(shape, x, logX))) : logFraction(shape, x, logX);
}

/** ln of x × the density at x: how fast P grows with ln x. */
export function logGammaSlope(shape: number, x: number, logX = Math.log(x)): number {
  return logTerm(shape, x, logX) + Math.log(shape);
}

/** ln( xᵃ e⁻ˣ / Γ(a + 1) ), without cancellation where x and a are both large. */
function logTerm(shape: number, x: number, logX: number): number {
  if (shape < 10) return shape * logX - x - logGamma(shape + 1);
  const excess = (x - shape) / shape;
  return (
    shape * (Math.log1p(excess) - excess) - HALF_LOG_TWO_PI - 0.5 * Math.log(shape) - stirlingRest(shape)
  );
}

function logSeries(shape: number, x: number, logX: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 1; term > sum * EPSILON; n++) {
    term *= x / (shape + n);
    sum += term;
  }
  return logTerm(shape, x, logX) + Math.log(sum);
}

function logFraction(shape: number, x: number, logX: number): number {
  let b = x + 1 - shape;
  let c = 1 / TINY;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n < MOST_TERMS; n++) {
    const a = -n * (n - shape);
    b += 2;
    d = a * d + b;
    if (Math.abs(d) < TINY) d = TINY;
    c = b + a / c;
    if (Math.abs(c) < TINY) c = TINY;
    d = 1 / d;
    const factor = c * d;
    fraction *= factor;
    if (Math.abs(factor - 1) < EPSILON) break;
  }
  return logTerm(shape, x, logX) + Math.log(shape * fraction);
}

const EPSILON = 1e-16;
const TINY = 1e-300;
const MOST_TERMS = 10_000_000;
