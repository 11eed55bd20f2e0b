/**
 * How much goes into one batch of a producer.
 *
 * Rule: a batch takes a record if it is empty, or if header, records and the new record together are no larger than
 * batch.size; it is full once header and records have reached it. So a record larger than batch.size has one to itself.
 * Source: Apache Kafka 1eb7644349cb, clients/…/common/record/MemoryRecordsBuilder.java, hasRoomFor and isFull;
 * DefaultRecordBatch.RECORD_BATCH_OVERHEAD.
 * Differs: no compression, whose ratio the original estimates. Cost: O(1).
 */

/** Bytes of a batch before its first record. */
export const batchHeader = 61;

/** @param bytes of the records inside; 0 in an empty batch */
export const hasRoom = (bytes: number, record: number, batchSize: number): boolean =>
  bytes === 0 || batchHeader + bytes + record <= batchSize;

export const isFull = (bytes: number, batchSize: number): boolean =>
  bytes > 0 && batchHeader + bytes >= batchSize;

/** Records of one size that fit into a batch. */
export const recordsPerBatch = (record: number, batchSize: number): number =>
  Math.max(1, Math.floor((batchSize - batchHeader) / record));
