/**
 * The healthy instance with the fewest requests under way.
 *
 * Rule: a full scan that starts after the last pick; the first with the least wins, so that ties go around.
 * Source: the definition. Differs from Envoy's FULL_SCAN, which breaks ties by chance: no draw is spent here.
 * Cost: one scan, cut short at an idle instance.
 */
import { type Balancer, noInstance } from './balancer.ts';

export function leastRequest(): Balancer {
  let start = 0;
  return ({ inFlight, healthy }) => {
    const count = inFlight.length;
    if (start >= count) start = 0;
    let best = noInstance;
    let fewest = Number.POSITIVE_INFINITY;
    for (let step = 0, index = start; step < count && fewest > 0; step++) {
      if (healthy[index] && inFlight[index] < fewest) {
        best = index;
        fewest = inFlight[index];
      }
      if (++index === count) index = 0;
    }
    if (best !== noInstance) start = best + 1;
    return best;
  };
}
