/**
 * The probability that Student's t lies above a value.
 *
 * Rule: half the beta distribution's share (parameters ν/2 and ½) below ν / (ν + t²), whose logit is ln(ν / t²).
 * Source: Abramowitz and Stegun 26.7.1. Relative error about 1e-12.
 *
 * @param t any number, or ±∞
 * @param degrees of freedom (ν), above 0
 */
import { logBetaBelow } from './incompleteBeta.ts';

export function studentTail(t: number, degrees: number): number {
  if (t === 0) return 0.5;
  if (!Number.isFinite(t)) return t > 0 ? 0 : 1;
  const above = 0.5 * Math.exp(logBetaBelow(Math.log(degrees / (t * t)), degrees / 2, 0.5));
  return t > 0 ? above : 1 - above;
}
