import type { MeterFamily, Scope } from '../../metrics/index.ts';
import { definitionsOf, familyOf, meterSet } from '../meters.ts';
import { type CacheConfig, placements } from './config.ts';

/** The same for a cache as a whole and for each region; hits and latency belong to the region that asked. */
export const cacheMeters = meterSet({
  hitRatio: {
    kind: 'share',
    unit: 'ratio',
    better: 'higher',
    about: 'Lookups that found their entry, here or in another region, over lookups.',
  },
  localHitRatio: {
    kind: 'ratio',
    unit: 'ratio',
    better: 'higher',
    about: 'Lookups that found their entry in the caller’s region, over lookups.',
  },
  remoteHitRatio: {
    kind: 'ratio',
    unit: 'ratio',
    better: 'neither',
    about: 'Lookups that found their entry in another region only, over lookups.',
  },
  lookups: { kind: 'counter', unit: 'count', better: 'neither', about: 'Lookups that callers made.' },
  loads: {
    kind: 'counter',
    unit: 'count',
    better: 'lower',
    about: 'Lookups that found their entry nowhere and had to load it.',
  },
  singleFlightJoins: {
    kind: 'counter',
    unit: 'count',
    better: 'neither',
    about: 'Lookups that missed and waited for the load of another one.',
  },
  timeouts: {
    kind: 'counter',
    unit: 'count',
    better: 'lower',
    about:
      'Lookups and writes of callers here that a node, here or elsewhere, did not answer within client.timeout (or connectTimeout).',
  },
  notPermitted: {
    kind: 'counter',
    unit: 'count',
    better: 'lower',
    about: 'Lookups and writes of callers here that a circuit breaker did not let through.',
  },
  staleReads: {
    kind: 'counter',
    unit: 'count',
    better: 'lower',
    about:
      'Lookups that found an entry which lacks a write that had been acknowledged: before the step `invalidate` or `put` that follows it.',
  },
  staleRatio: {
    kind: 'ratio',
    unit: 'ratio',
    better: 'lower',
    about: 'Stale reads over lookups.',
  },
  staleness: {
    kind: 'histogram',
    unit: 'duration',
    better: 'lower',
    about:
      'Of a stale read: how long ago the first write that its entry lacks had been acknowledged. The time to live bounds it.',
  },
  invalidations: {
    kind: 'counter',
    unit: 'count',
    better: 'neither',
    about: 'Messages from callers here to the other regions that an entry is no longer true.',
  },
  lostInvalidations: {
    kind: 'counter',
    unit: 'count',
    better: 'lower',
    about: 'Of those, what never arrived: sent by pub-sub while nothing passed the link.',
  },
  evictions: {
    kind: 'counter',
    unit: 'count',
    better: 'lower',
    about: 'Entries that left because the cache was full.',
  },
  expirations: {
    kind: 'counter',
    unit: 'count',
    better: 'lower',
    about: 'Entries found past their time to live and removed.',
  },
  entries: {
    kind: 'level',
    unit: 'count',
    better: 'neither',
    about: 'Entries that take up room, those past their time to live that nobody has looked at included.',
  },
  latency: {
    kind: 'histogram',
    unit: 'duration',
    better: 'lower',
    about: 'From a lookup to its answer, hit or miss, other regions included; loading and filling left out.',
  },
  utilization: {
    kind: 'ratio',
    unit: 'ratio',
    better: 'lower',
    about: 'Time that the nodes’ threads are busy over time there.',
  },
});

export const cacheScopes = (name: string, config: CacheConfig, regions: readonly string[]): Scope[] => [
  { path: ['caches', name], meters: definitionsOf(cacheMeters) },
  ...placements(config, regions).map(({ region }) => ({
    path: ['caches', name, 'in', region],
    meters: definitionsOf(cacheMeters),
  })),
];

export const cacheFamilies: readonly MeterFamily[] = [
  familyOf('caches.<cache>', cacheMeters),
  familyOf('caches.<cache>.in.<region>', cacheMeters),
];
