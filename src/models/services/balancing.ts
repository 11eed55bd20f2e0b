import type { Balancer } from '../algorithms/balancing/balancer.ts';
import { leastRequest } from '../algorithms/balancing/least-request.ts';
import { random } from '../algorithms/balancing/random.ts';
import { roundRobin } from '../algorithms/balancing/round-robin.ts';
import { twoChoices } from '../algorithms/balancing/two-choices.ts';
import type { ServiceConfig } from './config.ts';
import type { Choose } from './fleet.ts';

/** The balancer of a service in one region: how a caller chooses among its ready instances, by their load. */
export function balancerOf(policy: ServiceConfig['balancing']): Choose {
  // All candidates are ready, so all are healthy.
  const healthy: number[] = [];
  let draw: (index: number) => number;
  let draws = 0;
  // A request's own draws, in turn: the choice does not depend on who else was sent before.
  const uniform = () => {
    draws += 1;
    return draw(draws - 1);
  };
  const balance = makers[policy](uniform);
  return (inFlight, drawForRequest) => {
    if (inFlight.length === 1) return 0;
    while (healthy.length < inFlight.length) healthy.push(1);
    if (healthy.length > inFlight.length) healthy.length = inFlight.length;
    draw = drawForRequest;
    draws = 0;
    return balance({ inFlight, healthy });
  };
}

const makers: Record<ServiceConfig['balancing'], (uniform: () => number) => Balancer> = {
  'round-robin': () => roundRobin(),
  random: (uniform) => random({}, uniform),
  'least-request': () => leastRequest(),
  'two-choices': (uniform) => twoChoices({}, uniform),
};
