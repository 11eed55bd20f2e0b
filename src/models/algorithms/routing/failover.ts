/**
 * The first healthy region of an ordered list.
 *
 * Rule: primary, then the next, and so on.
 * Source: Route 53 developer guide, routing-policy-failover.md. Differs: any number of stand-bys, where Route
 * 53 has one (nested records make more); where all are unhealthy, the primary. Cost: one step while the
 * primary is healthy.
 */
import { firstHealthy, type Router } from './router.ts';

export interface FailoverOptions {
  /** Region indices, primary first. */
  order: readonly number[];
}

export const failover =
  ({ order }: FailoverOptions): Router =>
  (_origin, healthy) =>
    firstHealthy(order, healthy);
