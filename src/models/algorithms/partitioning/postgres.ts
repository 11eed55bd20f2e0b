/**
 * PostgreSQL's hash partitioning, PARTITION BY HASH (key), one table partition a shard.
 *
 * Rule: row hash = hash_combine64(0, hash of the key with seed 0x7A5B22367996DCFD); partition = unsigned row
 * hash % modulus; a NULL key leaves the row hash at 0.
 * Source: PostgreSQL 15, src/backend/partitioning/partbounds.c compute_partition_hash_value,
 * HASH_PARTITION_SEED; src/include/common/hashfn.h hash_combine64; checked against a 15.18 server.
 * Differs: one key column; all partitions have the same modulus. Cost: O(length).
 */
import { integer64, isSigned64 } from './integer64.ts';
import { postgresHashBytes, postgresHashInt4, postgresHashInt8 } from './postgres-hash.ts';
import { type ShardFunction, type ShardOptions, shardCount, UnplaceableKey } from './shard-function.ts';
import { utf8 } from './utf8.ts';
import { uuidBytes } from './uuid-bytes.ts';
import { type Word64, wordModulo } from './word64.ts';

/** The type of the key's column. */
export type PostgresKeyType = 'text' | 'int4' | 'int8' | 'uuid';

export interface PostgresOptions {
  count: ShardOptions['count'];
  /** Default: text. */
  type?: PostgresKeyType;
}

export const POSTGRES_PARTITION_SEED: Word64 = { high: 0x7a5b2236, low: 0x7996dcfd };
/** What hash_combine64 adds to a hash when it is combined with 0. */
const COMBINE: Word64 = { high: 0x49a0f4dd, low: 0x15e5a8e3 };

/** The partition of a key with this seeded hash; null is the hash of NULL. */
export function postgresPartition(keyHash: Word64 | null, modulus: number): number {
  if (keyHash === null) return 0;
  const low = (keyHash.low >>> 0) + COMBINE.low;
  const high = (keyHash.high >>> 0) + COMBINE.high + (low > 0xffffffff ? 1 : 0);
  return wordModulo({ high, low }, modulus);
}

/** Shards by hash partition. The function throws UnplaceableKey where the key is not of the column's type. */
export function postgresShards({ count, type = 'text' }: PostgresOptions): ShardFunction {
  shardCount(count);
  const hash = HASHES[type];
  return (key) => postgresPartition(hash(key), count);
}

const HASHES: Record<PostgresKeyType, (key: string) => Word64> = {
  text: (key) => postgresHashBytes(utf8(key), POSTGRES_PARTITION_SEED),
  int4(key) {
    const value = integer64(key);
    if (value && isSigned64(value) && value.high >> 0 === value.low >> 31)
      return postgresHashInt4(value.low, POSTGRES_PARTITION_SEED);
    throw new UnplaceableKey(key, 'postgres', 'integers of 32 bits when its type is int4');
  },
  int8(key) {
    const value = integer64(key);
    if (value && isSigned64(value)) return postgresHashInt8(value, POSTGRES_PARTITION_SEED);
    throw new UnplaceableKey(key, 'postgres', 'integers of 64 bits when its type is int8');
  },
  uuid(key) {
    const bytes = uuidBytes(key);
    if (bytes) return postgresHashBytes(bytes, POSTGRES_PARTITION_SEED);
    throw new UnplaceableKey(key, 'postgres', 'UUIDs when its type is uuid');
  },
};
