import { type NodeCounts, purchaseOf } from './layers.ts';

/** What a node costs an hour, bought in each way. Any one unit of money. */
export type HourlyPrices = NodeCounts;

/** What a mix comes to, on the mean over the hours. */
export interface MixFigures {
  /** An hour: reserved nodes whether used or not, the others by use. */
  readonly cost: number;
  /** An hour, if what is used were all on demand. */
  readonly allOnDemand: number;
  /** Nodes in use. */
  readonly used: NodeCounts;
  /** Largest share of the nodes in use in any hour that are spot: what one wave of interruptions can take. */
  readonly atOnce: number;
}

/**
 * What a mix costs and risks over a number of hours, given the nodes in use in each of them.
 * Cost: a few operations an hour.
 */
export function mixFigures(hours: readonly number[], counts: NodeCounts, prices: HourlyPrices): MixFigures {
  const used = { reserved: 0, 'on-demand': 0, spot: 0 };
  let atOnce = 0;
  for (const nodes of hours) {
    const bought = purchaseOf(nodes, counts);
    used.reserved += bought.reserved;
    used['on-demand'] += bought['on-demand'];
    used.spot += bought.spot;
    if (nodes > 0) atOnce = Math.max(atOnce, bought.spot / nodes);
  }
  const mean = {
    reserved: used.reserved / hours.length,
    'on-demand': used['on-demand'] / hours.length,
    spot: used.spot / hours.length,
  };
  return {
    cost:
      counts.reserved * prices.reserved + mean['on-demand'] * prices['on-demand'] + mean.spot * prices.spot,
    allOnDemand: (mean.reserved + mean['on-demand'] + mean.spot) * prices['on-demand'],
    used: mean,
    atOnce,
  };
}
