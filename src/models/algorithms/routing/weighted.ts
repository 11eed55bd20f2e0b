/**
 * Regions by declared shares.
 *
 * Rule: among the healthy regions of nonzero weight, each with chance weight / their sum; where none of those
 * is healthy, the healthy ones of weight 0, each alike; where none at all is, as if all were.
 * Source: Route 53 developer guide, routing-policy-weighted.md and
 * health-checks-how-route-53-chooses-records.md.
 * Differs: nothing. Cost: two passes over the regions, one uniform.
 */
import type { Router } from './router.ts';

export interface WeightedOptions {
  /** By region; any positive scale. 0 is a stand-by. */
  weights: readonly number[];
}

export function weighted({ weights }: WeightedOptions): Router {
  const all = weights.map(() => 1);
  const standbys = weights.map(() => 1);
  const pick: Router = (_origin, healthy, uniform) =>
    drawByWeight(weights, healthy, uniform) ??
    drawByWeight(standbys, healthy, uniform) ??
    pick(_origin, all, uniform);
  return pick;
}

function drawByWeight(
  weights: readonly number[],
  healthy: ArrayLike<number>,
  uniform: number,
): number | undefined {
  let total = 0;
  for (let region = 0; region < weights.length; region++) if (healthy[region]) total += weights[region];
  if (total === 0) return undefined;
  let left = uniform * total;
  let last = -1;
  for (let region = 0; region < weights.length; region++) {
    if (!healthy[region] || weights[region] === 0) continue;
    if (left < weights[region]) return region;
    left -= weights[region];
    last = region;
  }
  // Rounding may leave a trace of the uniform after the last share.
  return last;
}
