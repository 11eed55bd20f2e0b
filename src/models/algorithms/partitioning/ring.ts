/**
 * The ketama ring: consistent hashing with 160 points a shard.
 *
 * Rule: MD5 of `name-0`, `name-1`, … gives four points each, 40 of them to a shard of mean weight; a key
 * belongs to the first point at or after the first four bytes (little-endian) of its MD5, wrapping.
 * Source: RJ/ketama 18cf9a7, libketama/ketama.c. Differs: two shards on one point are ordered by number (C's
 * qsort leaves that open). Like the original it computes shares in single precision, so that 61 equal shards
 * (and 122) get 156 points each. Cost: one MD5 and log₂(160·n) comparisons a key.
 */
import { md5 } from './md5.ts';
import { InvalidShardOptions, type ShardFunction, type ShardOptions, shardNames } from './shard-function.ts';
import { utf8 } from './utf8.ts';

const DIGESTS_PER_SHARD = 40;
/** Room for the shard's number below a 32-bit point in one double: points sort as plain numbers. */
const SHARD_ROOM = 2 ** 20;

export interface Ring {
  /** Points on the circle, ascending, unsigned 32 bits. */
  readonly points: Uint32Array;
  /** The shard of each point. */
  readonly owners: Int32Array;
}

export type RingOptions = Pick<ShardOptions, 'count' | 'names' | 'weights'>;

/** The ring of the shards. Throws InvalidShardOptions if a weight is not positive. */
export function ring(options: RingOptions): Ring {
  const names = shardNames(options);
  const weights = options.weights ?? names.map(() => 1);
  if (names.length > SHARD_ROOM) throw new InvalidShardOptions(`a ring holds at most ${SHARD_ROOM} shards`);
  if (weights.length !== names.length || !weights.every((weight) => weight > 0 && weight < Infinity)) {
    throw new InvalidShardOptions('a ring needs one positive weight for each shard');
  }
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const placed: number[] = [];
  names.forEach((name, shard) => {
    const share = Math.fround(Math.fround(weights[shard]) / Math.fround(total));
    const digests = Math.floor(Math.fround(share * DIGESTS_PER_SHARD * names.length));
    for (let index = 0; index < digests; index++) {
      for (const point of md5(utf8(`${name}-${index}`))) placed.push(point * SHARD_ROOM + shard);
    }
  });
  const sorted = Float64Array.from(placed).sort();
  return {
    points: Uint32Array.from(sorted, (entry) => Math.floor(entry / SHARD_ROOM)),
    owners: Int32Array.from(sorted, (entry) => entry % SHARD_ROOM),
  };
}

/** Where a key falls on the circle, unsigned 32 bits. */
export function ringHash(key: string): number {
  return md5(utf8(key))[0];
}

/** The index of the first point at or after `hash`, or 0 past the last one. */
export function ringPosition({ points }: Ring, hash: number): number {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (points[middle] < hash) low = middle + 1;
    else high = middle;
  }
  return low === points.length ? 0 : low;
}

/** Shards by their points on a ketama ring. */
export function ringShards(options: RingOptions): ShardFunction {
  const circle = ring(options);
  return (key) => circle.owners[ringPosition(circle, ringHash(key))];
}
