/**
 * The region declared for the origin's place, or the nearest on the globe.
 *
 * Rule: the origin's declared regions in order, then the default's, then whatever is left by distance (by
 * name where no places are given); the first healthy one.
 * Source: Route 53 developer guide, routing-policy-geo.md (location, then the default record) and
 * -geoproximity.md (least distance). Differs: Route 53 answers nothing where neither the location nor a
 * default has a record; here all regions back each other up. No bias. Cost: one step while the first is
 * healthy.
 */
import { greatCircleDistance, type Place } from './great-circle.ts';
import { byCost, firstHealthy, type Router } from './router.ts';

export interface GeoOptions {
  /** Region names; indices elsewhere are places in this list. */
  regions: readonly string[];
  /** Number of origins. */
  origins: number;
  /** By origin: the regions that serve it, best first. */
  declared?: readonly (readonly number[] | undefined)[];
  /** For origins without a declaration, and where their declared regions are unhealthy. */
  default?: readonly number[];
  /** Where origins and regions are; both or neither. */
  originPlaces?: readonly Place[];
  regionPlaces?: readonly Place[];
}

export function geo(options: GeoOptions): Router {
  const { regions, origins, declared, originPlaces, regionPlaces } = options;
  const orders = Array.from({ length: origins }, (_, origin) => {
    const distances =
      originPlaces && regionPlaces
        ? regionPlaces.map((place) => greatCircleDistance(originPlaces[origin], place))
        : regions.map(() => 0);
    return [
      ...new Set([...(declared?.[origin] ?? []), ...(options.default ?? []), ...byCost(distances, regions)]),
    ];
  });
  return (origin, healthy) => firstHealthy(orders[origin], healthy);
}
