import type { Network } from '../contracts/network.ts';
import type { CallSite } from '../contracts/service.ts';

/** Where a service is called from a place: in that region where it stands there, else in the nearest. */
export class NearestRegion {
  private readonly known: number[] = [];

  constructor(
    private readonly site: CallSite,
    private readonly network: Network,
  ) {}

  from(place: number): number {
    const known = this.known[place];
    if (known !== undefined) return known;
    const distance = (region: number) => (region === place ? -1 : this.network.nominalDelay(place, region));
    const nearest = this.site.regions.reduce((best, region) =>
      distance(region) < distance(best) ? region : best,
    );
    this.known[place] = nearest;
    return nearest;
  }
}
