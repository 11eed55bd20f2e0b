/**
 * What grows between dates at which it is known.
 *
 * Rule: linear adds the same in equal times, exponential multiplies by the same; before the first and after the last known
 * date it stays as it is there.
 */
export interface KnownValue {
  /** In any unit of time. */
  readonly at: number;
  /** Above 0. */
  readonly value: number;
}

/** @param known in the order of their times, each later than the one before; at least one */
export function growthAt(
  known: readonly KnownValue[],
  curve: 'linear' | 'exponential',
  time: number,
): number {
  const after = known.findIndex(({ at }) => at >= time);
  if (after < 0) return known[known.length - 1].value;
  if (after === 0) return known[0].value;
  const [from, to] = [known[after - 1], known[after]];
  if (to.at === time) return to.value;
  const share = (time - from.at) / (to.at - from.at);
  return curve === 'linear'
    ? from.value + share * (to.value - from.value)
    : from.value * (to.value / from.value) ** share;
}
