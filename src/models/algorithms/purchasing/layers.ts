/**
 * How nodes in use are bought, when a fleet is divided into layers.
 *
 * Rule: reserved nodes are used first, then on-demand ones up to a number, then spot ones up to a number; what exceeds
 * all three is on demand.
 * Source: own; the order is the usual one (reserved below, on demand for normal load, spot for the peak).
 */
export type Purchase = 'reserved' | 'on-demand' | 'spot';

export const purchases: readonly Purchase[] = ['reserved', 'on-demand', 'spot'];

/** Nodes by purchase. */
export type NodeCounts = Readonly<Record<Purchase, number>>;

/** How `nodes` in use are bought: reserved ones that are not needed are not among them. */
export function purchaseOf(nodes: number, counts: NodeCounts): NodeCounts {
  const reserved = Math.min(nodes, counts.reserved);
  const normal = Math.min(nodes - reserved, counts['on-demand']);
  const spot = Math.min(nodes - reserved - normal, counts.spot);
  return { reserved, 'on-demand': nodes - reserved - spot, spot };
}
