import { shardFunctions } from '../algorithms/partitioning/index.ts';
import { kafkaMurmur2Shards } from '../algorithms/partitioning/kafka-murmur2.ts';
import type { Placement } from '../kind.ts';
import type { TopicConfig } from './config.ts';
import { placeName } from './key-partitions.ts';

/** Where the records of a key are: a partition, of a cluster's where there are several. */
export function placementOf({ partitions, shardBy }: TopicConfig, shards: number): Placement {
  const partitionOf = kafkaMurmur2Shards({ count: partitions });
  if (shardBy === undefined) return { noun: 'partition', count: partitions, place: partitionOf };
  const shardOf = shardFunctions[shardBy].make({ count: shards });
  return {
    noun: 'partition',
    count: shards * partitions,
    place: (key) => shardOf(key) * partitions + partitionOf(key),
    nameOf: (place) => placeName(place, partitions),
  };
}
