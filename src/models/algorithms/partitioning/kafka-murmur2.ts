/**
 * Kafka's place of a record with a key.
 *
 * Rule: toPositive(murmur2(key bytes)) % partitions, over all partitions, available or not.
 * Source: Apache Kafka 1eb7644349cb, clients/…/producer/internals/BuiltInPartitioner.java, partitionForKey.
 * Differs: nothing. Cost: O(length).
 */
import { murmur2, toPositive } from './murmur2.ts';
import { type ShardFunction, type ShardOptions, shardCount } from './shard-function.ts';
import { utf8 } from './utf8.ts';

/** The partition of a record whose serialized key is `bytes`. */
export function kafkaPartition(bytes: Uint8Array, count: number): number {
  return toPositive(murmur2(bytes)) % count;
}

/** Shards as Kafka's producer places string keys. */
export function kafkaMurmur2Shards({ count }: Pick<ShardOptions, 'count'>): ShardFunction {
  shardCount(count);
  return (key) => kafkaPartition(utf8(key), count);
}
