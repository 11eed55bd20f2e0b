/**
 * How sure a bound must be: the probability left beyond each bound, and on how many sides there is one.
 *
 * Where one end is certain (nothing was observed, so the count is at least 0) the other takes the probability of both:
 * that gives "3/n" both in a two-sided 95% interval and in a one-sided 95% bound.
 */
export interface Confidence {
  /** Probability beyond each bound. */
  readonly tail: number;
  readonly sides: 1 | 2;
}

/** Both ends together miss the truth 5% of the time: what reports print. */
export const INTERVAL_95: Confidence = { tail: 0.025, sides: 2 };

/**
 * Either end alone misses the truth with probability `alpha`: what decisions use.
 *
 * @param alpha 0.05, divided by the number of looks where runs are added until a decision falls
 */
export function oneSided(alpha = 0.05): Confidence {
  return { tail: alpha, sides: 1 };
}
