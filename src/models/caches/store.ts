import type { CacheStore } from '../algorithms/caching/cache-store.ts';
import { lfu } from '../algorithms/caching/lfu.ts';
import { lru } from '../algorithms/caching/lru.ts';
import { randomEviction } from '../algorithms/caching/random-eviction.ts';
import { ttl } from '../algorithms/caching/ttl.ts';
import type { Policy } from './config.ts';

/** @param entries room; Infinity only where the policy is ttl */
export function storeOf(policy: Policy, entries: number, random: () => number): CacheStore {
  switch (policy) {
    case 'lru':
      return lru({ entries });
    case 'lfu':
      return lfu({ entries }, random);
    case 'random':
      return randomEviction({ entries }, random);
    case 'ttl':
      return ttl(entries < Number.POSITIVE_INFINITY ? { entries, whenFull: 'volatile-ttl' } : {}, random);
  }
}
