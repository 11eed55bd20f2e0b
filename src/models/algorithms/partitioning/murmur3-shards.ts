/**
 * Sharding by MurmurHash3.
 *
 * Rule: MurmurHash3 x86_32 of the UTF-8 bytes, seed 0, unsigned, modulo n. Cost: O(length).
 */
import { murmur3 } from './murmur3.ts';
import { type ShardFunction, type ShardOptions, shardCount } from './shard-function.ts';
import { utf8 } from './utf8.ts';

/** Shards by MurmurHash3 modulo n: changing n moves nearly all keys. */
export function murmur3Shards({ count }: Pick<ShardOptions, 'count'>): ShardFunction {
  shardCount(count);
  return (key) => murmur3(utf8(key)) % count;
}
