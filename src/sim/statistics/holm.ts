/**
 * Which of several tests reject, when a wrong rejection in any of them is to be rarer than α.
 *
 * Rule: from the smallest p on, the k-th of m rejects while p ≤ α / (m − k + 1); the first that does not ends it. Holds
 * whatever the tests have to do with each other.
 * Source: S. Holm, A simple sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 6 (1979).
 *
 * @returns for each test, in the order given, whether it rejects
 */
export function holm(tails: readonly number[], alpha: number): boolean[] {
  const order = tails.map((_, at) => at).sort((a, b) => tails[a] - tails[b] || a - b);
  const rejects = tails.map(() => false);
  for (const [rank, at] of order.entries()) {
    if (!(tails[at] <= alpha / (tails.length - rank))) break;
    rejects[at] = true;
  }
  return rejects;
}
