/**
 * The division of a fleet into reserved, on-demand and spot nodes that costs least within a risk.
 *
 * The k-th node is in use in as many hours as need k nodes or more, u(k) of all. Rules:
 *
 * - Reserved pays for a node that is used in at least reserved price ÷ on-demand price of all hours (the newsvendor's
 *   critical ratio); since u falls with k, those are the first ones.
 * - Spot begins after some number `base` of others and costs less the more there is of it. Of a given base both risks grow
 *   with the number of spot nodes, so the largest number within them is best: with at most a share x of the nodes in use on
 *   spot, the smallest need n above base ÷ (1 − x) allows ⌊x·n⌋, and no larger need allows less.
 * - So the cheapest is found by trying every base from none to the most nodes, each exactly. Of equals: the least spot,
 *   then the least reserved, since both bind.
 *
 * Source: own, after the newsvendor's critical ratio (Arrow, Harris, Marschak, "Optimal inventory policy", 1951). Tested
 * against all divisions of small fleets.
 * Differs from what one could do: the layers are the same at all hours; a fleet whose spot nodes are counted anew each
 * hour could have more of them at night.
 * Cost: hours + nodes × log(nodes).
 */
import type { NodeCounts } from './layers.ts';
import type { HourlyPrices } from './mix-figures.ts';

export interface RiskLimits {
  /** Share of the nodes in use in any hour that may be spot: all spot nodes may be taken at once. Default: all. */
  readonly atOnce?: number;
  /** Spot nodes in use, on the mean over the hours. Default: any number. */
  readonly meanSpot?: number;
}

/** A hair, for shares such as 0.1 × 30 that come out a little off. */
const hair = 1e-9;

/** @param hours whole nodes in use in each hour */
export function cheapestMix(
  hours: readonly number[],
  prices: HourlyPrices,
  { atOnce = 1, meanSpot = Number.POSITIVE_INFINITY }: RiskLimits = {},
): NodeCounts {
  const most = Math.max(0, ...hours);
  const sums = sumsOfUse(hours, most);
  const worthReserving = countReserved(hours, most, prices);
  const mostSpot = spotAllowance(
    [...new Set(hours)].sort((a, b) => a - b),
    atOnce,
  );
  let best: { readonly cost: number; readonly counts: NodeCounts } | undefined;
  // From the largest base down, so that of equals the one with the least spot is met first.
  for (let base = most; base >= 0; base -= 1) {
    const reserved = Math.min(base, worthReserving);
    const spot =
      prices.spot < prices['on-demand']
        ? largestWithin(sums, base, Math.min(mostSpot(base), most - base), meanSpot * hours.length)
        : 0;
    const ofSpot = sums[base + spot] - sums[base];
    const ofOnDemand = sums[most] - sums[reserved] - ofSpot;
    const cost =
      reserved * hours.length * prices.reserved + ofOnDemand * prices['on-demand'] + ofSpot * prices.spot;
    if (best === undefined || cost < best.cost * (1 - 1e-12))
      best = { cost, counts: { reserved, 'on-demand': base - reserved, spot } };
  }
  return best?.counts ?? { reserved: 0, 'on-demand': 0, spot: 0 };
}

/** Node-hours in use of the first k nodes, by k: whole numbers. */
function sumsOfUse(hours: readonly number[], most: number): number[] {
  const use = new Array<number>(most + 2).fill(0);
  for (const nodes of hours) use[nodes] += 1;
  for (let level = most - 1; level >= 1; level -= 1) use[level] += use[level + 1];
  const sums = [0];
  for (let level = 1; level <= most; level += 1) sums.push(sums[level - 1] + use[level]);
  return sums;
}

/** How many nodes are used in so many hours that reserving them costs less than their use on demand. */
function countReserved(hours: readonly number[], most: number, prices: HourlyPrices): number {
  const sums = sumsOfUse(hours, most);
  let count = 0;
  while (
    count < most &&
    (sums[count + 1] - sums[count]) * prices['on-demand'] > hours.length * prices.reserved * (1 + 1e-12)
  )
    count += 1;
  return count;
}

/** How many spot nodes after `base` others are at most a share of the nodes in use, whatever the need. */
function spotAllowance(needs: readonly number[], share: number): (base: number) => number {
  if (share >= 1) return () => Number.POSITIVE_INFINITY;
  return (base) => {
    const tight = needs.find((nodes) => nodes - base > share * nodes + hair);
    return tight === undefined ? Number.POSITIVE_INFINITY : Math.floor(share * tight + hair);
  };
}

/** The largest number of nodes after `base` whose use is at most `nodeHours`. */
function largestWithin(sums: readonly number[], base: number, atMost: number, nodeHours: number): number {
  let low = 0;
  let high = atMost;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (sums[base + middle] - sums[base] <= nodeHours + hair) low = middle;
    else high = middle - 1;
  }
  return low;
}
