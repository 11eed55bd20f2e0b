import { advancedHighWatermark } from '../algorithms/replication/high-watermark.ts';
import type { PartitionObserver, ReplicatedPartition } from '../contracts/cluster.ts';
import type { Batch } from './batch.ts';
import type { Broker } from './broker.ts';
import type { ClusterInRegion } from './region.ts';
import type { ReplicaFetch } from './replica-fetch.ts';

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
  /** Where a broker's log end is, by the broker's number. */
  private readonly placeOf: Int32Array;
  private readonly fetches: ReplicaFetch[];
  private highWatermark = 0;
  /** Batches that are in the log and above the high watermark, a linked list. */
  private first: Batch | null = null;
  private last: Batch | null = null;
  /** The first of them of which it is not known when the high watermark will pass it. */
  private unplanned: Batch | null = null;

  constructor(
    /** Among all of its cluster in its region. */
    readonly number: number,
    private readonly cluster: ClusterInRegion,
    readonly leaderBroker: Broker,
    followers: readonly number[],
    private readonly minInSyncReplicas: number,
    readonly observer: PartitionObserver,
  ) {
    this.logEnds = new Float64Array(1 + followers.length);
    this.placeOf = new Int32Array(cluster.brokers.length);
    for (const [place, follower] of followers.entries()) this.placeOf[follower] = 1 + place;
    this.fetches = followers.map((follower) => cluster.fetchOf(leaderBroker, follower));
  }

  get leader(): number {
    return this.leaderBroker.number;
  }

  /** The leader takes a batch, which is in its log from `appendedAt` on. Batches come in the order of these instants. */
  append(batch: Batch, appendedAt: number): void {
    const { fetches, logEnds } = this;
    logEnds[0] += batch.records.length;
    batch.end = logEnds[0];
    batch.appendedAt = appendedAt;
    batch.replicatedAt = appendedAt;
    batch.isUnderWay = true;
    batch.next = null;
    if (this.last === null) this.first = batch;
    else this.last.next = batch;
    this.last = batch;
    this.unplanned ??= batch;
    if (fetches.length === 0) this.advance();
    for (let at = 0; at < fetches.length; at += 1) fetches[at].offer(batch);
  }

  /** A follower has a batch, and the fetch that says so is at the leader at an instant. */
  fetched(batch: Batch, follower: number, instant: number): void {
    if (instant > batch.replicatedAt) batch.replicatedAt = instant;
    this.logEnds[this.placeOf[follower]] = batch.end;
    this.advance();
  }

  /** Moves the high watermark to where it may be. */
  private advance(): void {
    const { cluster, observer } = this;
    this.highWatermark = advancedHighWatermark(this.logEnds, this.highWatermark, this.minInSyncReplicas);
    let batch = this.unplanned;
    if (batch === null || batch.end > this.highWatermark) return;
    for (; batch !== null && batch.end <= this.highWatermark; batch = batch.next) {
      cluster.replicated(batch);
      if (observer.isRead) cluster.agenda.at(batch.replicatedAt, batch);
    }
    this.unplanned = batch;
    if (!observer.isRead) this.passed();
  }

  /** The high watermark has passed what it should by now. Where nobody reads it does not matter when. */
  passed(): void {
    const { now } = this.cluster.simulation;
    for (
      let batch = this.first;
      batch !== null && batch !== this.unplanned && batch.replicatedAt <= now;
      batch = this.first
    ) {
      this.first = batch.next;
      if (this.first === null) this.last = null;
      this.observer.becameVisible(batch.records, batch.replicatedAt);
      batch.isUnderWay = false;
      if (!batch.isKept) this.cluster.giveBatch(batch);
    }
  }
}
