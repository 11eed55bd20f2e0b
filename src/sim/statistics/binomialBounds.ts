/**
 * Exact bounds on a probability after some trials, of which some succeeded.
 *
 * Rule: the lower bound is the beta quantile of (successes, failures + 1), the upper that of (successes + 1, failures).
 * All or none succeeded: the certain end is 1 or 0, and the other end takes the whole probability (3/n at 95%).
 * Source: C. J. Clopper and E. S. Pearson, Biometrika 26 (1934).
 *
 * @param successes from 0 to `trials`; need not be whole
 */
import { betaQuantile } from './betaQuantile.ts';
import type { Confidence } from './confidence.ts';

export function binomialBounds(
  successes: number,
  trials: number,
  { tail, sides }: Confidence,
): { low: number; high: number } {
  const failures = trials - successes;
  if (successes === 0) return { low: 0, high: -Math.expm1(Math.log(tail * sides) / trials) };
  if (failures === 0) return { low: (tail * sides) ** (1 / trials), high: 1 };
  return {
    low: betaQuantile(tail, successes, failures + 1),
    high: betaQuantile(1 - tail, successes + 1, failures),
  };
}
