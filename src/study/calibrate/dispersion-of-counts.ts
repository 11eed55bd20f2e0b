/** By how much counts of arrivals vary more, or less, than those of independent callers. */

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
  /** Of the index, √(2 / degrees of freedom) of it: of independent stretches. */
  readonly standardError: number;
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
  let degrees = 0;
  for (let from = 0; from < all; ) {
    const to = Math.min(all, from + inBlock - ((first + from) % inBlock));
    const part = counts.subarray(from, to);
    from = to;
    if (part.length < 2) continue;
    const mean = part.reduce((sum, count) => sum + count, 0) / part.length;
    squares += part.reduce((sum, count) => sum + (count - mean) ** 2, 0);
    expected += mean * (part.length - 1);
    degrees += part.length - 1;
  }
  if (degrees < 30 || expected === 0) return undefined;
  const index = squares / expected;
  return {
    within,
    index,
    standardError: Math.max(index, 1 / degrees) * Math.sqrt(2 / degrees),
    stretches: all,
  };
}
