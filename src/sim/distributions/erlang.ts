import type { Distribution } from './distribution.ts';
import { exponential } from './exponential.ts';
import { gammaOfShape } from './gamma.ts';
import { requirePositive } from './parameter.ts';

/**
 * The sum of k independent exponential stages, each with mean / k. cv 1/√k.
 *
 * @param mean of the sum
 * @param k how many stages: a whole number up to a million
 */
export function erlang(mean: number, k: number): Distribution {
  requirePositive('the mean', mean);
  if (!Number.isInteger(k) || k < 1 || k > 1e6)
    throw new RangeError(`stages are counted from 1 to a million, not ${k}`);
  if (k === 1) return { ...exponential(mean), name: `erlang(mean ${mean}, k 1)` };
  return gammaOfShape(`erlang(mean ${mean}, k ${k})`, mean, k, 1 / Math.sqrt(k));
}
