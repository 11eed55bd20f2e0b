import type { Distribution } from './distribution.ts';
import { requireNotNegative } from './parameter.ts';

/** Evenly between two values. */
export function uniform(min: number, max: number): Distribution {
  requireNotNegative('the least value', min);
  requireNotNegative('the largest value', max);
  if (max < min) throw new RangeError(`the largest value, ${max}, is below the least, ${min}`);
  const width = max - min;
  const mean = min + width / 2;
  return {
    name: `uniform(${min} to ${max})`,
    mean,
    cv: mean > 0 ? width / (Math.sqrt(12) * mean) : 0,
    quantile: (u) => min + width * u,
  };
}
