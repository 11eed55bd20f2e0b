import type { ServiceConfig } from './config.ts';
import type { Choose } from './fleet.ts';

/** The balancer of a service: how a caller chooses among the ready instances of a region. */
export function balancerOf(_policy: ServiceConfig['balancing'], _config: ServiceConfig): Choose {
  return (candidates, draw) => {
    if (candidates.length <= 1) return candidates.length - 1;
    const first = Math.floor(draw(0) * candidates.length);
    const second = Math.floor(draw(1) * (candidates.length - 1));
    const other = second >= first ? second + 1 : second;
    return candidates[other].inFlight < candidates[first].inFlight ? other : first;
  };
}
