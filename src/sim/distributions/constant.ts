import type { Distribution } from './distribution.ts';
import { requireNotNegative } from './parameter.ts';

/** Always the same value. */
export function constant(value: number): Distribution {
  requireNotNegative('a constant', value);
  return { name: `constant(${value})`, mean: value, cv: 0, quantile: () => value };
}
