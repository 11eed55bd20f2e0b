/**
 * Turns in proportion to weight, spread evenly: smooth weighted round-robin.
 *
 * Rule: at each pick every healthy instance gains its weight; the one with most goes (the first on a tie) and
 * loses the sum.
 * Source: nginx, ngx_http_upstream_round_robin.c (commit 52327e0627f4, 2012). Differs: nothing; weights 5, 1,
 * 1 give a a b a c a a. Cost: one scan.
 */
import { type Balancer, noInstance } from './balancer.ts';

export interface WeightedOptions {
  /** By instance; those beyond its length weigh 1; 0 is never picked. */
  weights: ArrayLike<number>;
}

export function weighted({ weights }: WeightedOptions): Balancer {
  let credit: Float64Array<ArrayBuffer> = new Float64Array(0);
  return ({ inFlight, healthy }) => {
    const count = inFlight.length;
    if (count !== credit.length) {
      const kept = credit.subarray(0, count);
      credit = new Float64Array(count);
      credit.set(kept);
    }
    let best = noInstance;
    let total = 0;
    for (let index = 0; index < count; index++) {
      const weight = weights[index] ?? 1;
      if (!healthy[index] || weight === 0) continue;
      total += weight;
      credit[index] += weight;
      if (best === noInstance || credit[index] > credit[best]) best = index;
    }
    if (best !== noInstance) credit[best] -= total;
    return best;
  };
}
