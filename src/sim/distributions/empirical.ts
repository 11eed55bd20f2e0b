/**
 * A distribution as measured, given by some of its quantiles and interpolated between them.
 *
 * Rule: between two neighbouring points the quantile function is a straight line (values evenly spread), or, with
 * `geometric`, a straight line for the logarithm of the value, which suits tails that are known at few points. Mean and cv are
 * those of the interpolation, exactly.
 * Cost: a binary search over the points.
 */
import type { Distribution } from './distribution.ts';
import { requireNotNegative } from './parameter.ts';

/** A share from 0 to 1, and the value that this share does not exceed. */
export type QuantilePoint = readonly [share: number, value: number];

/** @param points in rising order, the first at share 0 (the least value) and the last at share 1 (the largest) */
export function empirical(
  points: readonly QuantilePoint[],
  between: 'linear' | 'geometric' = 'linear',
): Distribution {
  check(points, between);
  const shares = Float64Array.from(points, ([share]) => share);
  const values = Float64Array.from(points, ([, value]) => value);
  const { mean, square } = moments(points, between);
  return {
    name: `empirical(${points.length} quantiles)`,
    mean,
    cv: mean > 0 ? Math.sqrt(Math.max(0, square / (mean * mean) - 1)) : 0,
    quantile: (u) => {
      const right = firstAbove(shares, u);
      const low = values[right - 1];
      const high = values[right];
      const way = (u - shares[right - 1]) / (shares[right] - shares[right - 1]);
      return between === 'linear' || low === high ? low + (high - low) * way : low * (high / low) ** way;
    },
  };
}

/** The index of the first share above u; of the last, if none is. */
function firstAbove(shares: Float64Array, u: number): number {
  let low = 1;
  let high = shares.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (shares[middle] > u) high = middle;
    else low = middle + 1;
  }
  return low;
}

function check(points: readonly QuantilePoint[], between: string): void {
  if (points.length < 2) throw new RangeError('an empirical distribution has two quantiles or more');
  if (points[0][0] !== 0) throw new RangeError('the first quantile must be the least value, at share 0');
  if (points[points.length - 1][0] !== 1)
    throw new RangeError('the last quantile must be the largest, at share 1');
  points.forEach(([share, value], i) => {
    requireNotNegative('a quantile', value);
    if (between === 'geometric' && value === 0)
      throw new RangeError('geometric interpolation cannot start from 0');
    if (i === 0) return;
    if (!(share > points[i - 1][0]))
      throw new RangeError(`shares must rise, not ${points[i - 1][0]}, ${share}`);
    if (value < points[i - 1][1])
      throw new RangeError(`quantiles must not fall, as from ${points[i - 1][1]} to ${value}`);
  });
}

function moments(points: readonly QuantilePoint[], between: string): { mean: number; square: number } {
  let mean = 0;
  let square = 0;
  for (let i = 1; i < points.length; i++) {
    const weight = points[i][0] - points[i - 1][0];
    const a = points[i - 1][1];
    const b = points[i][1];
    if (between === 'linear' || a === b) {
      mean += (weight * (a + b)) / 2;
      square += (weight * (a * a + a * b + b * b)) / 3;
    } else {
      const logRatio = Math.log(b / a);
      mean += (weight * (b - a)) / logRatio;
      square += (weight * (b * b - a * a)) / (2 * logRatio);
    }
  }
  return { mean, square };
}
