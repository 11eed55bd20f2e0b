import type { EventTarget } from '../../sim/event-queue.ts';
import type { Passage } from '../contracts/cluster.ts';
import type { Cursor } from '../cursor.ts';
import type { Batch } from './batch.ts';
import type { Broker } from './broker.ts';
import type { BrokerQueue } from './broker-queue.ts';
import type { ClusterInRegion } from './region.ts';

/** Which of a request's draws is which; the identity is its first record's. */
const drawOf = { there: 0, back: 1, append: 2 } as const;

/**
 * Batches of one producer for one broker, from the producer's memory to the answer. Pooled: it is free again once it is
 * answered and all its batches are readable.
 */
export class ProduceRequest implements EventTarget, Passage {
  readonly batches: Batch[] = [];
  private queue!: BrokerQueue;
  private broker!: Broker;
  private high = 0;
  private low = 0;
  private sentAt = 0;
  private arrivedAt = 0;
  private startedAt = 0;
  private appendedAt = 0;
  private replicatedAt = 0;
  private answeredAt = 0;
  /** Batches that some in-sync replica has not fetched. */
  private unreplicated = 0;
  /** Batches above the high watermark, and one for the answer. */
  private uses = 0;
  private isUnderWay = false;

  constructor(private readonly cluster: ClusterInRegion) {}

  /** Leaves for its broker, not to overtake what went before it on the same connection. @returns when it arrives */
  send(queue: BrokerQueue, broker: Broker, now: number, notBefore: number): number {
    const { batches } = this;
    const [first] = batches[0].records;
    this.queue = queue;
    this.broker = broker;
    this.high = first.high;
    this.low = first.low;
    this.sentAt = now;
    this.replicatedAt = 0;
    this.unreplicated = batches.length;
    this.uses = batches.length + (queue.acks === 0 ? 0 : 1);
    this.isUnderWay = true;
    let bytes = 0;
    for (const batch of batches) {
      batch.request = this;
      bytes += batch.bytes;
      batch.partition.observer.batchLeft(batch.records, now);
    }
    const way = this.cluster.wayFrom(queue.producer.place, bytes, this.high, this.low, drawOf.there);
    const arrival = Math.max(now + way, notBefore);
    this.cluster.agenda.at(arrival, this);
    return arrival;
  }

  fire(): void {
    if (this.isUnderWay) this.arrive();
    else this.answer();
  }

  private arrive(): void {
    const { batches, broker, cluster } = this;
    const { now } = cluster.simulation;
    let bytes = 0;
    for (const batch of batches) bytes += batch.bytes;
    const work = cluster.appendTicks(bytes, this.high, this.low, drawOf.append);
    this.isUnderWay = false;
    this.arrivedAt = now;
    this.appendedAt = broker.line.serve(now, work);
    this.startedAt = this.appendedAt - work;
    cluster.received(bytes);
    if (this.queue.acks === 1) this.answerAfter(this.appendedAt);
    for (const batch of batches) batch.partition.append(batch, this.appendedAt);
  }

  /** All in-sync replicas have one more of its batches from an instant on. */
  replicated(instant: number): void {
    if (this.queue.acks !== 'all') return;
    this.unreplicated -= 1;
    if (instant > this.replicatedAt) this.replicatedAt = instant;
    if (this.unreplicated === 0) this.answerAfter(this.replicatedAt);
  }

  private answerAfter(instant: number): void {
    const { place } = this.queue.producer;
    this.replicatedAt = instant;
    this.answeredAt = instant + this.cluster.wayTo(place, this.high, this.low, drawOf.back);
    this.cluster.agenda.at(this.answeredAt, this);
  }

  private answer(): void {
    const { queue } = this;
    for (const { records } of this.batches) for (const record of records) record.acknowledged(this);
    this.release();
    queue.answered();
  }

  /** A batch is readable, or the answer is given: after the last of these the request is free again. */
  release(): void {
    this.uses -= 1;
    if (this.uses === 0) this.cluster.recycle(this);
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
