/**
 * How long a Kafka client waits before it tries again.
 *
 * Rule: initial · 2^min(attempts, e) with e = log₂(max / initial), times a uniform number in [1 − jitter, 1 + jitter),
 * cut to whole milliseconds and to max.
 * Source: Apache Kafka 1eb7644349cb, clients/…/common/utils/ExponentialBackoff.java; retry.backoff.ms 100,
 * retry.backoff.max.ms 1000, the base of 2 and the jitter of 0.2 from CommonClientConfigs.java.
 * Differs: the base is always 2, as clients have it (powers of 3 differ from Java's in the last bit). Cost: O(1).
 */
export interface RetryBackoff {
  /** Milliseconds. Default: 100. */
  readonly initial?: number;
  /** Milliseconds. Default: 1000. */
  readonly most?: number;
  /** Default: 0.2. */
  readonly jitter?: number;
}

/**
 * @param attempts that have failed before the last one: 0 after the first failure
 * @param uniform a draw in [0, 1)
 * @returns milliseconds
 */
export function retryBackoff(
  attempts: number,
  uniform: number,
  { initial = 100, most = 1000, jitter = 0.2 }: RetryBackoff = {},
): number {
  const exponentOfMost = Math.log(most / Math.max(initial, 1)) / Math.log(2);
  const term = initial * 2 ** Math.min(attempts, exponentOfMost);
  return Math.min(most, Math.trunc((1 - jitter + 2 * jitter * uniform) * term));
}
