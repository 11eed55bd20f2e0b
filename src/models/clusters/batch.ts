import type { EventTarget } from '../../sim/event-queue.ts';
import type { Batch as AccumulatedBatch } from '../algorithms/batching/accumulator.ts';
import type { OutgoingRecord } from '../contracts/cluster.ts';
import type { BrokeredPartition } from './partition.ts';
import type { ProduceRequest } from './produce-request.ts';
import type { ProducerOnInstance } from './producer.ts';

/**
 * Records of one partition that go together from a producer to all replicas. Pooled: it is free again once consumers may
 * read it (or it is gone from the log) and its producer needs it no more.
 */
export class Batch implements AccumulatedBatch<BrokeredPartition>, EventTarget {
  partition!: BrokeredPartition;
  producer!: ProducerOnInstance;
  /** Its number among its producer's batches for this partition. */
  sequence = 0;
  /** The request that brought it, until that is answered. */
  request: ProduceRequest | null = null;
  readonly records: OutgoingRecord[] = [];
  bytes = 0;
  openedAt = 0;
  isComplete = false;
  /** Instant at which the leader has it (nanoseconds). */
  appendedAt = 0;
  /** Instant at which the leader knows that all in-sync replicas have it, as far as they have fetched it. */
  replicatedAt = 0;
  /** Offset after its last record. */
  end = 0;
  /** The batch after it among those that wait for the high watermark. */
  next: Batch | null = null;
  /** Whether it is in the leader's log. */
  isInLog = false;
  /** Whether it is there and above the high watermark, or about to be. */
  isWaiting = false;
  /** Whether its producer has not heard that it was taken, and may send it again. */
  isKept = false;
  /** Whether the request's answer will say that it was not taken. */
  isRefused = false;
  /** How often it was tried to find somebody who takes it. */
  attempts = 0;
  /** Whether it has been sent before. */
  isRetried = false;
  /** Whether its producer has heard that it was taken. */
  isAcknowledged = false;
  /** Whether the log has the same records already, from a producer that sent them again without knowing. */
  isCopy = false;

  get start(): number {
    return this.end - this.records.length;
  }

  /** The high watermark passes it. */
  fire(): void {
    this.partition.passed();
  }

  /** As new. */
  clear(): void {
    const { records } = this;
    while (records.length > 0) records.pop();
    this.request = null;
    this.isInLog = false;
    this.isRefused = false;
    this.attempts = 0;
    this.isRetried = false;
    this.isAcknowledged = false;
    this.isCopy = false;
  }
}
