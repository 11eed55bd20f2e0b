import { type Network, networkSection } from '../contracts/network.ts';
import { type Router, routingSection } from '../contracts/router.ts';
import type { CallSite } from '../contracts/service.ts';
import type { Wiring } from '../wiring.ts';

/**
 * Where one service calls another: in its own region where that stands there, whatever has become of it, since a cluster's
 * service discovery knows its own region only. Else in the nearest region that the health checks let pass (`routing.health`,
 * as a mesh that fails over by locality is told of them), and in the nearest of all where nobody checks, or none passes.
 */
export class NearestRegion {
  private readonly network: Network;
  private readonly router: Router;
  /** By the place of the caller: regions, the nearest first. */
  private readonly orders: number[][] = [];

  constructor(
    private readonly site: CallSite,
    wiring: Wiring,
  ) {
    this.network = wiring.find<Network>(networkSection);
    this.router = wiring.find<Router>(routingSection);
  }

  from(place: number): number {
    this.orders[place] ??= this.orderFrom(place);
    const order = this.orders[place];
    const [nearest] = order;
    if (nearest === place || this.router.isHealthy(nearest)) return nearest;
    for (let at = 1; at < order.length; at += 1) if (this.router.isHealthy(order[at])) return order[at];
    return nearest;
  }

  private orderFrom(place: number): number[] {
    const distance = (region: number) => (region === place ? -1 : this.network.nominalDelay(place, region));
    return [...this.site.regions].sort((one, other) => distance(one) - distance(other));
  }
}
