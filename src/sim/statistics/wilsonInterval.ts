/**
 * A 95% interval of a probability after some trials: one whose coverage is 95% on the mean over probabilities, and not 95% at
 * least, as that of Clopper and Pearson.
 *
 * Rule: the probabilities p for which the share that was seen is within z standard errors √(p(1−p)/n) of p.
 * Source: E. B. Wilson, Journal of the American Statistical Association 22 (1927).
 */
import { normalQuantile } from '../distributions/normalQuantile.ts';

const z = normalQuantile(0.975);

export function wilsonInterval(successes: number, trials: number): { low: number; high: number } {
  const share = successes / trials;
  const scale = 1 / (1 + z ** 2 / trials);
  const middle = scale * (share + z ** 2 / (2 * trials));
  const half = scale * z * Math.sqrt((share * (1 - share)) / trials + z ** 2 / (4 * trials ** 2));
  return {
    low: successes === 0 ? 0 : middle - half,
    high: successes === trials ? 1 : middle + half,
  };
}
