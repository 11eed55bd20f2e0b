/**
 * How likely it is that so many of the hits, or more, fall into the second of two groups by chance alone.
 *
 * Rule: with the number of hits in both groups given, the second group's are hypergeometric; their upper tail.
 * Source: R. A. Fisher's exact test (Statistical Methods for Research Workers, section 21.02), one-sided.
 * Cost: one term a hit.
 *
 * @param first hits of the first group, @param firstOf its size; the same for the second
 */
export function fisherTail(first: number, firstOf: number, second: number, secondOf: number): number {
  const hits = first + second;
  const most = Math.min(hits, secondOf);
  let tail = 0;
  for (let k = second; k <= most; k++) tail += chance(k, hits, firstOf, secondOf);
  return Math.min(1, tail);
}

/** P(exactly k of the hits lie in the second group). */
function chance(k: number, hits: number, firstOf: number, secondOf: number): number {
  return Math.exp(
    logChoose(secondOf, k) + logChoose(firstOf, hits - k) - logChoose(firstOf + secondOf, hits),
  );
}

function logChoose(n: number, k: number): number {
  if (k < 0 || k > n) return Number.NEGATIVE_INFINITY;
  let sum = 0;
  for (let i = 1; i <= k; i++) sum += Math.log((n - k + i) / i);
  return sum;
}
