import type { EventTarget } from '../../sim/event-queue.ts';
import { isCaughtUp } from '../algorithms/replication/in-sync.ts';
import type { Batch } from './batch.ts';
import type { Broker } from './broker.ts';
import type { BrokeredPartition } from './partition.ts';
import type { ClusterInRegion } from './region.ts';

/**
 * The fetches of one follower from one leader, for all partitions that the two share; one at a time, as Kafka's replica
 * fetcher does it.
 *
 * A fetch waits at the leader until there is something (long poll), takes all that the leader has appended by then,
 * travels to the follower, which appends it, and only then asks for more: that next fetch tells the leader what the
 * follower has. So a batch that finds the fetch waiting is known to be replicated one round trip and one append after
 * the leader's; one that just missed it needs up to twice that.
 *
 * One event a round: the answer reaches the follower. What it carries is what the leader had when it left; when the next
 * fetch is back at the leader follows from there, and so does the next answer if something is there for it already. Once
 * brokers fail or fall behind, what is foreseen may not come true: then the fetch that reaches the leader is an event.
 */
export class ReplicaFetch implements EventTarget {
  /** Appended or about to be, in order, and not fetched. */
  private pending: Batch[] = [];
  /** What the last answer brought: the leader knows once the next fetch is there. */
  private carried: Batch[] = [];
  private isAnswerUnderWay = false;
  /** Whether the leader will hear of what the follower has by an event. */
  private isFetchUnderWay = false;
  private answeredAt: number;
  /** When the next fetch is at the leader. */
  private thereAt = 0;
  /** An instant at which the follower had all that the leader had, as far as the leader knows. */
  private caughtUpAt: number;
  private isLeaderDead = false;
  private token = 0;
  private readonly firstDraw: number;

  constructor(
    private readonly cluster: ClusterInRegion,
    readonly leader: Broker,
    readonly follower: Broker,
  ) {
    const { now } = cluster.simulation;
    this.firstDraw = replicaDraws + 4 * follower.number;
    this.caughtUpAt = now;
    this.answeredAt = now;
    if (now > 0) this.thereAt = now + cluster.nominalWay;
  }

  /** The leader has a batch (from its `appendedAt` on) that the follower must have too. */
  offer(batch: Batch): void {
    this.pending.push(batch);
    if (!this.isAnswerUnderWay && !this.isFetchUnderWay) this.answer();
  }

  /**
   * The leader answers once the fetch is there and the first of the batches is in its log; it was there before now where
   * the follower begins to ask for a partition.
   */
  private answer(): void {
    const first = this.pending[0];
    const { appendedAt } = first;
    this.isAnswerUnderWay = true;
    this.caughtUpAt = appendedAt >= this.thereAt ? appendedAt : this.answeredAt;
    this.answeredAt = Math.max(this.thereAt, appendedAt, this.cluster.simulation.now);
    this.cluster.agenda.at(this.answeredAt + this.way(first, 0), this, this.token);
  }

  fire(token: number): void {
    if (token !== this.token) return;
    if (this.isFetchUnderWay) this.reachLeader();
    else this.reachFollower();
  }

  /** The answer is at the follower. */
  private reachFollower(): void {
    const { cluster, follower, leader } = this;
    const bytes = this.load();
    const { carried } = this;
    this.isAnswerUnderWay = false;
    if (carried.length > 0) {
      const first = carried[0];
      const { high, low } = first.records[0];
      const work = cluster.appendTicks(follower, bytes, high, low, this.firstDraw + 2);
      const appendedAt = follower.line.serve(cluster.simulation.now, work);
      this.thereAt = appendedAt + this.way(first, 1);
      cluster.copied(leader, follower, bytes);
    }
    if (this.isLeaderDead) {
      this.keepCarried();
    } else if (cluster.failures.isTroubled && carried.length > 0) {
      this.await();
    } else {
      if (this.pending.length > 0) this.answer();
      for (let at = 0; at < carried.length; at += 1) {
        const batch = carried[at];
        batch.partition.fetched(batch, follower.number, this.thereAt);
      }
    }
  }

  private await(): void {
    this.isFetchUnderWay = true;
    this.cluster.agenda.at(this.thereAt, this, this.token);
  }

  /** The fetch that says what the follower has is at the leader. */
  private reachLeader(): void {
    const { carried, follower, pending, thereAt } = this;
    this.isFetchUnderWay = false;
    if (pending.length > 0) this.answer();
    for (const batch of carried) batch.partition.fetched(batch, follower.number, thereAt);
  }

  /** From now on foresees nothing; what it has foreseen is taken back until it comes true. */
  doubt(now: number): void {
    if (this.thereAt <= now || this.isFetchUnderWay || this.carried.length === 0) return;
    for (const batch of this.carried) batch.partition.notFetched(batch, this.follower.number);
    this.token += 1;
    this.isAnswerUnderWay = false;
    this.await();
  }

  /** Moves what the leader had when it answered to `carried`. @returns its bytes */
  private load(): number {
    const { carried, pending } = this;
    while (carried.length > 0) carried.pop();
    const { length } = pending;
    let bytes = 0;
    let count = 0;
    while (count < length && pending[count].appendedAt <= this.answeredAt) {
      bytes += pending[count].bytes;
      count += 1;
    }
    if (count === length) {
      this.carried = pending;
      this.pending = carried;
    } else {
      for (let at = 0; at < count; at += 1) carried.push(pending[at]);
      pending.copyWithin(0, count);
      for (let at = 0; at < count; at += 1) pending.pop();
    }
    return bytes;
  }

  /** Nanoseconds between the two brokers, by a draw of the first record that is carried. */
  private way({ records }: Batch, index: number): number {
    const { high, low } = records[0];
    return this.cluster.delay(high, low, this.firstDraw + index);
  }

  /** The leader has died: what is at the follower, or on the wire to it, it keeps, and nobody hears of it. */
  leaderDied(now: number): void {
    this.isLeaderDead = true;
    if (this.isFetchUnderWay) this.keepCarried();
    if (!this.isAnswerUnderWay || this.answeredAt > now) this.stop();
  }

  private keepCarried(): void {
    for (const batch of this.carried) batch.partition.ends[this.follower.number] = batch.end;
  }

  /** The follower has died, or asks somebody else: the leader hears of nothing any more. */
  stop(): void {
    this.token += 1;
    this.isAnswerUnderWay = false;
    this.isFetchUnderWay = false;
    this.pending = [];
    this.carried = [];
  }

  /** The follower fetches a partition from here no more. */
  forget(partition: BrokeredPartition): void {
    const isOther = (batch: Batch) => batch.partition !== partition;
    this.pending = this.pending.filter(isOther);
    this.carried = this.carried.filter(isOther);
  }

  /** Whether the follower has not had all that the leader has for longer than it may. */
  isTooSlow(now: number): boolean {
    const isBehind = this.isAnswerUnderWay || this.thereAt > now;
    return isBehind && !isCaughtUp(0, 1, this.caughtUpAt / 1e9, now / 1e9);
  }

  /**
   * Gives up what the follower has not: it must catch up later, after what it does now.
   * @returns the partitions, each with where the follower's log will end at `freeAt`
   */
  giveUp(): Map<BrokeredPartition, number> {
    const behind = new Map<BrokeredPartition, number>();
    const { number } = this.follower;
    for (const { partition } of this.pending) behind.set(partition, partition.ends[number]);
    for (const { partition, end } of this.carried) {
      if (this.isFetchUnderWay) behind.set(partition, end);
    }
    this.stop();
    return behind;
  }

  /** When it can fetch again. */
  get freeAt(): number {
    return this.thereAt;
  }
}

/** Where the draws of copies begin; those of the request itself come before. */
const replicaDraws = 64;
