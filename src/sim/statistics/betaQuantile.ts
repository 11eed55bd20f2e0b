/**
 * The quantile of the beta distribution: for bounds on shares, and for Student's t.
 *
 * Rule: Newton's method for the logit of the quantile on the logarithm of the smaller tail, which is concave in the
 * logit, so that Newton overshoots at most once.
 * Cost: some eight evaluations of a tail. Relative error about 1e-12; 1e-7 where a and b differ by a factor of 1e9.
 */
import { normalQuantile } from '../distributions/normalQuantile.ts';
import { logBetaBelow, logBetaSlope } from './incompleteBeta.ts';

/** The logit ln(x / (1 − x)) of the x below which a share lies. @param share strictly inside (0, 1) */
export function betaLogitQuantile(share: number, a: number, b: number): number {
  return share <= 0.5 ? fromBelow(share, a, b) : -fromBelow(1 - share, b, a);
}

/** @param share strictly inside (0, 1) */
export function betaQuantile(share: number, a: number, b: number): number {
  return 1 / (1 + Math.exp(-betaLogitQuantile(share, a, b)));
}

function fromBelow(share: number, a: number, b: number): number {
  const logShare = Math.log(share);
  let y = Math.log(a / b) + normalQuantile(share) * Math.sqrt(1 / a + 1 / b);
  let previous = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 200; i++) {
    const tail = logBetaBelow(y, a, b);
    const step = (logShare - tail) * Math.exp(tail - logBetaSlope(y, a, b));
    y += Math.max(-LONGEST_STEP, Math.min(LONGEST_STEP, step));
    const size = Math.abs(step) / Math.max(1, Math.abs(y));
    if (size <= 1e-14 || (size < 1e-9 && size >= previous)) return y;
    previous = size;
  }
  throw new Error(`no beta quantile found for ${share}, ${a}, ${b}`);
}

const LONGEST_STEP = 50;
