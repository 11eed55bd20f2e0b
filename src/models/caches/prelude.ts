import { CallLog } from './call-log.ts';
import { asksRemote } from './config.ts';
import type { CacheModel } from './model.ts';
import { isEverywhere, removes } from './references.ts';
import { allOf, type RunReference, type Source } from './sources.ts';
import { ratedLimit } from './steady-state.ts';

/**
 * Calls that a prelude has at most: about a second of computing. A session that is older has called since; only the age
 * of its entries is then understated.
 */
const mostCalls = 1_000_000;
/** Calls for each entry that a cache can hold, until it has forgotten how it was filled. */
const callsAnEntry = 20;
/** Counters of LFU lose 1 a minute: it takes many minutes until they say how often an entry is used. */
const lfuSeconds = 1800;

/**
 * How many seconds of calls before the run must be played to the caches: all that callers in mid-life have done, and,
 * where the stationary law of LRU is not a cache's own, enough to forget that it was filled by it.
 */
export function preludeSeconds(sources: readonly Source[], caches: readonly CacheModel[]): number {
  const told = sources.filter(({ past }) => past !== undefined);
  const streams = told.flatMap((source) => source.streams);
  const callRate = streams.reduce((sum, { rate }) => sum + rate, 0);
  if (callRate === 0) return 0;
  const memory = Math.max(...told.map(({ past }) => past?.memory ?? 0));
  const direct = streams.flatMap(({ entries }) =>
    [...entries.values()].flatMap(({ references }) => references),
  );
  const mixed = caches.filter((cache) => !isSteadyByLaw(cache, direct));
  const room = mixed.reduce((sum, cache) => sum + roomOf(cache), 0);
  const counting = mixed.some(({ config }) => config.policy === 'lfu') ? lfuSeconds : 0;
  return Math.min(mostCalls / callRate, Math.max(memory, counting, (callsAnEntry * room) / callRate));
}

/** Whether the stationary law of LRU under independent references is this cache's own. */
function isSteadyByLaw(cache: CacheModel, direct: readonly RunReference[]): boolean {
  const { config } = cache;
  const isLru = config.policy === 'lru' || (config.policy === 'ttl' && config.entries === undefined);
  const isAlone = !asksRemote(config) || cache.regions.length === 1;
  const isBehindAnother = direct.some(({ misses }) =>
    [...allOf(misses)].some((each) => each.cache === cache),
  );
  const plain = direct
    .filter((reference) => reference.cache === cache)
    .every(
      ({ writes, loads, key }) => writes === undefined && loads && (!key.isFinite || key.count <= ratedLimit),
    );
  return isLru && isAlone && !isBehindAnother && plain && config.fill !== 'none';
}

/** Entries that all regions of a cache can come to hold. */
function roomOf(cache: CacheModel): number {
  const names = cache.keys.all.reduce((sum, { count }) => sum + count, 0);
  return cache.regions.reduce((sum, { placement }) => sum + Math.min(placement.entries, names), 0);
}

/**
 * Plays the calls of the last `seconds` before the run to the caches, in order of time: each call is answered at once,
 * and nothing of it is measured. Its lookups, loads and writes are those of the run.
 */
export function playPrelude(
  sources: readonly Source[],
  seconds: number,
  keySlots: number,
  random: () => number,
): void {
  const log = new CallLog(keySlots);
  sources.forEach(({ past }, source) => {
    past?.pastCalls(seconds, (instant, origin, keys, isFirst) =>
      log.add(instant, 2 * source + (isFirst ? 0 : 1), origin, keys),
    );
  });
  log.inOrder(-seconds, (instant, stream, origin, keys) => {
    const now = Math.round(instant * 1e9);
    const { enter } = sources[stream >> 1].streamOf(stream % 2 === 0);
    for (const reference of enter(origin, random())) refer(reference, keys, now, random);
  });
}

function refer(reference: RunReference, keys: readonly number[], now: number, random: () => number): void {
  const whole = Math.floor(reference.times);
  const times = whole + (reference.times > whole && random() < reference.times - whole ? 1 : 0);
  for (let time = 0; time < times; time += 1) {
    if (reference.writes === undefined) lookUp(reference, keys, now, random);
    else writeTo(reference, keys, now);
  }
}

function lookUp(reference: RunReference, keys: readonly number[], now: number, random: () => number): void {
  const { cache, key, order, misses, loads } = reference;
  const number = key.numberOf(keys);
  if (Number.isNaN(number)) return;
  const home = order[0];
  const node = home.nodeOf(key, number);
  if (home.has(node, number, now)) return;
  let isFound = false;
  if (asksRemote(cache.config)) {
    const asksAll = cache.config.remote === 'parallel';
    for (let at = 1; at < order.length && (asksAll || !isFound); at += 1) {
      const isHere = order[at].has(order[at].nodeOf(key, number), number, now);
      isFound = isHere || isFound;
    }
  }
  if (!isFound) for (const each of misses) refer(each, keys, now, random);
  if (cache.config.fill !== 'none' && (isFound || loads)) home.keep(node, number, now);
}

function writeTo({ key, order, writes }: RunReference, keys: readonly number[], now: number): void {
  const number = key.numberOf(keys);
  if (Number.isNaN(number)) return;
  for (const region of isEverywhere(writes) ? order : order.slice(0, 1)) {
    const node = region.nodeOf(key, number);
    if (removes(writes)) region.remove(node, number, now);
    else region.keep(node, number, now);
  }
}
