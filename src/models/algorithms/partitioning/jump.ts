/**
 * Jump consistent hashing: growing from n to n + 1 shards moves 1/(n + 1) of the keys, all of them to the new
 * shard.
 *
 * Rule: key = key·2862933555777941757 + 1 mod 2⁶⁴; the next jump is ⌊(b + 1)·2³¹ / ((key >> 33) + 1)⌋; the
 * last jump below n is the shard.
 * Source: Lamping and Veach, 2014 (arXiv 1406.2294); dgryski/go-jump; lithammer/go-jump-consistent-hash,
 * whose string hashers are the two here. Differs: two 32-bit halves instead of one word. Cost: about ln n
 * steps after the hash.
 */
import { crc64 } from './crc64.ts';
import { fnv1a64 } from './fnv1a64.ts';
import { type ShardFunction, type ShardOptions, shardCount } from './shard-function.ts';
import { utf8 } from './utf8.ts';
import { upperProduct, type Word64, wordOfBigint } from './word64.ts';

/** What turns a string into the 64 bits that jump. */
export type JumpHash = 'fnv1a64' | 'crc64';

export interface JumpOptions {
  count: ShardOptions['count'];
  /** Default: fnv1a64. */
  hash?: JumpHash;
}

const MULTIPLIER_HIGH = 0x27bb2ee6;
const MULTIPLIER_LOW = 0x87b0b0fd;
const HASHES: Record<JumpHash, (bytes: Uint8Array) => Word64> = { fnv1a64, crc64 };

/** The bucket, 0…count−1, of a 64-bit key. */
export function jump(key: bigint, count: number): number {
  return jumpWord(wordOfBigint(key), count);
}

/** The bucket, 0…count−1, of a 64-bit key given as a word. */
export function jumpWord(key: Word64, count: number): number {
  let { high, low } = key;
  let bucket = 0;
  let next = 0;
  while (next < count) {
    bucket = next;
    high =
      (upperProduct(low, MULTIPLIER_LOW) +
        Math.imul(low, MULTIPLIER_HIGH) +
        Math.imul(high, MULTIPLIER_LOW)) |
      0;
    low = (Math.imul(low, MULTIPLIER_LOW) + 1) | 0;
    if (low === 0) high = (high + 1) | 0;
    next = Math.floor((bucket + 1) * (0x80000000 / ((high >>> 1) + 1)));
  }
  return bucket;
}

/** Shards by jump hashing of the string's hash. */
export function jumpShards({ count, hash = 'fnv1a64' }: JumpOptions): ShardFunction {
  shardCount(count);
  const hashOf = HASHES[hash];
  return (key) => jumpWord(hashOf(utf8(key)), count);
}
