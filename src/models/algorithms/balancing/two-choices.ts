/**
 * The less busy of two instances drawn at random; where weights differ, Envoy's weighted turns instead.
 *
 * Rule: two draws over the healthy, with replacement; the first wins a tie.
 * Source: Envoy, source/extensions/load_balancing_policies/least_request/least_request_lb.cc,
 * unweightedHostPickNChoices (choice_count 2); Mitzenmacher, "The power of two choices in randomized load
 * balancing", 1996. Differs: nothing.
 * Cost: two draws.
 */
import type { Balancer, UniformSource } from './balancer.ts';
import { drawHealthy } from './healthy-draw.ts';
import { weightedLeastRequest } from './weighted-least-request.ts';

export interface TwoChoicesOptions {
  /**
   * By instance; unequal ones replace the two draws by turns of weight / (inFlight + 1). Default: all equal.
   */
  weights?: ArrayLike<number>;
}

export function twoChoices(options: TwoChoicesOptions, random: UniformSource): Balancer {
  const { weights } = options;
  if (weights && Array.from(weights).some((weight) => weight !== weights[0])) {
    return weightedLeastRequest({ weights });
  }
  return ({ inFlight, healthy }) => {
    const first = drawHealthy(healthy, inFlight.length, random);
    if (first < 0) return first;
    const second = drawHealthy(healthy, inFlight.length, random);
    return inFlight[second] < inFlight[first] ? second : first;
  };
}
