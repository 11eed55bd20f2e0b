/**
 * A bounded cache that gives up any entry with equal chance, as Redis' allkeys-random does.
 *
 * Rule: a full store evicts entry ⌊u · size⌋.
 * Source: redis/redis 4f8cdc2a1, src/evict.c. Differs: truly uniform, where Redis favours keys alone in their
 * bucket.
 * Cost: one draw an eviction; 24 to 32 bytes an entry.
 */
import { type CacheStore, expired, hit, type Lookup, miss, nothingEvicted } from './cache-store.ts';
import { KeyIndex } from './key-index.ts';

export interface RandomEvictionOptions {
  /** Room, in entries; at least 1. */
  entries: number;
}

/** @param random uniform in [0, 1) */
export const randomEviction = (options: RandomEvictionOptions, random: () => number): RandomEvictionStore =>
  new RandomEvictionStore(options.entries, random);

export class RandomEvictionStore implements CacheStore {
  private readonly entries: number;
  private readonly random: () => number;
  private readonly index: KeyIndex;

  constructor(entries: number, random: () => number) {
    this.entries = entries;
    this.random = random;
    this.index = new KeyIndex(entries);
  }

  get size(): number {
    return this.index.size;
  }

  lookup(key: number, now: number): Lookup {
    const entry = this.index.find(key);
    if (entry < 0) return miss;
    if (now < this.index.expiresAt[entry]) return hit;
    this.index.remove(entry);
    return expired;
  }

  insert(key: number, _now: number, expiresAt: number): number {
    let evicted = nothingEvicted;
    let entry = this.index.find(key);
    if (entry < 0 && this.index.size === this.entries) {
      entry = Math.floor(this.random() * this.entries);
      evicted = this.index.keys[entry];
      this.index.replace(entry, key);
    } else if (entry < 0) {
      entry = this.index.add(key);
    }
    this.index.expiresAt[entry] = expiresAt;
    return evicted;
  }

  holds(key: number): boolean {
    return this.index.find(key) >= 0;
  }

  remove(key: number): boolean {
    const entry = this.index.find(key);
    if (entry < 0) return false;
    this.index.remove(entry);
    return true;
  }

  clear(): void {
    this.index.clear();
  }
}
