/**
 * The region with the least round trip from the origin.
 *
 * Rule: least healthy; ties by region name.
 * Source: Route 53 developer guide, routing-policy-latency.md: by a table of latencies that changes over
 * weeks, not by live measurements. Differs: the table is the model's own network. Cost: one step while the
 * nearest is healthy.
 */
import { byCost, firstHealthy, type Router } from './router.ts';

export interface LatencyOptions {
  /** Region names; indices elsewhere are places in this list. */
  regions: readonly string[];
  /** Seconds there and back, by origin, then region. */
  roundTrips: readonly ArrayLike<number>[];
}

export function latency({ regions, roundTrips }: LatencyOptions): Router {
  const orders = roundTrips.map((costs) => byCost(costs, regions));
  return (origin, healthy) => firstHealthy(orders[origin], healthy);
}
