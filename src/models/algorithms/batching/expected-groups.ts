/**
 * How many different values some draws have, on the mean: how many groups the records of a poll make.
 *
 * Rule: a value of share p is among n independent draws with chance 1 − (1 − p)ⁿ, so Σ 1 − (1 − p)ⁿ over all values.
 * Source: the occupancy problem with unequal shares; linearity of expectation. Exact for independent draws.
 * Cost: one power a value.
 *
 * @param shares of all values, adding up to 1
 * @param draws how many, from 0
 */
export function expectedGroups(shares: Iterable<number>, draws: number): number {
  let groups = 0;
  // −expm1(n log1p(−p)): no digits are lost at shares of a millionth.
  for (const share of shares) groups -= Math.expm1(draws * Math.log1p(-share));
  return groups;
}

/** Shares of all pairs of two independent values. */
export function* productOf(first: readonly number[], second: readonly number[]): Generator<number> {
  for (const one of first) for (const other of second) yield one * other;
}
