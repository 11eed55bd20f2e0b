/**
 * The quantile of a distribution that is known by its tail P(T > t).
 *
 * Rule: double a bracket, then bisect to the last bits; 0 where the tail at 0 is small enough already.
 * Cost: about 60 evaluations of the tail.
 *
 * @param tail falling from at most 1 towards 0
 * @param probability 0 ≤ p < 1
 * @param scale a time of the right order of magnitude, positive
 */
export function invertTail(tail: (time: number) => number, probability: number, scale: number): number {
  if (!(probability >= 0 && probability <= 1)) {
    throw new RangeError(`probability must lie in 0..1, got ${probability}`);
  }
  if (probability === 1) return Number.POSITIVE_INFINITY;
  const beyond = 1 - probability;
  if (tail(0) <= beyond) return 0;
  let high = scale;
  while (tail(high) > beyond) high *= 2;
  let low = high === scale ? 0 : high / 2;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high || high - low < 1e-15 * high) return high;
    if (tail(middle) > beyond) low = middle;
    else high = middle;
  }
}
