/**
 * Redis Cluster: 16384 slots, dealt to the shards in contiguous ranges.
 *
 * Rule: slot = CRC-16/XMODEM(key) mod 16384, over the hash tag alone if the first `{` has a `}` after it with
 * at least one byte between; shard i gets the slots up to round((i + 1)·16384/n − 1), computed in single
 * precision.
 * Source: Redis 7.0.15, src/cluster.c keyHashSlot; src/redis-cli.c clusterManagerCommandCreate (`--cluster
 * create`).
 * Differs: fewer than redis-cli's three masters are allowed. Cost: O(length).
 */
import { crc16 } from './crc16.ts';
import { type ShardFunction, type ShardOptions, shardCount } from './shard-function.ts';
import { utf8 } from './utf8.ts';

const SLOTS = 16384;
const OPEN = 0x7b;
const CLOSE = 0x7d;

/** The slot, 0…16383, of the key with these bytes. */
export function redisSlot(bytes: Uint8Array): number {
  const open = bytes.indexOf(OPEN);
  const close = open < 0 ? -1 : bytes.indexOf(CLOSE, open + 1);
  return (close > open + 1 ? crc16(bytes, open + 1, close) : crc16(bytes)) % SLOTS;
}

/** The shard of each slot. */
export function redisSlotOwners(count: number): Uint16Array {
  shardCount(count, SLOTS);
  const owners = new Uint16Array(SLOTS);
  const slotsPerShard = Math.fround(SLOTS / count);
  let first = 0;
  let cursor = 0;
  for (let shard = 0; shard < count; shard++) {
    const end = Math.fround(Math.fround(cursor + slotsPerShard) - 1);
    // C's lround rounds halves away from zero, which is up here.
    const last = shard === count - 1 ? SLOTS - 1 : Math.max(first, Math.floor(end + 0.5));
    owners.fill(shard, first, last + 1);
    first = last + 1;
    cursor = Math.fround(cursor + slotsPerShard);
  }
  return owners;
}

/** Shards by the slots of a fresh Redis Cluster. */
export function crc16SlotShards({ count }: Pick<ShardOptions, 'count'>): ShardFunction {
  const owners = redisSlotOwners(count);
  return (key) => owners[redisSlot(utf8(key))];
}
