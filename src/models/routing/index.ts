import { geo } from '../algorithms/routing/geo.ts';
import { latency } from '../algorithms/routing/latency.ts';
import type { Router as Policy } from '../algorithms/routing/router.ts';
import { byCost } from '../algorithms/routing/router.ts';
import { weighted } from '../algorithms/routing/weighted.ts';
import { type Network, networkSection } from '../contracts/network.ts';
import type { Router } from '../contracts/router.ts';
import { type Component, defineKind } from '../kind.ts';
import { definitionsOf, type MetersOf, meterSet } from '../meters.ts';
import type { Wiring } from '../wiring.ts';
import { type RoutingConfig, routingSchema } from './config.ts';

const regionMeters = meterSet({
  share: {
    kind: 'share',
    unit: 'ratio',
    better: 'neither',
    about: 'Callers’ requests that are sent to this region.',
  },
});

/** The global load balancer: sends each request of a caller to a region where the called service stands. */
class GlobalLoadBalancer implements Router, Component {
  private policy!: Policy;
  private healthy: number[] = [];
  private candidates: readonly number[] | undefined;
  private readonly meters: MetersOf<typeof regionMeters>[];

  constructor(
    private readonly config: RoutingConfig,
    private readonly wiring: Wiring,
  ) {
    this.meters = wiring.design.regions.map((region) =>
      wiring.meters(['routing', 'in', region], regionMeters),
    );
  }

  connect(): void {
    const network = this.wiring.find<Network>(networkSection);
    const { regions, origins } = this.wiring.design;
    this.policy = policyOf(this.config, network, regions, origins.length);
    this.healthy = regions.map(() => 0);
  }

  route(origin: number, candidates: readonly number[], uniform: number): number {
    if (candidates.length === 0) return -1;
    if (candidates !== this.candidates) {
      this.healthy.fill(0);
      for (const region of candidates) this.healthy[region] = 1;
      this.candidates = candidates;
    }
    const region = this.policy(origin, this.healthy, uniform);
    if (this.wiring.window.open) {
      for (let each = 0; each < this.meters.length; each += 1)
        this.meters[each].share.give(each === region ? 1 : 0, 1);
    }
    return region;
  }
}

/** Policies know places by their number: regions first, then origins, as the network counts them. */
function policyOf(
  config: RoutingConfig,
  network: Network,
  regions: readonly string[],
  origins: number,
): Policy {
  const places = regions.length + origins;
  const roundTrip = (from: number, to: number) =>
    network.nominalDelay(from, to) + network.nominalDelay(to, from);
  const roundTrips = Array.from({ length: places }, (_, from) =>
    regions.map((_name, to) => roundTrip(from, to)),
  );
  if (config.policy === 'latency') return latency({ regions, roundTrips });
  if (config.policy === 'weighted')
    return weighted({ weights: regions.map((region) => config.weights[region] ?? 0) });
  const nearest = roundTrips.map((costs) => byCost(costs, regions));
  const fallback = config.default === undefined ? undefined : regions.indexOf(config.default.name);
  const declared = Array.from({ length: places }, (_, place) => {
    const region = config.map[network.placeNames[place]];
    if (region !== undefined) return [regions.indexOf(region.name), ...nearest[place]];
    return fallback === undefined ? nearest[place] : [fallback, ...nearest[place]];
  });
  return geo({ regions, origins: places, declared });
}

export const routing = defineKind<RoutingConfig>({
  section: 'routing',
  noun: 'routing',
  about: 'The global load balancer: to which region a caller is sent.',
  shape: 'single',
  schema: routingSchema as never,
  scopes: (_name, _config, design) =>
    design.regions.map((region) => ({
      path: ['routing', 'in', region],
      meters: definitionsOf(regionMeters),
    })),
  build: (_name, config, wiring) => new GlobalLoadBalancer(config, wiring),
});
