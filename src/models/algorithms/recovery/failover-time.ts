/**
 * How long a store has no primary, and what an asynchronous replica lacks when it becomes one.
 *
 * Rule: looks come every `interval`; the first after a death comes after a uniform part of it, and `failures` in a row
 * decide. So detection takes from (failures − 1) to failures intervals, uniformly, and promotion follows. Writes of a Poisson
 * stream that were committed less than a constant lag before the death are missing: rate × lag of them. From the oldest
 * point of a Poisson process in a stretch L to its end, 0 where it has none: L − (1 − e^{−λL})/λ.
 * Source: elementary; the last by integrating P(oldest > x) = e^{−λx} over the stretch.
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

/** Mean number of writes lost, and mean seconds from the oldest of them to the death (0 where none is). */
export function expectedLoss(rate: number, lag: number): { writes: number; seconds: number } {
  const writes = rate * lag;
  return { writes, seconds: lag - (1 - Math.exp(-writes)) / rate };
}

/** Seconds until a copy that lacks `writes` has caught up, while `rate` new ones come and it applies `applied` a second. */
export const catchUpTime = (writes: number, rate: number, applied: number): number =>
  applied > rate ? writes / (applied - rate) : Number.POSITIVE_INFINITY;
