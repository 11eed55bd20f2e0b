/**
 * Full jitter, how long to wait before another attempt: any time up to a bound that doubles.
 *
 * Rule: uniform in [0, min(cap, base · 2^(attempt − 1))), not rounded; `attempt` counts the retries from 1.
 * Source: M. Brooker, Exponential Backoff And Jitter (AWS Architecture Blog, 2015); the AWS SDKs’ standard mode has
 * base 1 s (0.05 s in newer ones) and cap 20 s. Cost: O(1).
 */
export const fullJitter =
  ({ base, cap }: { readonly base: number; readonly cap: number }) =>
  (attempt: number, uniform: number): number =>
    uniform * Math.min(cap, base * 2 ** (attempt - 1));

/** Whole milliseconds, as resilience4j counts, where the first wait is one. */
const millisecond = 1e6;

/**
 * Exponential: each wait a factor longer than the one before, up to a cap, then spread around that.
 *
 * Rule: x₁ = base, xₙ₊₁ = ⌊xₙ · factor⌋ in whole milliseconds; min(xₙ, cap) · uniform in [1 − jitter, 1 + jitter).
 * Source: resilience4j af9e7c979, IntervalFunction.ofExponentialBackoff and ofExponentialRandomBackoff (factor 1.5, jitter
 * 0.5); gRPC’s retries (proposal A6) are the same with jitter 0.2.
 * Differs: a base that is no whole number of milliseconds is not cut to one. Cost: O(1), the waits are kept. Nanoseconds.
 */
export function exponential(options: {
  readonly base: number;
  readonly factor: number;
  readonly cap: number;
  readonly jitter: number;
}): (attempt: number, uniform: number) => number {
  const { base, factor, cap, jitter } = options;
  const unit = base % millisecond === 0 ? millisecond : 1;
  const waits = [base];
  return (attempt, uniform) => {
    while (waits.length < attempt) waits.push(Math.floor((waits[waits.length - 1] / unit) * factor) * unit);
    const wait = Math.min(cap, waits[attempt - 1]);
    return Math.round(wait * (1 - jitter + 2 * jitter * uniform));
  };
}
