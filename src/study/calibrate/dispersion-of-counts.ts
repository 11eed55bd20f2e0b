/** By how much counts of arrivals vary more, or less, than those of independent callers. */
import { logGammaAbove } from '../../sim/distributions/incompleteGamma.ts';

/** Arrivals as instants in seconds, in order, each with how many came then. */
export interface Arrivals {
  readonly instants: readonly number[];
  readonly weights: readonly number[];
}

export interface Dispersion {
  /** Length of the stretches, seconds. */
  readonly within: number;
  /** Variance over mean of the counts; 1 of a Poisson process. */
  readonly index: number;
  /** Of the index, √(2 / degrees) of it: of independent stretches. */
  readonly standardError: number;
  /** Degrees of freedom. Hours with few callers add few: (Σ m)² / Σ m² over stretches of expected count m. */
  readonly degrees: number;
  readonly stretches: number;
}

/**
 * The index of dispersion of counts within stretches of some length, slow changes taken out: each hour's counts vary
 * around that hour's own mean, and hours are weighed by their arrivals.
 * @param block length of what stands for an hour, seconds; a multiple of the stretches
 * @returns undefined with fewer than 30 degrees of freedom
 */
export function dispersionWithin(arrivals: Arrivals, within: number, block = 3600): Dispersion | undefined {
  const { instants, weights } = arrivals;
  // Whole stretches only, and hours of the clock: a profile changes there.
  const first = Math.ceil(instants[0] / within);
  const all = Math.floor(instants[instants.length - 1] / within) - first;
  if (all < 2) return undefined;
  const inBlock = Math.max(2, Math.round(block / within));
  const counts = new Float64Array(all);
  instants.forEach((instant, i) => {
    const at = Math.floor(instant / within) - first;
    if (at >= 0 && at < all) counts[at] += weights[i];
  });
  let squares = 0;
  let expected = 0;
  let expectedSquares = 0;
  for (let from = 0; from < all; ) {
    const to = Math.min(all, from + inBlock - ((first + from) % inBlock));
    const part = counts.subarray(from, to);
    from = to;
    if (part.length < 2) continue;
    const mean = part.reduce((sum, count) => sum + count, 0) / part.length;
    squares += part.reduce((sum, count) => sum + (count - mean) ** 2, 0);
    expected += mean * (part.length - 1);
    expectedSquares += mean * mean * (part.length - 1);
  }
  const degrees = expected === 0 ? 0 : expected ** 2 / expectedSquares;
  if (degrees < 30) return undefined;
  const index = squares / expected;
  const standardError = Math.max(index, 1 / degrees) * Math.sqrt(2 / degrees);
  return { within, index, standardError, degrees, stretches: all };
}

/** The share of Poisson processes whose counts are dispersed as much or more: chi-square's tail. */
export const poissonTail = ({ index, degrees }: Dispersion): number =>
  index > 0 ? Math.exp(logGammaAbove(degrees / 2, (index * degrees) / 2)) : 1;
