/**
 * The hit ratio of an LRU cache under independent references, without simulating it.
 *
 * Rule: the characteristic time c solves Σ (1 − e^(−λᵢc)) = entries; a key hits with probability 1 −
 * e^(−λᵢc), or with a time to live by fill-cycle.ts. The time to live does not change c: an expired entry
 * keeps its place until it is looked up, and the refill puts it where a hit would have.
 * Source: Che, Tung, Wang, "Hierarchical web caching systems", IEEE JSAC 20 (2002); why it is so accurate:
 * Fricker, Robert, Roberts, ITC 24 (2012). Differs: with a time to live, own derivation.
 * Cost: about ten passes over the rates.
 */
import { keyHitRatio } from './fill-cycle.ts';

export interface CheApproximation {
  /** Seconds a key stays without a reference; Infinity where all keys fit. */
  characteristicTime: number;
  /** Hits over references, 0..1. */
  hitRatio: number;
  /** Hit ratio of each key, in the order of the rates. */
  perKey: Float64Array;
}

/**
 * @param rates references a second, by key; 0 allowed
 * @param entries room of the cache
 * @param ttl seconds from the fill; default none
 */
export function chesApproximation(
  rates: ArrayLike<number>,
  entries: number,
  ttl: number = Number.POSITIVE_INFINITY,
): CheApproximation {
  const time = characteristicTime(rates, entries);
  const perKey = new Float64Array(rates.length);
  let references = 0;
  let hits = 0;
  for (let key = 0; key < rates.length; key++) {
    perKey[key] = rates[key] > 0 ? keyHitRatio(rates[key], time, ttl) : 0;
    references += rates[key];
    hits += rates[key] * perKey[key];
  }
  return { characteristicTime: time, hitRatio: references > 0 ? hits / references : 0, perKey };
}

/** The c of the rule, in seconds. */
export function characteristicTime(rates: ArrayLike<number>, entries: number): number {
  let total = 0;
  let used = 0;
  for (let key = 0; key < rates.length; key++) {
    total += rates[key];
    if (rates[key] > 0) used++;
  }
  if (entries >= used) return Number.POSITIVE_INFINITY;
  // Newton from below never oversteps: occupancy is concave in c, and entries / total is at most the root.
  let time = entries / total;
  for (let pass = 0; pass < 200; pass++) {
    let occupancy = 0;
    let slope = 0;
    for (let key = 0; key < rates.length; key++) {
      const absent = Math.exp(-rates[key] * time);
      occupancy += 1 - absent;
      slope += rates[key] * absent;
    }
    const step = (entries - occupancy) / slope;
    time += step;
    if (!(step > 1e-12 * time)) break;
  }
  return time;
}
