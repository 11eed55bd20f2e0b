/**
 * Sharding by ranges of keys: neighbours stay together, and a hot range stays hot.
 *
 * Rule: shard i holds the keys from boundary i − 1 (included) to boundary i (not included); the boundaries
 * are given, or split a sample of keys into equal parts.
 * Source: the half-open ranges of PostgreSQL 15 (FOR VALUES FROM … TO) and of CockroachDB's and HBase's key
 * spaces.
 * Differs: strings compare by their UTF-8 bytes (PostgreSQL's collation "C"), never by a locale.
 * Cost: log₂ n comparisons a key.
 */
import { type Integer64, integer64, isSigned64 } from './integer64.ts';
import {
  InvalidShardOptions,
  type ShardFunction,
  type ShardOptions,
  shardCount,
  UnplaceableKey,
} from './shard-function.ts';

/** `bytes`: strings by their UTF-8 bytes ("10" before "9"); `integer`: signed integers of 64 bits by value. */
export type KeyOrder = 'bytes' | 'integer';

export interface RangeOptions {
  count: ShardOptions['count'];
  /** count − 1 boundaries, ascending. Without them, `sample` sets them. */
  boundaries?: readonly string[];
  /** Keys in any order; at least as many different ones as there are shards. */
  sample?: readonly string[];
  /** Default: bytes. */
  order?: KeyOrder;
}

/** Shards by range. The function throws UnplaceableKey for a key that is no integer where integers are ordered. */
export function rangeShards(options: RangeOptions): ShardFunction {
  return options.order === 'integer'
    ? shardsOf(options, signedInteger, compareIntegers)
    : shardsOf(options, (key) => key, compareBytes);
}

/** The boundaries that split the keys into `count` parts which differ by one key at most. */
export function evenBoundaries(sorted: readonly string[], count: number): string[] {
  if (count > 1 && sorted.length < count) {
    throw new InvalidShardOptions(
      `${count} ranges need ${count} different keys to split, not ${sorted.length}`,
    );
  }
  return Array.from(
    { length: count - 1 },
    (_, shard) => sorted[Math.floor(((shard + 1) * sorted.length) / count)],
  );
}

/** The order of two strings' UTF-8 bytes, which is that of their code points; negative if `left` comes first. */
export function compareBytes(left: string, right: string): number {
  const shorter = Math.min(left.length, right.length);
  for (let at = 0; at < shorter; at++) {
    const difference = left.charCodeAt(at) - right.charCodeAt(at);
    if (difference !== 0) return codePointRank(left.charCodeAt(at)) - codePointRank(right.charCodeAt(at));
  }
  return left.length - right.length;
}

function shardsOf<Key>(
  { count, boundaries, sample }: RangeOptions,
  read: (key: string) => Key,
  compare: (left: Key, right: Key) => number,
): ShardFunction {
  shardCount(count);
  const inOrder = (keys: readonly string[]) =>
    [...new Set(keys)].sort((left, right) => compare(read(left), read(right)));
  const ends = boundaries ? boundaries.map(read) : evenBoundaries(inOrder(sample ?? []), count).map(read);
  if (ends.length !== count - 1) {
    throw new InvalidShardOptions(`${count} ranges have ${count - 1} boundaries, not ${ends.length}`);
  }
  if (ends.some((end, index) => index > 0 && compare(ends[index - 1], end) >= 0)) {
    throw new InvalidShardOptions('the boundaries must ascend');
  }
  return (key) => {
    const value = read(key);
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compare(ends[middle], value) <= 0) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

/** UTF-16 puts surrogates (code points above 0xffff) below 0xe000…0xffff; UTF-8 above. */
function codePointRank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}

function signedInteger(key: string): Integer64 {
  const value = integer64(key);
  if (value && isSigned64(value)) return value;
  throw new UnplaceableKey(key, 'range', 'integers of 64 bits when their order is integer');
}

function compareIntegers(left: Integer64, right: Integer64): number {
  return (left.high | 0) - (right.high | 0) || (left.low >>> 0) - (right.low >>> 0);
}
