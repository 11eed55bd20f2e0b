/**
 * One of several distributions, each with its weight: 95% hits of a millisecond, 5% misses of forty.
 *
 * Rule: by composition. The unit interval is cut in proportion to the weights, in the order given; a draw picks the
 * part that it falls into, and its place inside the part is the draw of that component.
 * So `quantile(u)` has the mixture's distribution for a random u, but rises only within each part: it is NOT the value
 * that a share u lies below. Cost: a scan of the weights beside the component's own.
 */
import { LARGEST_DRAW, SMALLEST_DRAW } from '../random/openUnit.ts';
import type { Distribution } from './distribution.ts';
import { requirePositive } from './parameter.ts';

export interface MixturePart {
  readonly weight: number;
  readonly of: Distribution;
}

/** @param parts weights need not add up to 1 */
export function mixture(parts: readonly MixturePart[]): Distribution {
  if (parts.length === 0) throw new RangeError('a mixture has one part or more');
  for (const { weight } of parts) requirePositive('a weight', weight);
  const total = parts.reduce((sum, { weight }) => sum + weight, 0);
  const shares = parts.map(({ weight }) => weight / total);
  const components = parts.map((part) => part.of);
  const mean = components.reduce((sum, { mean }, i) => sum + shares[i] * mean, 0);
  const square = components.reduce(
    (sum, { mean, cv }, i) => sum + shares[i] * mean * mean * (1 + cv * cv),
    0,
  );
  return {
    name: `mixture(${components.map(({ name }, i) => `${shares[i]} ${name}`).join(', ')})`,
    mean,
    cv: cvOf(mean, square),
    quantile: (u) => {
      let rest = u;
      let i = 0;
      while (i < shares.length - 1 && rest >= shares[i]) {
        rest -= shares[i];
        i++;
      }
      return components[i].quantile(Math.min(Math.max(rest / shares[i], SMALLEST_DRAW), LARGEST_DRAW));
    },
  };
}

function cvOf(mean: number, square: number): number {
  if (mean === 0) return 0;
  return square < Number.POSITIVE_INFINITY
    ? Math.sqrt(Math.max(0, square / (mean * mean) - 1))
    : Number.POSITIVE_INFINITY;
}
