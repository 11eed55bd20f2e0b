import { advancedHighWatermark } from '../algorithms/replication/high-watermark.ts';
import type { PartitionObserver, ReplicatedPartition } from '../contracts/cluster.ts';
import type { Batch } from './batch.ts';
import type { Broker } from './broker.ts';
import type { ClusterInRegion } from './region.ts';

/**
 * A partition on its brokers: log ends of all replicas as the leader knows them or is about to, and the batches that
 * have not been fetched by all, in the order of their offsets.
 *
 * When the leader will know something is known a little before (the follower has the batch, its next fetch is on the
 * way). So the high watermark is worked out then, with the instant at which it moves; what happens at that instant is an
 * event only where somebody reads the partition.
 */
export class BrokeredPartition implements ReplicatedPartition {
  /** The leader's log end first, then each follower's by its last fetch. All of them are in sync. */
  private readonly logEnds: Float64Array;
  private highWatermark = 0;
  private waiting: Batch[] = [];
  private head = 0;

  constructor(
    private readonly cluster: ClusterInRegion,
    private readonly leaderBroker: Broker,
    private readonly followers: readonly number[],
    private readonly minInSyncReplicas: number,
    readonly observer: PartitionObserver,
  ) {
    this.logEnds = new Float64Array(1 + followers.length);
  }

  get leader(): number {
    return this.leaderBroker.number;
  }

  /** The leader takes a batch, which is in its log from `appendedAt` on. Batches come in the order of these instants. */
  append(batch: Batch, appendedAt: number): void {
    this.logEnds[0] += batch.records.length;
    batch.end = this.logEnds[0];
    batch.appendedAt = appendedAt;
    batch.replicatedAt = appendedAt;
    this.waiting.push(batch);
    if (this.followers.length === 0) this.advance();
    for (const follower of this.followers) this.cluster.fetchOf(this.leaderBroker, follower).offer(batch);
  }

  /** A follower has a batch, and the fetch that says so is at the leader at an instant. */
  fetched(batch: Batch, follower: number, instant: number): void {
    if (instant > batch.replicatedAt) batch.replicatedAt = instant;
    this.logEnds[1 + this.followers.indexOf(follower)] = batch.end;
    this.advance();
  }

  /** Moves the high watermark to where it may be. */
  private advance(): void {
    this.highWatermark = advancedHighWatermark(this.logEnds, this.highWatermark, this.minInSyncReplicas);
    while (this.head < this.waiting.length && this.waiting[this.head].end <= this.highWatermark) {
      const batch = this.waiting[this.head];
      this.head += 1;
      this.cluster.replicated(batch);
      if (this.observer.isRead) this.cluster.agenda.at(batch.replicatedAt, batch);
      else this.passed(batch);
    }
    this.compact();
  }

  passed(batch: Batch): void {
    this.observer.becameVisible(batch.records, batch.replicatedAt);
    batch.request.release();
  }

  private compact(): void {
    if (this.head === this.waiting.length) {
      while (this.waiting.length > 0) this.waiting.pop();
      this.head = 0;
    } else if (this.head > 256 && this.head * 2 > this.waiting.length) {
      this.waiting = this.waiting.slice(this.head);
      this.head = 0;
    }
  }
}
