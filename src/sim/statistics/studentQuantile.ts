/**
 * The quantile of Student's t distribution.
 *
 * Rule: ν / (ν + t²) has the beta distribution with parameters ν/2 and ½; its logit is −ln(t² / ν).
 * Source: Abramowitz and Stegun 26.7.1. Relative error about 1e-12.
 *
 * @param share strictly inside (0, 1)
 * @param degrees of freedom (ν), above 0
 */
import { betaLogitQuantile } from './betaQuantile.ts';

export function studentQuantile(share: number, degrees: number): number {
  if (share === 0.5) return 0;
  const bothTails = 2 * Math.min(share, 1 - share);
  const t = Math.sqrt(degrees * Math.exp(-betaLogitQuantile(bothTails, degrees / 2, 0.5)));
  return share < 0.5 ? -t : t;
}
