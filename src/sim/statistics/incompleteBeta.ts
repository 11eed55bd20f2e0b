/**
 * The two tails of the beta distribution, as logarithms: ln I (the share up to x) and ln of the share beyond.
 * x is given by its logit y = ln(x / (1 − x)), so that neither x nor 1 − x loses digits near the ends.
 *
 * Rule: the continued fraction of the tail on the near side of the mean, evaluated by Lentz's method; the other is one minus.
 * Source: Abramowitz and Stegun 26.5.8.
 * Cost: about √max(a, b) terms. Relative error of the smaller tail about 1e-12 for a and b up to 1e6.
 */
import { HALF_LOG_TWO_PI, logGamma, stirlingRest } from '../distributions/logGamma.ts';

/** ln I_x(a, b): the share of a beta distribution that lies below x. */
export function logBetaBelow(y: number, a: number, b: number): number {
  return isBelowMiddle(y, a, b) ? logTail(y, a, b) : Math.log(-Math.expm1(logTail(-y, b, a)));
}

/** ln(1 − I_x(a, b)). */
export function logBetaAbove(y: number, a: number, b: number): number {
  return logBetaBelow(-y, b, a);
}

/** ln of x (1 − x) × the density at x: how fast I grows with the logit. */
export function logBetaSlope(y: number, a: number, b: number): number {
  // x / (a / (a + b)) and its counterpart are near 1 where it matters, so that large a and b do not cancel.
  const belowMean = Math.log1p(b / a) - Math.log1p(Math.exp(-y));
  const aboveMean = Math.log1p(a / b) - Math.log1p(Math.exp(y));
  const rests = rest(a + b) - rest(a) - rest(b);
  return a * belowMean + b * aboveMean + rests - HALF_LOG_TWO_PI - 0.5 * Math.log(1 / a + 1 / b);
}

const isBelowMiddle = (y: number, a: number, b: number): boolean => y < Math.log((a + 1) / (b + 1));

function logTail(y: number, a: number, b: number): number {
  const x = 1 / (1 + Math.exp(-y));
  let c = 1;
  let d = nonzero(1 - ((a + b) * x) / (a + 1));
  d = 1 / d;
  let fraction = d;
  for (let m = 1; m < MOST_TERMS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / nonzero(1 + even * d);
    c = nonzero(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / nonzero(1 + odd * d);
    c = nonzero(1 + odd / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return logBetaSlope(y, a, b) + Math.log(fraction / a);
}

/** ln Γ(x) less Stirling's formula, for any x. */
function rest(x: number): number {
  return x >= 10 ? stirlingRest(x) : logGamma(x) - ((x - 0.5) * Math.log(x) - x + HALF_LOG_TWO_PI);
}

const nonzero = (value: number): number => (Math.abs(value) < 1e-300 ? 1e-300 : value);

const MOST_TERMS = 10_000_000;
