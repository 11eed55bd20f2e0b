import type { Balancer } from '../algorithms/balancing/balancer.ts';
import { leastRequest } from '../algorithms/balancing/least-request.ts';
import { random } from '../algorithms/balancing/random.ts';
import { roundRobin } from '../algorithms/balancing/round-robin.ts';
import { twoChoices } from '../algorithms/balancing/two-choices.ts';
import type { ServiceConfig } from './config.ts';
import type { Choose } from './fleet.ts';

/** The balancer of a service in one region: how a caller chooses among its ready instances. */
export function balancerOf(policy: ServiceConfig['balancing']): Choose {
  const inFlight: number[] = [];
  const healthy: number[] = [];
  const pool = { inFlight, healthy };
  let draw: (index: number) => number;
  let draws = 0;
  // A request's own draws, in turn: the choice does not depend on who else was sent before.
  const uniform = () => {
    draws += 1;
    return draw(draws - 1);
  };
  const balance = makers[policy](uniform);
  return (candidates, drawForRequest) => {
    if (candidates.length === 1) return 0;
    if (inFlight.length !== candidates.length) {
      inFlight.length = candidates.length;
      healthy.length = candidates.length;
    }
    for (let at = 0; at < candidates.length; at += 1) {
      inFlight[at] = candidates[at].inFlight;
      healthy[at] = 1;
    }
    draw = drawForRequest;
    draws = 0;
    return balance(pool);
  };
}

const makers: Record<ServiceConfig['balancing'], (uniform: () => number) => Balancer> = {
  'round-robin': () => roundRobin(),
  random: (uniform) => random({}, uniform),
  'least-request': () => leastRequest(),
  'two-choices': (uniform) => twoChoices({}, uniform),
};
