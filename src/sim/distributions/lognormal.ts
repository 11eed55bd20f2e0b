/**
 * A quantity whose logarithm is normal: the usual shape of service times, many small effects multiplied.
 *
 * Rule: quantile(u) = median × exp(σ Φ⁻¹(u)); mean = median × exp(σ²/2); cv² = exp(σ²) − 1.
 */
import { constant } from './constant.ts';
import type { Distribution } from './distribution.ts';
import { normalQuantile } from './normalQuantile.ts';
import { requireNotNegative, requirePositive } from './parameter.ts';

/** @param cv standard deviation over mean; 0 gives a constant */
export function lognormal(mean: number, cv: number): Distribution {
  requirePositive('the mean', mean);
  requireNotNegative('the cv', cv);
  if (cv === 0) return constant(mean);
  const median = mean / Math.sqrt(1 + cv * cv);
  return fromMedian(`lognormal(mean ${mean}, cv ${cv})`, median, Math.sqrt(Math.log1p(cv * cv)), mean, cv);
}

/** @param sigma standard deviation of the logarithm (σ); 0 gives a constant. p99/p50 is exp(2.326 σ). */
export function lognormalFromMedian(median: number, sigma: number): Distribution {
  requirePositive('the median', median);
  requireNotNegative('sigma', sigma);
  if (sigma === 0) return constant(median);
  const name = `lognormal(median ${median}, sigma ${sigma})`;
  const mean = median * Math.exp((sigma * sigma) / 2);
  return fromMedian(name, median, sigma, mean, Math.sqrt(Math.expm1(sigma * sigma)));
}

function fromMedian(name: string, median: number, sigma: number, mean: number, cv: number): Distribution {
  return { name, mean, cv, quantile: (u) => median * Math.exp(sigma * normalQuantile(u)) };
}
