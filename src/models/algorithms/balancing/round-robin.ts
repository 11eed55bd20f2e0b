/**
 * Each healthy instance in turn.
 *
 * Rule: the next healthy one after the last picked.
 * Source: the definition. Cost: one step while all are healthy.
 */
import { type Balancer, noInstance } from './balancer.ts';

export function roundRobin(): Balancer {
  let next = 0;
  return ({ inFlight, healthy }) => {
    const count = inFlight.length;
    for (let step = 0; step < count; step++) {
      const index = (next + step) % count;
      if (!healthy[index]) continue;
      next = index + 1;
      return index;
    }
    return noInstance;
  };
}
