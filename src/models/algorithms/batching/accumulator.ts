/**
 * What one producer holds back for one broker, until it sends a request.
 *
 * Rule: a partition has one open batch. The broker is ready once a batch is complete (full, or passed over by a record
 * that did not fit) or has lingered since it was opened. The request then takes the first batch of *every* partition
 * that the broker leads, complete or not, up to max.request.size: one ready batch takes the others along.
 * Source: Apache Kafka 1eb7644349cb, clients/…/producer/internals/RecordAccumulator.java, append, ready and
 * drainBatchesForOneNode.
 * Differs: a request fills in the order in which batches were opened, the original from a rotating partition on (seen
 * only where max.request.size cuts). No memory limit. Who sends a batch again, or holds a partition back, uses put and
 * withdraw. Cost: O(1) a record, O(batches) a request.
 */
import { batchHeader, hasRoom, isFull } from './record-batch.ts';

/** What records go to; numbers are small and count from 0. */
export interface Numbered {
  readonly number: number;
}

/** A batch as the accumulator sees it; its owner keeps the records. */
export interface Batch<Partition extends Numbered> {
  partition: Partition;
  /** Bytes of its records, without the header. */
  bytes: number;
  openedAt: number;
  isComplete: boolean;
}

export interface AccumulatorOptions {
  /** How long a batch may wait for more records, in the clock's unit. */
  readonly linger: number;
  /** Bytes. */
  readonly batchSize: number;
  /** Bytes. */
  readonly maxRequestSize: number;
}

export class Accumulator<Partition extends Numbered, B extends Batch<Partition>> {
  /** In the order in which they were opened. */
  private readonly waiting: B[] = [];
  /** The last batch of each partition that has one, by the partition's number. */
  private readonly open: (B | null)[] = [];
  private openCount = 0;
  private complete = 0;

  /** @param make an empty batch for a partition, perhaps one used before */
  constructor(
    private readonly options: AccumulatorOptions,
    private readonly make: (partition: Partition) => B,
  ) {}

  get isEmpty(): boolean {
    return this.waiting.length === 0;
  }

  /** Puts a record of this size into its partition's batch, opening one where needed. @returns the batch */
  append(partition: Partition, size: number, now: number): B {
    const { open } = this;
    const { batchSize } = this.options;
    while (open.length <= partition.number) open.push(null);
    let batch = open[partition.number];
    if (batch === null || !hasRoom(batch.bytes, size, batchSize)) {
      if (batch !== null) this.finish(batch);
      batch = this.openBatch(partition, now);
    }
    batch.bytes += size;
    if (isFull(batch.bytes, batchSize)) this.finish(batch);
    return batch;
  }

  isReady(now: number): boolean {
    return this.complete > 0 || (this.waiting.length > 0 && now >= this.dueAt);
  }

  /** The batch that was opened first. Only while there is one. */
  get oldest(): B {
    return this.waiting[0];
  }

  /** When the oldest batch has lingered. Only while there is one. */
  get dueAt(): number {
    return this.waiting[0].openedAt + this.options.linger;
  }

  /** Moves the batches of the next request to `request`. */
  drain(request: B[]): void {
    const { waiting } = this;
    // With one batch a partition, all go unless they are too large together.
    const hasSeveral = waiting.length > this.openCount;
    let left = 0;
    let size = 0;
    let isCut = false;
    for (let at = 0; at < waiting.length; at += 1) {
      const batch = waiting[at];
      const bytes = batchHeader + batch.bytes;
      if (request.length > 0 && size + bytes > this.options.maxRequestSize) isCut = true;
      if (isCut || (hasSeveral && hasBatchOf(batch.partition, request))) {
        waiting[left] = batch;
        left += 1;
      } else {
        size += bytes;
        request.push(batch);
        this.take(batch);
      }
    }
    while (waiting.length > left) waiting.pop();
  }

  /** Takes a batch that was sent before and must be sent again: complete, and no record joins it. */
  put(batch: B): void {
    batch.isComplete = true;
    this.complete += 1;
    this.waiting.push(batch);
  }

  /** Batches that wait, counted by their partition's number. */
  count(counts: number[]): void {
    for (const { partition } of this.waiting) counts[partition.number] = (counts[partition.number] ?? 0) + 1;
  }

  /** Takes out all that waits of a partition. @returns its batches in order */
  withdraw(partition: Partition): B[] {
    const { waiting } = this;
    const withdrawn: B[] = [];
    let left = 0;
    for (let at = 0; at < waiting.length; at += 1) {
      const batch = waiting[at];
      if (batch.partition === partition) {
        withdrawn.push(batch);
        this.take(batch);
      } else {
        waiting[left] = batch;
        left += 1;
      }
    }
    while (waiting.length > left) waiting.pop();
    return withdrawn;
  }

  private openBatch(partition: Partition, now: number): B {
    const batch = this.make(partition);
    batch.partition = partition;
    batch.bytes = 0;
    batch.openedAt = now;
    batch.isComplete = false;
    if (this.open[partition.number] === null) this.openCount += 1;
    this.open[partition.number] = batch;
    this.waiting.push(batch);
    return batch;
  }

  private finish(batch: B): void {
    if (batch.isComplete) return;
    batch.isComplete = true;
    this.complete += 1;
  }

  private take(batch: B): void {
    const { number } = batch.partition;
    if (batch.isComplete) this.complete -= 1;
    if (this.open[number] !== batch) return;
    this.open[number] = null;
    this.openCount -= 1;
  }
}

function hasBatchOf<Partition extends Numbered>(
  partition: Partition,
  batches: readonly Batch<Partition>[],
): boolean {
  for (const batch of batches) if (batch.partition === partition) return true;
  return false;
}
