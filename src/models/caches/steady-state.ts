import { type SteadyEntries, steadyLru } from '../algorithms/caching/steady.ts';
import type { CacheKey } from './cache-key.ts';
import type { CacheModel } from './model.ts';
import { removes } from './references.ts';
import type { CacheNode, CacheRegion } from './region.ts';
import { allOf, type Source } from './sources.ts';

/** Populations beyond this get no table of rates: the prelude alone fills the cache with them. */
export const ratedLimit = 4_000_000;

/** What comes into a cache in one region, a second. */
export class Demand {
  /** References by name. */
  readonly finite = new Map<CacheKey, number>();
  /** Names that have never been used before. */
  readonly fresh = new Map<CacheKey, number>();
}

/** What comes into each region of a cache from all sources, at the rates of the first instant. */
export function demandOn(cache: CacheModel, sources: readonly Source[]): Map<CacheRegion, Demand> {
  const demands = new Map(cache.regions.map((region) => [region, new Demand()]));
  for (const { streams } of sources) {
    // A caller's names are new once, however many of its calls use them: the stream that uses most counts.
    const fresh = new Map<CacheKey, Map<CacheRegion, number>>();
    for (const { rate, callerRate, entries } of streams) {
      for (const { share, references } of entries.values()) {
        for (const { cache: asked, key, order, times, writes, loads } of allOf(references)) {
          // Without a write nothing comes in: a lookup that loads nothing, or a cache that is not filled.
          if (
            asked !== cache ||
            removes(writes) ||
            (writes === undefined && (!loads || cache.config.fill === 'none'))
          )
            continue;
          for (const region of writes === 'everywhere' ? order : order.slice(0, 1)) {
            const calls = rate * share * times;
            if (key.isFinite) add((demands.get(region) as Demand).finite, key, calls);
            else noteMost(fresh, key, region, Math.min(callerRate * share, calls));
          }
        }
      }
    }
    for (const [key, byRegion] of fresh) {
      for (const [region, rate] of byRegion) add((demands.get(region) as Demand).fresh, key, rate);
    }
  }
  return demands;
}

const add = (rates: Map<CacheKey, number>, key: CacheKey, rate: number) =>
  rates.set(key, (rates.get(key) ?? 0) + rate);

function noteMost(
  fresh: Map<CacheKey, Map<CacheRegion, number>>,
  key: CacheKey,
  region: CacheRegion,
  rate: number,
): void {
  const byRegion = fresh.get(key) ?? new Map<CacheRegion, number>();
  byRegion.set(region, Math.max(byRegion.get(region) ?? 0, rate));
  fresh.set(key, byRegion);
}

/** Entries of one name, the longest unused first. */
interface Residents extends SteadyEntries {
  readonly key: CacheKey;
}

/**
 * Fills a region as its steady state is, `before` seconds before the run: names of finite populations by the stationary
 * law of LRU under independent references; fresh names as they came, one after the other, never asked for again. What
 * does not fit pushes out what was used longest ago, or whom the policy chooses.
 *
 * Exact for an LRU of finite populations whose references are independent; else where a prelude begins.
 */
export function fillSteady(
  region: CacheRegion,
  demand: Demand,
  ttl: number,
  before: number,
  random: () => number,
): void {
  const columns = [
    ...[...demand.finite].flatMap(([key, rate]) => finiteResidents(region, key, rate, ttl, random)),
    ...[...demand.fresh].map(([key, rate]) => freshResidents(region, key, rate, ttl, random)),
  ];
  const ticks = (seconds: number) => Math.round(seconds * 1e9);
  for (const { key, number, age, expiresIn } of byAge(columns)) {
    region.keep(region.nodeOf(key, number), number, ticks(-before - age), ticks(-before + expiresIn));
  }
}

/** Merges columns, the longest unused first. */
function* byAge(columns: readonly Residents[]) {
  const places = columns.map(() => 0);
  for (;;) {
    let oldest = -1;
    for (let at = 0; at < columns.length; at += 1) {
      if (places[at] === columns[at].ages.length) continue;
      if (oldest < 0 || columns[at].ages[places[at]] > columns[oldest].ages[places[oldest]]) oldest = at;
    }
    if (oldest < 0) return;
    const { key, keys, ages, expiresIn } = columns[oldest];
    const place = places[oldest];
    places[oldest] += 1;
    yield { key, number: keys[place], age: ages[place], expiresIn: expiresIn[place] };
  }
}

function finiteResidents(
  region: CacheRegion,
  key: CacheKey,
  rate: number,
  ttl: number,
  random: () => number,
): Residents[] {
  if (key.count > ratedLimit) return [];
  const numbers = new Map<CacheNode, number[]>(region.nodes.map((node) => [node, []]));
  for (let index = 0; index < key.count; index += 1) {
    const number = key.offset + index;
    (numbers.get(region.nodeOf(key, number)) as number[]).push(number);
  }
  return [...numbers].map(([{ entries }, own]) => {
    const rates = Float64Array.from(own, (number) => rate * key.share(number - key.offset));
    const steady = steadyLru({ rates, entries, ttl }, random);
    return { ...steady, key, keys: steady.keys.map((place) => own[place]) };
  });
}

function freshResidents(
  region: CacheRegion,
  key: CacheKey,
  rate: number,
  ttl: number,
  random: () => number,
): Residents {
  const room = region.placement.entries;
  // Without a bound only time takes entries away; with one, those past their time stay until they are pushed out.
  const count = room < Number.POSITIVE_INFINITY ? room : Math.floor(rate * ttl);
  const keys = new Float64Array(count);
  const ages = new Float64Array(count);
  const expiresIn = new Float64Array(count);
  for (let at = 0; at < count; at += 1) {
    keys[at] = Math.floor(random() * 2 ** 53);
    ages[at] = (count - at - random()) / rate;
    expiresIn[at] = ttl - ages[at];
  }
  return { key, keys, ages, expiresIn };
}
