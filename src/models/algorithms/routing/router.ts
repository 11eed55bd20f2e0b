/**
 * Which region an origin is sent to. A policy is made by `(options) => (origin, healthy, uniform) => region`;
 * origins and regions are indices into the caller's lists.
 *
 * All policies fail open: where no region is healthy, all are taken to be (Route 53 developer guide, "How
 * Route 53 chooses records when health checking is configured").
 *
 * @param healthy by region: nonzero while its health checks pass
 * @param uniform in [0, 1), one a decision; only `weighted` looks at it
 */
export type Router = (origin: number, healthy: ArrayLike<number>, uniform: number) => number;

/** The first healthy region of a list that names each region once; the first of all where none is. */
export function firstHealthy(order: readonly number[], healthy: ArrayLike<number>): number {
  for (const region of order) if (healthy[region]) return region;
  return order[0];
}

/**
 * Region indices by ascending cost; equal costs by name, in code-unit order, so that no locale and no list
 * order counts.
 */
export function byCost(costs: ArrayLike<number>, names: readonly string[]): number[] {
  return names
    .map((_, region) => region)
    .sort((a, b) => costs[a] - costs[b] || (names[a] < names[b] ? -1 : names[a] > names[b] ? 1 : 0));
}
