import type { Distribution } from './distribution.ts';
import { requireNotNegative } from './parameter.ts';

/**
 * Given values, each with its weight (equal ones by default): measurements replayed, or sizes that come in kinds.
 * Weights need not add up to 1. Cost: a binary search over the values.
 */
export function discrete(values: readonly number[], weights?: readonly number[]): Distribution {
  if (values.length === 0) throw new RangeError('a discrete distribution has one value or more');
  if (weights && weights.length !== values.length) {
    throw new RangeError(`${values.length} values have ${weights.length} weights`);
  }
  const pairs = values
    .map((value, i) => ({ value, weight: weights ? weights[i] : 1 }))
    .filter(({ value, weight }) => {
      requireNotNegative('a value', value);
      requireNotNegative('a weight', weight);
      return weight > 0;
    })
    .sort((a, b) => a.value - b.value);
  const total = pairs.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0) throw new RangeError('some weight must be above 0');
  const sorted = Float64Array.from(pairs, ({ value }) => value);
  const upTo = new Float64Array(pairs.length);
  let sum = 0;
  for (let i = 0; i < pairs.length; i++) {
    sum += pairs[i].weight;
    upTo[i] = sum / total;
  }
  const mean = pairs.reduce((so, { value, weight }) => so + value * weight, 0) / total;
  const variance = pairs.reduce((so, { value, weight }) => so + (value - mean) ** 2 * weight, 0) / total;
  return {
    name: `discrete(${pairs.length} values)`,
    mean,
    cv: mean > 0 ? Math.sqrt(variance) / mean : 0,
    quantile: (u) => sorted[firstReaching(upTo, u)],
  };
}

/** The index of the first cumulated share of at least u; the last, if rounding left it below. */
function firstReaching(upTo: Float64Array, u: number): number {
  let low = 0;
  let high = upTo.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (upTo[middle] >= u) high = middle;
    else low = middle + 1;
  }
  return low;
}
