/**
 * Vitess' `hash` vindex.
 *
 * Rule: keyspace id = DES under the zero key of the id as 64 bits; a shard `lo-hi` holds lo ≤ keyspace id <
 * hi; n shards split the first byte (two bytes above 256 shards) at ⌊i·256/n⌋: 10 shards are -19, 19-33,
 * 33-4c, …, e6-.
 * Source: vitessio/vitess 007744e2, go/vt/vtgate/vindexes/hash.go, vhash; GenerateShardRanges and its test in
 * go/vt/key.
 * Differs: nothing. Cost: 128 look-ups and log₂ n comparisons a key.
 */
import { desNullKey } from './des-null-key.ts';
import { integer64 } from './integer64.ts';
import {
  InvalidShardOptions,
  type ShardFunction,
  type ShardOptions,
  shardCount,
  UnplaceableKey,
} from './shard-function.ts';
import type { Word64 } from './word64.ts';

export interface VitessOptions {
  count: ShardOptions['count'];
  /** Where each shard but the last ends, in hexadecimal: ['40', '80'] is -40, 40-80, 80-. Default: an equal split. */
  boundaries?: readonly string[];
}

/** The keyspace id of an integer id; a signed one counts as unsigned. */
export const vitessKeyspaceId: (id: Word64) => Word64 = desNullKey;

/** The boundaries between `count` equal shards, in hexadecimal. */
export function vitessBoundaries(count: number): string[] {
  const digits = shardCount(count, 0x10000) <= 256 ? 2 : 4;
  const size = 16 ** digits / count;
  return Array.from({ length: count - 1 }, (_, shard) =>
    Math.floor((shard + 1) * size)
      .toString(16)
      .padStart(digits, '0'),
  );
}

/** The names of the shards between the boundaries: -80, 80-. */
export function vitessShardNames(boundaries: readonly string[]): string[] {
  return ['', ...boundaries].map((start, shard) => `${start}-${boundaries[shard] ?? ''}`);
}

/** Shards by keyspace id. The function throws UnplaceableKey for a key that is no integer of 64 bits. */
export function vitessShards({ count, boundaries = vitessBoundaries(count) }: VitessOptions): ShardFunction {
  if (shardCount(count) !== boundaries.length + 1) {
    throw new InvalidShardOptions(`${count} shards have ${count - 1} boundaries, not ${boundaries.length}`);
  }
  const ends = boundaries.map(readBoundary);
  if (ends.some((end, index) => index > 0 && !isBelow(ends[index - 1], end))) {
    throw new InvalidShardOptions('the boundaries must ascend');
  }
  return (key) => {
    const id = integer64(key);
    if (!id) throw new UnplaceableKey(key, 'vitess', 'integers from -2^63 to 2^64-1');
    const keyspaceId = vitessKeyspaceId(id);
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isBelow(keyspaceId, ends[middle])) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}

/** A boundary as the first bytes of a keyspace id: the rest of it is zero. */
function readBoundary(boundary: string): Word64 {
  if (!/^[0-9a-f]{1,16}$/i.test(boundary)) {
    throw new InvalidShardOptions(`'${boundary}' is not a boundary: it takes 1 to 16 hexadecimal digits`);
  }
  const digits = boundary.padEnd(16, '0');
  return { high: Number.parseInt(digits.slice(0, 8), 16), low: Number.parseInt(digits.slice(8), 16) };
}

function isBelow(left: Word64, right: Word64): boolean {
  const leftHigh = left.high >>> 0;
  const rightHigh = right.high >>> 0;
  return leftHigh < rightHigh || (leftHigh === rightHigh && left.low >>> 0 < right.low >>> 0);
}
