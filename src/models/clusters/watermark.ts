import { advancedHighWatermark } from '../algorithms/replication/high-watermark.ts';
import type { PartitionObserver } from '../contracts/cluster.ts';
import type { Batch } from './batch.ts';
import type { ClusterInRegion } from './region.ts';
import { WaitingBatches } from './waiting-batches.ts';

/**
 * Up to where consumers may read a partition, and the batches of its log that they may not read yet.
 *
 * It is moved when it is known that it will move, with the instant at which it does; what happens at that instant is an
 * event only where somebody reads the partition. What was planned for later can be taken back.
 */
export class Watermark {
  readonly waiting = new WaitingBatches();
  /** As far as is planned. */
  private offset = 0;
  /** It moves no more before this instant: it moves in the order of offsets. */
  private movesFrom = 0;

  constructor(
    private readonly cluster: ClusterInRegion,
    private readonly observer: PartitionObserver,
    private readonly minInSyncReplicas: number,
  ) {}

  /** Where it is at this instant. */
  get now(): number {
    this.pass();
    return this.waiting.first?.start ?? this.offset;
  }

  /** Whether it is known when a batch that waits can be read. */
  includes({ end }: Batch): boolean {
    return end <= this.offset;
  }

  /** It does not move before an instant. */
  hold(instant: number): void {
    this.movesFrom = Math.max(this.movesFrom, instant);
  }

  /** Moves to where all in-sync replicas have the log, if there are enough of them. */
  advance(ends: Float64Array, inSync: readonly number[]): void {
    const { cluster, waiting } = this;
    const { isRead } = this.observer;
    this.offset = advancedHighWatermark(ends, inSync, this.offset, this.minInSyncReplicas);
    let batch = waiting.unplanned;
    if (batch === null || batch.end > this.offset) return;
    for (; batch !== null && batch.end <= this.offset; batch = batch.next) {
      if (batch.replicatedAt < this.movesFrom) batch.replicatedAt = this.movesFrom;
      this.movesFrom = batch.replicatedAt;
      if (batch.request !== null && !batch.isRefused) batch.request.replicated(batch.replicatedAt);
      if (isRead) cluster.agenda.at(batch.replicatedAt, batch);
    }
    waiting.unplanned = batch;
    if (!isRead) this.pass();
  }

  /** It has passed what it should by now. Where nobody reads it does not matter when that is told. */
  pass(): void {
    const { cluster, observer, waiting } = this;
    const { now } = cluster.simulation;
    for (let batch = waiting.first; batch !== null; batch = waiting.first) {
      if (batch === waiting.unplanned || batch.replicatedAt > now) break;
      waiting.shift();
      cluster.passed(batch);
      if (batch.isCopy) observer.duplicated(batch.records);
      observer.becameVisible(batch.records, batch.replicatedAt);
      batch.isWaiting = false;
      if (!batch.isKept) cluster.giveBatch(batch);
    }
  }

  /** What was planned for later than now is not known any more. */
  unplan(): void {
    const { waiting } = this;
    const { now } = this.cluster.simulation;
    this.pass();
    for (let batch = waiting.first; batch !== waiting.unplanned && batch !== null; batch = batch.next) {
      if (batch.replicatedAt <= now) continue;
      for (let each: Batch | null = batch; each !== waiting.unplanned && each !== null; each = each.next) {
        if (!each.isRefused) each.request?.reopened();
        each.replicatedAt = Math.max(now, each.appendedAt);
      }
      waiting.unplanned = batch;
      this.offset = batch.start;
      this.movesFrom = now;
      return;
    }
  }

  /** The log ends before it: what could be read from there on is gone. */
  fallTo(end: number): void {
    if (end >= this.offset) return;
    this.observer.truncated(this.offset - end);
    this.offset = end;
  }
}
