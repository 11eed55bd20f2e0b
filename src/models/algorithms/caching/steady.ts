/**
 * Which keys an LRU cache holds in steady state under independent references, so that a simulation can begin
 * there.
 *
 * Rule: a key's age since its last reference is exponential with the key's own rate; the youngest that fit
 * are in. With a time to live the age of the fill is drawn from the key's cycle (fill-cycle.ts); what was
 * last referenced longer ago than the time to live is surely expired and left out.
 * Source: the stationary law of LRU under independent Poisson references (McCabe 1965; Fill, Holst 1996):
 * exact without a time to live. Cost: one draw a key, two more per entry with a time to live, a sort of the
 * ages.
 */
import { characteristicTime } from './che.ts';
import { drawFillAge } from './fill-cycle.ts';

export interface SteadyOptions {
  /** References a second, by key; keys are the positions. */
  rates: ArrayLike<number>;
  /** Room of the cache. */
  entries: number;
  /** Seconds from the fill, not renewed by hits; default none. */
  ttl?: number;
}

/** Columns of one length, least recently used first: inserting them in order leaves the right order of use. */
export interface SteadyEntries {
  keys: Float64Array;
  /** Seconds since the last reference. */
  ages: Float64Array;
  /**
   * Seconds until the entry expires; Infinity without a time to live, 0 or less where it has and nobody has
   * looked yet.
   */
  expiresIn: Float64Array;
}

/** @param random uniform in [0, 1) */
export function steadyLru(options: SteadyOptions, random: () => number): SteadyEntries {
  const { rates, entries, ttl = Number.POSITIVE_INFINITY } = options;
  const ages = new Float64Array(rates.length);
  for (let key = 0; key < rates.length; key++) ages[key] = -Math.log1p(-random()) / rates[key];
  const resident = youngest(ages, entries, ttl);

  const expiresIn = new Float64Array(resident.keys.length).fill(Number.POSITIVE_INFINITY);
  if (ttl < Number.POSITIVE_INFINITY) {
    const time = characteristicTime(rates, entries);
    resident.keys.forEach((key, place) => {
      const fillAge = drawFillAge(rates[key], time, ttl, random);
      expiresIn[place] = ttl - fillAge - resident.ages[place];
    });
  }
  return { ...resident, expiresIn };
}

/**
 * At most `entries` keys of age up to `oldest`, oldest first. A key without references has the age Infinity
 * or NaN.
 */
function youngest(
  ages: Float64Array,
  entries: number,
  oldest: number,
): { keys: Float64Array; ages: Float64Array } {
  const fits = (age: number): boolean => age <= oldest && age < Number.POSITIVE_INFINITY;
  const sorted = ages.filter(fits).sort().subarray(0, entries).reverse();
  const keys = new Float64Array(sorted.length).fill(-1);
  // A sort without a comparator and a search per key are several times faster than sorting keys by their ages.
  for (let key = 0; key < ages.length; key++) {
    if (!fits(ages[key])) continue;
    let place = placeOf(sorted, ages[key]);
    while (place < keys.length && sorted[place] === ages[key] && keys[place] >= 0) place++;
    if (place < keys.length && sorted[place] === ages[key]) keys[place] = key;
  }
  return { keys, ages: sorted };
}

/** The first place of an age in a descending column, or where it would be. */
function placeOf(descending: Float64Array, age: number): number {
  let low = 0;
  let high = descending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (descending[middle] > age) low = middle + 1;
    else high = middle;
  }
  return low;
}
