/**
 * Distance between two places on the globe.
 *
 * Rule: haversine on a sphere of 6,371,008.8 m, the mean radius of the WGS 84 ellipsoid (IUGG 1980): within
 * 0.6% of the ellipsoid's own.
 * Source: Sinnott, "Virtues of the haversine", Sky & Telescope 68 (1984).
 */
export interface Place {
  /** Degrees north. */
  latitude: number;
  /** Degrees east. */
  longitude: number;
}

const meanEarthRadius = 6_371_008.8;

/** Metres along the surface. */
export function greatCircleDistance(from: Place, to: Place): number {
  const radians = Math.PI / 180;
  const north = Math.sin(((to.latitude - from.latitude) * radians) / 2) ** 2;
  const east = Math.sin(((to.longitude - from.longitude) * radians) / 2) ** 2;
  const parallels = Math.cos(from.latitude * radians) * Math.cos(to.latitude * radians);
  return 2 * meanEarthRadius * Math.asin(Math.min(1, Math.sqrt(north + parallels * east)));
}
