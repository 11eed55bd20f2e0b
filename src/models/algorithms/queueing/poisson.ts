/**
 * Sums over a Poisson count.
 *
 * Rule: Σ P(N = n) f(n), over the counts within 12 standard deviations and 40 of the mean (all but 1e−30 of
 * the chance); weights from one count to the next by mean/n, divided by their sum: no factorial, no loss of
 * digits at large means.
 * Cost: about 24 √mean + 80 terms, each one call.
 */

/** E f(min(N, cap)) for N Poisson. `f` must grow no faster than a power. */
export function poissonExpectation(
  mean: number,
  f: (count: number) => number,
  cap: number = Number.POSITIVE_INFINITY,
): number {
  if (!(mean >= 0)) throw new RangeError(`mean must be 0 or more, got ${mean}`);
  if (mean === 0) return f(0);
  if (mean === Number.POSITIVE_INFINITY) return f(cap);
  const reach = 12 * Math.sqrt(mean) + 40;
  const first = Math.max(0, Math.floor(mean - reach));
  if (first >= cap) return f(cap);
  let weight = 1;
  let total = 0;
  let sum = 0;
  for (let count = first; count <= mean + reach; count++) {
    total += weight;
    sum += weight * f(Math.min(count, cap));
    weight *= mean / (count + 1);
  }
  return sum / total;
}
