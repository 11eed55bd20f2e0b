import type { Distribution } from './distribution.ts';
import { requirePositive } from './parameter.ts';

/** Memoryless: the time left never depends on the time passed. cv 1. */
export function exponential(mean: number): Distribution {
  requirePositive('the mean', mean);
  return { name: `exponential(mean ${mean})`, mean, cv: 1, quantile: (u) => -mean * Math.log1p(-u) };
}
