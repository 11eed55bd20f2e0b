import type { EventTarget } from '../../sim/event-queue.ts';
import type { Batch as AccumulatedBatch } from '../algorithms/batching/accumulator.ts';
import type { OutgoingRecord } from '../contracts/cluster.ts';
import type { BrokeredPartition } from './partition.ts';
import type { ProduceRequest } from './produce-request.ts';

/**
 * Records of one partition that go together from a producer to all replicas. Pooled: it is free again once consumers may
 * read it and its producer needs it no more.
 */
export class Batch implements AccumulatedBatch<BrokeredPartition>, EventTarget {
  partition!: BrokeredPartition;
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
  /** The batch after it in its partition's log. */
  next: Batch | null = null;
  /** Whether it is above the high watermark, or on its way to the log. */
  isUnderWay = false;
  /** Whether its producer may have to send it again. */
  isKept = false;

  /** The high watermark passes it. */
  fire(): void {
    this.partition.passed();
  }
}
