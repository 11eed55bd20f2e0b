/**
 * librdkafka's partitioners for records with a key.
 *
 * Rule: `consistent`: CRC-32(key) % n; `murmur2`: as the Java client; `fnv1a`: |FNV-1a 32 read as signed| %
 * n.
 * Source: librdkafka 2.0.2, src/rdkafka_partition.c, src/rdkafka_msg.c, src/rdfnv1a.c, called through its
 * library.
 * Differs: the `…_random` variants (the default is `consistent_random`) place an absent key, and
 * consistent_random an empty one too, at random: callers do that. Cost: O(length).
 */
import { crc32 } from './crc32.ts';
import { fnv1a32 } from './fnv32.ts';
import { javaPlace } from './java-hash.ts';
import { kafkaPartition } from './kafka-murmur2.ts';

export type LibrdkafkaPartitioner = 'consistent' | 'murmur2' | 'fnv1a';

/** Each partitioner: from the key's bytes and the number of partitions to the partition. */
export const librdkafkaPartitioners: Record<
  LibrdkafkaPartitioner,
  (bytes: Uint8Array, count: number) => number
> = {
  consistent: (bytes, count) => crc32(bytes) % count,
  murmur2: kafkaPartition,
  // C negates the smallest integer to itself, as Java's Math.abs does.
  fnv1a: (bytes, count) => javaPlace(fnv1a32(bytes) | 0, count, 'abs'),
};
