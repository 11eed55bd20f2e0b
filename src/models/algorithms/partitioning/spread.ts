/**
 * How evenly keys lie over shards, partitions or slots.
 *
 * Rule: share = load / total; hottest against even = its share · n; coefficient of variation = standard
 * deviation of the loads (of all n, not of a sample) / their mean. Cost: O(keys + n).
 */

export interface Spread {
  /** Keys, or their weight, in all. */
  readonly total: number;
  /** Load of each place, 0…count − 1. */
  readonly loads: readonly number[];
  /** Load of each place as a ratio of the total. They add up to 1 less what is misplaced. NaN if the total is 0. */
  readonly shares: readonly number[];
  /** The place with the largest load; the first of several. */
  readonly hottest: number;
  /** Its share, 0..1. */
  readonly hottestShare: number;
  /** Its share divided by an even one: 1 is even, n is all on one place. */
  readonly hottestToEven: number;
  /** Of the loads: 0 is even. NaN if nothing was placed. */
  readonly coefficientOfVariation: number;
  /** Load on places that do not exist, as Java's negative shards. */
  readonly misplaced: number;
}

/** The spread of keys that went to `places`, each counted once or by its weight. */
export function spread(places: ArrayLike<number>, count: number, weights?: ArrayLike<number>): Spread {
  const loads = new Array<number>(count).fill(0);
  let misplaced = 0;
  for (let index = 0; index < places.length; index++) {
    const place = places[index];
    const weight = weights ? weights[index] : 1;
    if (place >= 0 && place < count) loads[place] += weight;
    else misplaced += weight;
  }
  return spreadOfLoads(loads, misplaced);
}

/** The spread of loads already summed by place. */
export function spreadOfLoads(loads: readonly number[], misplaced = 0): Spread {
  const placed = loads.reduce((sum, load) => sum + load, 0);
  const total = placed + misplaced;
  const mean = placed / loads.length;
  const variance = loads.reduce((sum, load) => sum + (load - mean) ** 2, 0) / loads.length;
  let hottest = 0;
  for (let place = 1; place < loads.length; place++) if (loads[place] > loads[hottest]) hottest = place;
  return {
    total,
    loads,
    shares: loads.map((load) => load / total),
    hottest,
    hottestShare: loads[hottest] / total,
    hottestToEven: (loads[hottest] / total) * loads.length,
    coefficientOfVariation: Math.sqrt(variance) / mean,
    misplaced,
  };
}
