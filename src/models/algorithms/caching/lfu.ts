/**
 * A bounded cache that gives up a seldom used entry, as Redis' allkeys-lfu does.
 *
 * Rule: a full store samples `samples` entries into the eviction pool and evicts the pool's lowest counter
 * (lfu-counter.ts, eviction-pool.ts).
 * Source: redis/redis 4f8cdc2a1, src/evict.c and redis.conf (maxmemory-samples 5, lfu-log-factor 10,
 * lfu-decay-time 1).
 * Differs: room is counted in entries, not bytes; samples are independent, where Redis walks neighbouring
 * hash buckets; minutes do not wrap after 45 days. Cost: `samples` draws an eviction, one a hit; 29 to 37
 * bytes an entry.
 */
import { type CacheStore, expired, hit, type Lookup, miss, nothingEvicted } from './cache-store.ts';
import { EvictionPool } from './eviction-pool.ts';
import { KeyIndex } from './key-index.ts';
import { counterAfterHit, decayedCounter, initialCounter } from './lfu-counter.ts';

export interface LfuOptions {
  /** Room, in entries; at least 1. */
  entries: number;
  /** Entries looked at for each eviction; default 5. */
  samples?: number;
  /** How slowly the counter saturates; default 10. */
  logFactor?: number;
  /** Minutes in which the counter loses 1; default 1, 0 for never. */
  decayMinutes?: number;
}

/** @param random uniform in [0, 1) */
export const lfu = (options: LfuOptions, random: () => number): LfuStore => new LfuStore(options, random);

const nanosecondsPerMinute = 60e9;

export class LfuStore implements CacheStore {
  private readonly entries: number;
  private readonly samples: number;
  private readonly logFactor: number;
  private readonly decayMinutes: number;
  private readonly random: () => number;
  private readonly index: KeyIndex;
  private readonly counters: Uint8Array;
  /** When each counter was last brought up to date. */
  private readonly minutes: Int32Array;
  private readonly pool = new EvictionPool();

  constructor(options: LfuOptions, random: () => number) {
    this.entries = options.entries;
    this.samples = options.samples ?? 5;
    this.logFactor = options.logFactor ?? 10;
    this.decayMinutes = options.decayMinutes ?? 1;
    this.random = random;
    this.index = new KeyIndex(this.entries);
    this.counters = new Uint8Array(this.entries);
    this.minutes = new Int32Array(this.entries);
  }

  get size(): number {
    return this.index.size;
  }

  /** The entry's counter as it stands at `now`, or −1. */
  counterOf(key: number, now: number): number {
    const entry = this.index.find(key);
    return entry < 0 ? -1 : this.counterAt(entry, minuteOf(now));
  }

  lookup(key: number, now: number): Lookup {
    const entry = this.index.find(key);
    if (entry < 0) return miss;
    if (now >= this.index.expiresAt[entry]) {
      this.drop(entry);
      return expired;
    }
    this.use(entry, minuteOf(now));
    return hit;
  }

  insert(key: number, now: number, expiresAt: number): number {
    const minute = minuteOf(now);
    let evicted = nothingEvicted;
    let entry = this.index.find(key);
    if (entry >= 0) {
      this.use(entry, minute);
    } else {
      if (this.index.size === this.entries) evicted = this.evict(minute);
      entry = this.index.add(key);
      this.counters[entry] = initialCounter;
      this.minutes[entry] = minute;
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
    this.drop(entry);
    return true;
  }

  clear(): void {
    this.index.clear();
    this.pool.clear();
  }

  private use(entry: number, minute: number): void {
    const counter = this.counterAt(entry, minute);
    this.counters[entry] = counterAfterHit(counter, this.logFactor, this.random());
    this.minutes[entry] = minute;
  }

  private counterAt(entry: number, minute: number): number {
    return decayedCounter(this.counters[entry], minute - this.minutes[entry], this.decayMinutes);
  }

  private evict(minute: number): number {
    for (;;) {
      for (let sample = 0; sample < this.samples; sample++) {
        const entry = Math.floor(this.random() * this.index.size);
        this.pool.offer(this.index.keys[entry], -this.counterAt(entry, minute));
      }
      const entry = this.pool.takeStored(this.index);
      if (entry < 0) continue;
      const key = this.index.keys[entry];
      this.drop(entry);
      return key;
    }
  }

  private drop(entry: number): void {
    this.index.remove(entry);
    const moved = this.index.size;
    this.counters[entry] = this.counters[moved];
    this.minutes[entry] = this.minutes[moved];
  }
}

const minuteOf = (now: number): number => Math.floor(now / nanosecondsPerMinute);
