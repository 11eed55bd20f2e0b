import type { Distribution } from '../../../src/sim/distributions/index.ts';
import { stream } from '../../../src/sim/random/index.ts';

/** Independent values of a distribution. */
export function drawn(distribution: Distribution, count: number, run = 0): number[] {
  const uniform = stream(1, run, distribution.name);
  return Array.from({ length: count }, () => distribution.quantile(uniform()));
}
