/**
 * What every cache store answers. Keys are whole numbers from 0 to 2⁵³ − 1; instants are integer nanoseconds
 * of one clock that does not go back; an entry lives while now < expiresAt, and Infinity never expires.
 * Expiry is lazy: an expired entry keeps its room until it is looked up, evicted, or (ttl.ts) swept.
 */
export interface CacheStore {
  /** 0 miss, 1 hit, 2 found but expired (which removes it). A hit counts as a use. */
  lookup(key: number, now: number): Lookup;
  /**
   * Puts a key in, or renews one that is there (which counts as a use). Answers with the key that had to
   * leave, or −1; the key itself, where a full store refuses it.
   */
  insert(key: number, now: number, expiresAt: number): number;
  /** Whether a key takes up room, expired or not; counts as no use. */
  holds(key: number): boolean;
  /** Takes a key out; whether it was there. */
  remove(key: number): boolean;
  /** Entries that take up room, expired ones included. */
  readonly size: number;
  clear(): void;
}

export type Lookup = typeof miss | typeof hit | typeof expired;
export const miss = 0;
export const hit = 1;
export const expired = 2;

/** Where no key had to leave. */
export const nothingEvicted = -1;
