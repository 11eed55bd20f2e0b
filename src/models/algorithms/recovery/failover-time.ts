/**
 * How long a store has no primary, and what an asynchronous replica lacks when it becomes one.
 *
 * Rule: looks come every `interval`; the first after a death comes after a uniform part of it, and `failures` in a row
 * decide. So detection takes from (failures − 1) to failures intervals, uniformly, and promotion follows. Writes of a Poisson
 * stream that were committed less than a constant lag before the death are missing: rate × lag of them. From the oldest
 * to the newest of N ≥ 1 points of a Poisson process in a stretch L: E[newest] − E[oldest] = L − 2(1 − e^{−λL})/λ + L·e^{−λL}.
 * Source: elementary; the last by integrating P(newest > x) = 1 − e^{−λ(L−x)} and P(oldest > x, N ≥ 1) = e^{−λx} − e^{−λL}.
 * Cost: constant.
 */
export interface FailoverRule {
  /** Seconds between looks. */
  readonly interval: number;
  readonly failures: number;
  /** Seconds from the decision until callers know the new primary. */
  readonly promote: number;
}

/** Seconds from the death of a primary until there is another: the shortest and longest, uniform between. */
export const failoverTime = ({ interval, failures, promote }: FailoverRule) => ({
  shortest: (failures - 1) * interval + promote,
  mean: (failures - 0.5) * interval + promote,
  longest: failures * interval + promote,
});

/** Mean number of writes lost, and mean seconds from the oldest to the newest of them (0 where none is). */
export function expectedLoss(rate: number, lag: number): { writes: number; seconds: number } {
  const writes = rate * lag;
  const none = Math.exp(-writes);
  return { writes, seconds: lag - (2 * (1 - none)) / rate + lag * none };
}

/** Seconds until a copy that lacks `writes` has caught up, while `rate` new ones come and it applies `applied` a second. */
export const catchUpTime = (writes: number, rate: number, applied: number): number =>
  applied > rate ? writes / (applied - rate) : Number.POSITIVE_INFINITY;
