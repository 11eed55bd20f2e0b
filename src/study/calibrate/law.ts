import type { Distribution } from '../../sim/distributions/index.ts';
import type { Cell } from './sample.ts';

/** A distribution with its parameters, as likelihoods see it. Logarithms, so that no tail vanishes. */
export interface Law {
  /** ln of the density at x; −∞ where there is none. */
  logDensity(x: number): number;
  /** ln of the share up to x. */
  logBelow(x: number): number;
  /** ln of the share beyond x. */
  logAbove(x: number): number;
  /** The same as the simulator draws it; made when asked for, since a search asks for none. */
  distribution(): Distribution;
}

/** ln of the probability of a cell; of an exact value, ln of its density. */
export function logChance(law: Law, { low, high }: Cell): number {
  if (low === high) return law.logDensity(low);
  if (high === Number.POSITIVE_INFINITY) return law.logAbove(low);
  // By the smaller of the two tails: in the other one a far cell is a difference of two numbers close to 1.
  const below = law.logBelow(high);
  if (below < -Math.LN2) return logDifference(below, law.logBelow(low));
  return logDifference(law.logAbove(low), law.logAbove(high));
}

/** ln (eᵃ − eᵇ). */
function logDifference(a: number, b: number): number {
  if (b >= a) return Number.NEGATIVE_INFINITY;
  return a + Math.log(-Math.expm1(b - a));
}

/** ln of the likelihood of all cells. */
export function logLikelihood(law: Law, cells: readonly Cell[]): number {
  let sum = 0;
  for (const cell of cells) sum += cell.count * logChance(law, cell);
  return Number.isNaN(sum) ? Number.NEGATIVE_INFINITY : sum;
}
