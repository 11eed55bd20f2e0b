/**
 * A flexible positive quantity of any cv: below 1 bell-like with a lighter tail than lognormal, above 1 with a peak at 0.
 *
 * Rule: shape = 1 / cv², scale = mean × cv²; quantiles from a table.
 */
import { constant } from './constant.ts';
import type { Distribution } from './distribution.ts';
import { gammaQuantileTable } from './gammaQuantileTable.ts';
import { requireNotNegative, requirePositive } from './parameter.ts';

/** @param cv standard deviation over mean, from 0.0001 to 100; 0 gives a constant */
export function gamma(mean: number, cv: number): Distribution {
  requirePositive('the mean', mean);
  requireNotNegative('the cv', cv);
  if (cv === 0) return constant(mean);
  if (cv < 1e-4 || cv > 100)
    throw new RangeError(`the cv of a gamma distribution is 0, or 0.0001 to 100, not ${cv}`);
  return gammaOfShape(`gamma(mean ${mean}, cv ${cv})`, mean, 1 / (cv * cv), cv);
}

export function gammaOfShape(name: string, mean: number, shape: number, cv: number): Distribution {
  const table = gammaQuantileTable(shape);
  const scale = mean / shape;
  return { name, mean, cv, quantile: (u) => scale * table.quantile(u) };
}
