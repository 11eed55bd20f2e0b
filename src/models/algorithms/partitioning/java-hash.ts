/**
 * Sharding by Java's hashCode, as `Math.abs(key.hashCode()) % shards`.
 *
 * Rule: String: h = 31·h + UTF-16 unit in 32 bits; Long and UUID: the xor of their 32-bit words; then abs,
 * then %.
 * Source: OpenJDK 17.0.15, java.lang.String, Long, Math, java.util.UUID.
 * Differs: nothing, also not where it hurts: Math.abs(Integer.MIN_VALUE) is Integer.MIN_VALUE, so such a key
 * goes to a negative shard, which does not exist (10 shards: −8). Callers count the operation as failed.
 * Cost: one multiplication a UTF-16 unit.
 */
import { integer64, isSigned64 } from './integer64.ts';
import { type ShardFunction, type ShardOptions, shardCount, UnplaceableKey } from './shard-function.ts';
import { uuidBytes } from './uuid-bytes.ts';
import type { Word64 } from './word64.ts';

/** The Java type of the key that is hashed. */
export type JavaKeyType = 'string' | 'long' | 'uuid';

/** `Math.abs(h) % n`, `h % n`, `Math.floorMod(h, n)`, or `(h & 0x7fffffff) % n`: they place negative hashes apart. */
export type JavaModulo = 'abs' | 'remainder' | 'floor' | 'mask';

export interface JavaHashOptions {
  count: ShardOptions['count'];
  /** Default: string. */
  type?: JavaKeyType;
  /** Default: abs. */
  modulo?: JavaModulo;
}

const MIN_VALUE = -0x80000000;

/** String.hashCode, signed 32 bits. */
export function javaHash(text: string): number {
  let hash = 0;
  for (let at = 0; at < text.length; at++) hash = (Math.imul(31, hash) + text.charCodeAt(at)) | 0;
  return hash;
}

/** Long.hashCode, signed 32 bits. */
export function javaLongHash({ high, low }: Word64): number {
  return high ^ low;
}

/** UUID.hashCode of its sixteen bytes, signed 32 bits. */
export function javaUuidHash(bytes: Uint8Array): number {
  let hash = 0;
  for (let at = 0; at < 16; at++) hash ^= bytes[at] << (8 * (3 - (at & 3)));
  return hash;
}

/** The place of a signed hash among `count`; below zero where Java's answer is. */
export function javaPlace(hash: number, count: number, modulo: JavaModulo = 'abs'): number {
  if (modulo === 'mask') return (hash & 0x7fffffff) % count;
  // `| 0` because JavaScript's remainder of a negative number can be −0.
  const remainder = ((modulo === 'abs' && hash !== MIN_VALUE ? Math.abs(hash) : hash) % count) | 0;
  return modulo === 'floor' && remainder < 0 ? remainder + count : remainder;
}

/** Shards by hashCode. The function throws UnplaceableKey where the key is not of the type. */
export function javaHashShards({ count, type = 'string', modulo = 'abs' }: JavaHashOptions): ShardFunction {
  shardCount(count);
  const hash = HASHES[type];
  return (key) => javaPlace(hash(key), count, modulo);
}

const HASHES: Record<JavaKeyType, (key: string) => number> = {
  string: javaHash,
  long(key) {
    const value = integer64(key);
    if (value && isSigned64(value)) return javaLongHash(value);
    throw new UnplaceableKey(key, 'java-hash', 'integers of 64 bits when its type is long');
  },
  uuid(key) {
    const bytes = uuidBytes(key);
    if (bytes) return javaUuidHash(bytes);
    throw new UnplaceableKey(key, 'java-hash', 'UUIDs when its type is uuid');
  },
};
