import { type KeyPopulation, keysSection } from '../contracts/keys.ts';
import { type Network, networkSection } from '../contracts/network.ts';
import type { PastCaller } from '../contracts/past.ts';
import { type Router, routingSection } from '../contracts/router.ts';
import { Load, type Route, sharesOfCalls } from '../load.ts';
import type { Wiring } from '../wiring.ts';
import type { CacheKey } from './cache-key.ts';
import type { CacheModel } from './model.ts';
import { type CacheReference, referencesOf, type Writing } from './references.ts';
import type { CacheRegion } from './region.ts';

/** A reference with what it names in the run. */
export interface RunReference {
  readonly cache: CacheModel;
  readonly key: CacheKey;
  /** Regions of the cache in the order in which the caller's region asks them. */
  readonly order: readonly CacheRegion[];
  readonly times: number;
  readonly writes: Writing | undefined;
  readonly misses: readonly RunReference[];
  readonly loads: boolean;
}

/** What calls of one operation refer to, by the region that they enter. */
export interface Entry {
  readonly share: number;
  readonly references: readonly RunReference[];
}

/** Calls of one operation by one kind of callers, if they refer to caches. */
export interface Stream {
  /** Calls a second at the start of the run. */
  readonly rate: number;
  /** Callers a second who make such calls, each with names of its own. */
  readonly callerRate: number;
  readonly entries: ReadonlyMap<number, Entry>;
  /** What a call from a place refers to; a uniform draw decides where the routing leaves it open. */
  enter(origin: number, uniform: number): readonly RunReference[];
}

/** Callers whose calls refer to caches. */
export interface Source {
  /** undefined where they cannot tell what they did before the run. */
  readonly past: PastCaller | undefined;
  readonly streams: readonly Stream[];
  /** The stream of a caller's first call, and of its others. */
  streamOf(isFirst: boolean): Stream;
}

/** All callers who refer to caches, from the scenario and the routing of the run. */
export function sourcesOf(wiring: Wiring): Source[] {
  const load = new Load(wiring.design);
  return load.callers.flatMap(({ section, name, traffic }) => {
    const rate = traffic.rateAt(wiring.startAt);
    const callerRate = rate / traffic.callsPerCaller;
    const streams = sharesOfCalls(traffic).map(([operation, share]) => {
      const entries = entriesOf(wiring, load, operation, load.entries(traffic, operation, routeOf(wiring)));
      return { rate: rate * share, callerRate, entries, enter: entering(wiring, load, operation, entries) };
    });
    if (streams.every(({ entries }) => [...entries.values()].every(hasNone))) return [];
    const component = wiring.find<Partial<PastCaller>>(section, name);
    const [first, rest = first] = streams;
    return {
      past: component.pastCalls === undefined ? undefined : (component as PastCaller),
      streams,
      streamOf: (isFirst) => (isFirst ? first : rest),
    };
  });
}

const hasNone = ({ references }: Entry): boolean => references.length === 0;

/** Draws by which a routing is asked how it divides an origin's calls. */
const routingSamples = 256;

/** How the routing of the run divides the calls of an origin. */
function routeOf(wiring: Wiring): Route {
  const network = wiring.find<Network>(networkSection);
  const router = wiring.find<Router>(routingSection);
  return (origin, regions) => {
    // Who calls from a region (a consumer) stays there where it can; the routing is for callers outside.
    if (origin !== undefined && regions.includes(origin)) return { [origin]: 1 };
    const from = origin === undefined ? 0 : network.placeOf(origin);
    const candidates = regions.map((region) => network.placeOf(region));
    const shares: Record<string, number> = {};
    for (let sample = 0; sample < routingSamples; sample += 1) {
      const place = router.route(from, candidates, (sample + 0.5) / routingSamples);
      if (place < 0) continue;
      const region = network.placeNames[place];
      shares[region] = (shares[region] ?? 0) + 1 / routingSamples;
    }
    return shares;
  };
}

function entriesOf(
  wiring: Wiring,
  load: Load,
  operation: string,
  shares: Readonly<Record<string, number>>,
): Map<number, Entry> {
  const network = wiring.find<Network>(networkSection);
  return new Map(
    Object.entries(shares).map(([region, share]) => {
      const references = referencesOf(load, wiring.design, operation, region);
      return [network.placeOf(region), { share, references: inRun(wiring, references) }];
    }),
  );
}

function entering(
  wiring: Wiring,
  load: Load,
  operation: string,
  entries: ReadonlyMap<number, Entry>,
): Stream['enter'] {
  const network = wiring.find<Network>(networkSection);
  const router = wiring.find<Router>(routingSection);
  const candidates = (load.callable(operation)?.regions ?? []).map((region) => network.placeOf(region));
  return (origin, uniform) => entries.get(router.route(origin, candidates, uniform))?.references ?? [];
}

function inRun(wiring: Wiring, references: readonly CacheReference[]): RunReference[] {
  return references.map(({ cache: name, region, keys, times, writes, misses, loads }) => {
    const cache = wiring.find<CacheModel>('caches', name);
    const populations = (keys ?? []).map((key) => wiring.find<KeyPopulation>(keysSection, key));
    return {
      cache,
      key: cache.keys.of(populations),
      order: cache.orderFrom(cache.network.placeOf(region)),
      times,
      writes,
      misses: inRun(wiring, misses),
      loads,
    };
  });
}

/** References and all that are made when they miss. */
export function* allOf(references: readonly RunReference[]): Generator<RunReference> {
  for (const reference of references) {
    yield reference;
    yield* allOf(reference.misses);
  }
}
