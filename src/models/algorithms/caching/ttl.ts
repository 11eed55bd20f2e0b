/**
 * A cache that keeps entries until they expire: unbounded; or bounded, refusing what does not fit (Redis'
 * noeviction), or giving up what expires soonest (Redis' volatile-ttl).
 *
 * Rule: expiry on lookup, and each insert looks at four more entries in turn and sweeps out the expired:
 * under steady traffic at most a third of all entries are then dead ones (a round of n entries takes n/3
 * inserts), and memory does not grow with time.
 * Source: redis/redis 4f8cdc2a1, src/evict.c (volatile-ttl: 5 samples, the pool of 16, by expiry) and
 * src/expire.c.
 * Differs: the sweep goes with the inserts, where Redis samples by timer; volatile-ttl also takes entries
 * that never expire, when it samples nothing else; room is counted in entries. Cost: constant; 24 to 32 bytes
 * an entry.
 */
import { type CacheStore, expired, hit, type Lookup, miss, nothingEvicted } from './cache-store.ts';
import { EvictionPool } from './eviction-pool.ts';
import { KeyIndex } from './key-index.ts';

export type TtlOptions =
  | { entries?: undefined }
  | {
      /** Room, in entries; at least 1. */
      entries: number;
      whenFull: 'noeviction' | 'volatile-ttl';
      /** Entries looked at for each eviction; default 5. */
      samples?: number;
    };

/** @param random uniform in [0, 1); drawn from under volatile-ttl only */
export const ttl = (options: TtlOptions, random: () => number): TtlStore => new TtlStore(options, random);

const sweptAnInsert = 4;

export class TtlStore implements CacheStore {
  private readonly entries: number;
  private readonly evicts: boolean;
  private readonly samples: number;
  private readonly random: () => number;
  private readonly index: KeyIndex;
  private sweepAt = 0;
  private readonly pool = new EvictionPool();

  constructor(options: TtlOptions, random: () => number) {
    const bounded = options.entries !== undefined;
    this.entries = bounded ? options.entries : Number.POSITIVE_INFINITY;
    this.evicts = bounded && options.whenFull === 'volatile-ttl';
    this.samples = (bounded && options.samples) || 5;
    this.random = random;
    const capacity = bounded ? options.entries : 1024;
    this.index = new KeyIndex(capacity);
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

  insert(key: number, now: number, expiresAt: number): number {
    this.sweep(now);
    let evicted = nothingEvicted;
    let entry = this.index.find(key);
    if (entry < 0) {
      if (this.index.size >= this.entries) {
        if (!this.evicts) return key;
        evicted = this.evict();
      }
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
    this.pool.clear();
    this.sweepAt = 0;
  }

  private sweep(now: number): void {
    for (let looked = 0; looked < sweptAnInsert && this.index.size > 0; looked++) {
      if (this.sweepAt >= this.index.size) this.sweepAt = 0;
      if (now < this.index.expiresAt[this.sweepAt]) this.sweepAt++;
      else this.index.remove(this.sweepAt);
    }
  }

  private evict(): number {
    for (;;) {
      for (let sample = 0; sample < this.samples; sample++) {
        const entry = Math.floor(this.random() * this.index.size);
        this.pool.offer(this.index.keys[entry], -this.index.expiresAt[entry]);
      }
      const entry = this.pool.takeStored(this.index);
      if (entry < 0) continue;
      const key = this.index.keys[entry];
      this.index.remove(entry);
      return key;
    }
  }
}
