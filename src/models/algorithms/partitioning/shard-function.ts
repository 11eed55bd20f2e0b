/**
 * What every shard function shares: its shape, its options, and the two ways in which it refuses.
 */
import type { JavaKeyType, JavaModulo } from './java-hash.ts';
import type { JumpHash } from './jump.ts';
import type { PostgresKeyType } from './postgres.ts';
import type { KeyOrder } from './range.ts';

/** Where a key lives: a shard's number, 0…count−1 (java-hash can answer with one that does not exist). */
export type ShardFunction = (key: string) => number;

/** The options of all shard functions together: each takes `count` and those that its entry in the index names. */
export interface ShardOptions {
  /** Shards (n). */
  count: number;
  /** Names of the shards by number, where names are hashed. Default: shard-0, shard-1, … */
  names?: readonly string[];
  /** Weights of the shards by number, positive. Default: equal. */
  weights?: readonly number[];
  /** Where each shard but the last ends, not included. */
  boundaries?: readonly string[];
  /** Keys whose even split sets the boundaries. */
  sample?: readonly string[];
  /** How keys compare. */
  order?: KeyOrder;
  /** What type of key is hashed. */
  type?: JavaKeyType | PostgresKeyType;
  /** How a signed hash becomes a shard. */
  modulo?: JavaModulo;
  /** The hash below. */
  hash?: JumpHash;
}

/** Thrown for a key that a function cannot take, such as a word by a function of integers. */
export class UnplaceableKey extends Error {
  override readonly name = 'UnplaceableKey';
  readonly key: string;
  /** What the function takes instead. */
  readonly expected: string;

  constructor(key: string, functionName: string, expected: string) {
    super(`${functionName} cannot place the key '${key}': it takes ${expected}`);
    this.key = key;
    this.expected = expected;
  }
}

/** Thrown while a function is made, for options that no shard function can be made of. */
export class InvalidShardOptions extends Error {
  override readonly name = 'InvalidShardOptions';
}

/** The number of shards, checked: a positive integer up to `limit`. */
export function shardCount(count: number, limit = 0x7fffffff): number {
  if (Number.isInteger(count) && count >= 1 && count <= limit) return count;
  throw new InvalidShardOptions(`the number of shards must be an integer from 1 to ${limit}, not ${count}`);
}

/** The names of the shards, checked: one each, all different; shard-0, shard-1, … if none are given. */
export function shardNames({ count, names }: Pick<ShardOptions, 'count' | 'names'>): readonly string[] {
  shardCount(count);
  if (names === undefined) return Array.from({ length: count }, (_, shard) => `shard-${shard}`);
  if (names.length !== count) throw new InvalidShardOptions(`${count} shards, but ${names.length} names`);
  if (new Set(names).size < count) throw new InvalidShardOptions('two shards have the same name');
  return names;
}
