import type { EventTarget } from '../../sim/event-queue.ts';
import type { Batch } from './batch.ts';
import type { Broker } from './broker.ts';
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
 * fetch is back at the leader follows from there, and so does the next answer if something is there for it already.
 */
export class ReplicaFetch implements EventTarget {
  /** Appended or about to be, in order, and not fetched. */
  private pending: Batch[] = [];
  private carried: Batch[] = [];
  private isAnswerUnderWay = false;
  /** When the fetch is at the leader. */
  private thereAt = 0;
  private answeredAt = 0;
  private readonly firstDraw: number;

  constructor(
    private readonly cluster: ClusterInRegion,
    private readonly leader: Broker,
    private readonly follower: Broker,
  ) {
    this.firstDraw = replicaDraws + 4 * follower.number;
  }

  /** The leader has a batch (from its `appendedAt` on) that the follower must have too. */
  offer(batch: Batch): void {
    this.pending.push(batch);
    if (!this.isAnswerUnderWay) this.answer();
  }

  /** The leader answers once the fetch is there and the first of the batches is in its log. */
  private answer(): void {
    const first = this.pending[0];
    this.isAnswerUnderWay = true;
    this.answeredAt = Math.max(this.thereAt, first.appendedAt);
    this.cluster.agenda.at(this.answeredAt + this.way(first, 0), this);
  }

  /** The answer is at the follower. */
  fire(): void {
    const { cluster, follower } = this;
    const bytes = this.load();
    const { carried } = this;
    const first = carried[0];
    const { high, low } = first.records[0];
    const work = cluster.appendTicks(bytes, high, low, this.firstDraw + 2);
    const appended = follower.line.serve(cluster.simulation.now, work);
    cluster.copied(this.leader, follower, bytes);
    this.thereAt = appended + this.way(first, 1);
    this.isAnswerUnderWay = false;
    if (this.pending.length > 0) this.answer();
    for (let at = 0; at < carried.length; at += 1) {
      const batch = carried[at];
      batch.partition.fetched(batch, follower.number, this.thereAt);
    }
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
}

/** Where the draws of copies begin; those of the request itself come before. */
const replicaDraws = 64;
