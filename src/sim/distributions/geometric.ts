/**
 * How many trials until the first success: 1, 2, 3, … each further one as likely as the one before.
 *
 * Rule: success has probability p = 1 / mean; quantile = ⌈ln(1 − u) / ln(1 − p)⌉. Variance (1 − p) / p².
 * Cost: two logarithms, one of them once.
 */
import type { Distribution } from './distribution.ts';

/** @param mean at least 1 */
export function geometric(mean: number): Distribution {
  if (!(mean >= 1)) throw new RangeError(`the mean of a geometric distribution is at least 1, not ${mean}`);
  const failure = 1 - 1 / mean;
  const logFailure = Math.log(failure);
  return {
    name: `geometric(mean ${mean})`,
    mean,
    cv: Math.sqrt(failure),
    quantile: (u) => (failure === 0 ? 1 : Math.max(1, Math.ceil(Math.log1p(-u) / logFailure))),
  };
}
