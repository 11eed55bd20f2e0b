import type { EventTarget } from '../../sim/event-queue.ts';
import type { Passage } from '../contracts/cluster.ts';
import type { Cursor } from '../cursor.ts';
import type { Batch } from './batch.ts';
import type { BrokerQueue } from './broker-queue.ts';
import type { ClusterInRegion } from './region.ts';

/** Which of a request's draws is which; the identity is its first record's. */
const drawOf = { there: 0, back: 1, append: 2 } as const;

/** Batches of one producer for one broker, from the producer's memory to the answer. Pooled. */
export class ProduceRequest implements EventTarget, Passage {
  readonly batches: Batch[] = [];
  /** When it reaches its broker. */
  arrivedAt = 0;
  private queue!: BrokerQueue;
  private high = 0;
  private low = 0;
  private sentAt = 0;
  private startedAt = 0;
  private appendedAt = 0;
  private replicatedAt = 0;
  private answeredAt = 0;
  /** Batches that some in-sync replica has not fetched. */
  private unreplicated = 0;
  private isAtBroker = false;
  /** What its next event carries: an event of a former plan or life carries another number. */
  private token = 0;

  constructor(private readonly cluster: ClusterInRegion) {}

  /** Will leave at an instant with this batch as its first, not to overtake what goes before it on the same connection. */
  plan(queue: BrokerQueue, { records: [first] }: Batch, leavesAt: number, notBefore: number): void {
    const { cluster } = this;
    this.queue = queue;
    this.high = first.high;
    this.low = first.low;
    this.isAtBroker = false;
    this.token = (this.token + 1) | 0;
    const way = cluster.wayFrom(queue.producer.place, first.high, first.low, drawOf.there);
    this.arrivedAt = Math.max(leavesAt + way, notBefore);
    cluster.agenda.at(this.arrivedAt, this, this.token);
  }

  /** Another one goes in its place. */
  withdraw(): void {
    this.token = (this.token + 1) | 0;
    this.cluster.giveRequest(this);
  }

  /** It has its batches and leaves. */
  leave(instant: number): void {
    const { batches, cluster } = this;
    let bytes = 0;
    for (let at = 0; at < batches.length; at += 1) {
      const batch = batches[at];
      batch.request = this;
      bytes += batch.bytes;
      batch.partition.observer.batchLeft(batch.records, instant);
    }
    this.sentAt = instant;
    this.unreplicated = batches.length;
    this.replicatedAt = 0;
    cluster.carryFrom(this.queue.producer.place, bytes);
  }

  fire(token: number): void {
    if (token !== this.token) return;
    if (this.isAtBroker) this.answer();
    else this.arrive();
  }

  private arrive(): void {
    const { batches, cluster, queue } = this;
    const { now } = cluster.simulation;
    queue.settle(now);
    const { acks } = queue.producer.settings;
    let bytes = 0;
    for (let at = 0; at < batches.length; at += 1) bytes += batches[at].bytes;
    const work = cluster.appendTicks(bytes, this.high, this.low, drawOf.append);
    this.isAtBroker = true;
    this.appendedAt = queue.broker.line.serve(now, work);
    this.startedAt = this.appendedAt - work;
    cluster.received(bytes);
    if (acks === 1) this.answerAfter(this.appendedAt);
    for (let at = 0; at < batches.length; at += 1) {
      const batch = batches[at];
      batch.isKept = acks !== 0;
      batch.partition.append(batch, this.appendedAt);
    }
    if (acks === 0) this.end();
  }

  /** All in-sync replicas have one more of its batches from an instant on. */
  replicated(instant: number): void {
    if (this.queue.producer.settings.acks !== 'all') return;
    this.unreplicated -= 1;
    if (instant > this.replicatedAt) this.replicatedAt = instant;
    if (this.unreplicated === 0) this.answerAfter(this.replicatedAt);
  }

  private answerAfter(instant: number): void {
    const { place } = this.queue.producer;
    this.replicatedAt = instant;
    this.answeredAt = instant + this.cluster.wayTo(place, this.high, this.low, drawOf.back);
    this.cluster.agenda.at(this.answeredAt, this, this.token);
  }

  private answer(): void {
    const { batches, cluster, queue } = this;
    for (let at = 0; at < batches.length; at += 1) {
      const batch = batches[at];
      const { records } = batch;
      for (let index = 0; index < records.length; index += 1) records[index].acknowledged(this);
      batch.isKept = false;
      if (!batch.isUnderWay) cluster.giveBatch(batch);
    }
    this.end();
    queue.answered();
  }

  /** Nothing more is expected of it. */
  private end(): void {
    const { batches } = this;
    for (let batch = batches.pop(); batch !== undefined; batch = batches.pop()) batch.request = null;
    this.cluster.giveRequest(this);
  }

  credit(cursor: Cursor, batchSegment: number): void {
    const { segments } = this.cluster;
    const network = this.cluster.segmentTo(this.queue.producer.place);
    cursor.spendUntil(batchSegment, this.sentAt);
    cursor.spendUntil(network, this.arrivedAt);
    cursor.spendUntil(segments.waits, this.startedAt);
    cursor.spendUntil(segments.appends, this.appendedAt);
    cursor.spendUntil(segments.replicates, this.replicatedAt);
    cursor.spendUntil(network, this.answeredAt);
  }
}
