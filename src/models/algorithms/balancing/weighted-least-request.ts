/**
 * Turns in proportion to weight over load: what Envoy's least-request balancer does where weights differ.
 *
 * Rule: earliest deadline first. An instance just picked at virtual time t is due again at t + (inFlight +
 * 1)^bias / weight, with the requests under way at the pick.
 * Source: Envoy, source/extensions/load_balancing_policies/least_request/least_request_lb.cc, hostWeight, and
 * source/common/upstream/edf_scheduler.h. Differs: one that comes (back) joins as if it were picked at that
 * moment; no slow start, and no random first picks. Cost: one scan, where Envoy has a heap.
 */
import { type Balancer, noInstance } from './balancer.ts';

export interface WeightedLeastRequestOptions {
  /** By instance; those beyond its length weigh 1. */
  weights: ArrayLike<number>;
  /** How strongly load counts: 0 not at all, 1 (the default) in proportion. */
  bias?: number;
}

export function weightedLeastRequest(options: WeightedLeastRequestOptions): Balancer {
  const { weights, bias = 1 } = options;
  const load = (active: number): number => (bias === 1 ? active + 1 : (active + 1) ** bias);
  const interval = (index: number, active: number): number => load(active) / (weights[index] ?? 1);
  /** When each is due; NaN while it is not in turn. */
  let dueAt: Float64Array<ArrayBuffer> = new Float64Array(0);
  const virtualTime = new Float64Array(1);

  return ({ inFlight, healthy }) => {
    const count = inFlight.length;
    if (count !== dueAt.length) dueAt = resized(dueAt, count);
    let best = noInstance;
    for (let index = 0; index < count; index++) {
      if (!healthy[index] || weights[index] === 0) {
        dueAt[index] = Number.NaN;
        continue;
      }
      if (Number.isNaN(dueAt[index])) dueAt[index] = virtualTime[0] + interval(index, inFlight[index]);
      if (best === noInstance || dueAt[index] < dueAt[best]) best = index;
    }
    if (best === noInstance) return noInstance;
    virtualTime[0] = dueAt[best];
    dueAt[best] += interval(best, inFlight[best]);
    return best;
  };
}

function resized(column: Float64Array, length: number): Float64Array<ArrayBuffer> {
  const result = new Float64Array(length).fill(Number.NaN);
  result.set(column.subarray(0, length));
  return result;
}
