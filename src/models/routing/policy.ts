import { failover } from '../algorithms/routing/failover.ts';
import { geo } from '../algorithms/routing/geo.ts';
import { latency } from '../algorithms/routing/latency.ts';
import { byCost, type Router as Policy } from '../algorithms/routing/router.ts';
import { weighted } from '../algorithms/routing/weighted.ts';
import type { Network } from '../contracts/network.ts';
import type { RoutingConfig } from './config.ts';

/** Policies know places by their number: regions first, then origins, as the network counts them. */
export function policyOf(
  config: RoutingConfig,
  network: Pick<Network, 'placeNames' | 'nominalDelay'>,
  regions: readonly string[],
): Policy {
  const places = network.placeNames.length;
  const numberOf = (name: string): number => regions.indexOf(name);
  const roundTrips = Array.from({ length: places }, (_, from) =>
    regions.map((_name, to) => network.nominalDelay(from, to) + network.nominalDelay(to, from)),
  );
  switch (config.policy) {
    case 'latency':
    case 'anycast':
      return latency({ regions, roundTrips });
    case 'weighted':
      return weighted({ weights: regions.map((region) => config.weights[region] ?? 0) });
    case 'failover':
      return failover({ order: config.order.map(({ name }) => numberOf(name)) });
    case 'geo': {
      const declared = roundTrips.map((costs, place) => {
        const origin = network.placeNames[place];
        const first = [config.map[origin] ?? config.default, config.secondary[origin]];
        const named = first.flatMap((region) => (region === undefined ? [] : [numberOf(region.name)]));
        return [...named, ...byCost(costs, regions)];
      });
      return geo({ regions, origins: places, declared });
    }
  }
}
