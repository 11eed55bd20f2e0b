/**
 * In which way a pool's nodes are bought.
 *
 * Rule: shares are of a number of nodes in a region (its `size`). The reserved share is bought once and kept. Further
 * nodes are on demand up to the second share, spot up to the third, and on demand beyond. Counts are rounded where
 * shares add up, so that they do too.
 * Source: own; the order is the usual one (reserved below, on demand for normal load, spot for the peak).
 */
import { type NodeCounts, type Purchase, purchaseOf, purchases } from '../algorithms/purchasing/layers.ts';

export { type NodeCounts, type Purchase, purchaseOf, purchases };

/** Shares of the size; they add up to 1. */
export type Mix = Readonly<Record<Purchase, number>>;

/** How many nodes of a size the shares are. */
export function countsOf(mix: Mix, size: number): NodeCounts {
  // Shares such as 0.3 + 0.5 are a hair off; halves go up as they would on paper.
  const upTo = (share: number) => Math.floor(share * size + 0.5 + 1e-9);
  const reserved = upTo(mix.reserved);
  const onDemand = upTo(mix.reserved + mix['on-demand']) - reserved;
  return { reserved, 'on-demand': onDemand, spot: size - reserved - onDemand };
}

/** How the next node is bought, given those there are. */
export function nextPurchase(there: NodeCounts, counts: NodeCounts): Purchase {
  return purchases.find((purchase) => there[purchase] < counts[purchase]) ?? 'on-demand';
}

/**
 * The purchases of the nodes that are there at the start, in the order of their age: spread evenly, so that no service
 * has all its instances on nodes of one kind.
 */
export function spreadPurchases(counts: NodeCounts): Purchase[] {
  const total = counts.reserved + counts['on-demand'] + counts.spot;
  const given: Record<Purchase, number> = { reserved: 0, 'on-demand': 0, spot: 0 };
  return Array.from({ length: total }, (_, node) => {
    const behind = (purchase: Purchase) => ((node + 1) * counts[purchase]) / total - given[purchase];
    const next = purchases.reduce((best, each) => (behind(each) > behind(best) + 1e-9 ? each : best));
    given[next] += 1;
    return next;
  });
}
