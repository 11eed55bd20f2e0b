import { Accumulator } from '../algorithms/batching/accumulator.ts';
import type { OutgoingRecord } from '../contracts/cluster.ts';
import type { Batch } from './batch.ts';
import type { Broker } from './broker.ts';
import type { BrokeredPartition } from './partition.ts';
import type { ProduceRequest } from './produce-request.ts';
import type { ProducerOnInstance } from './producer.ts';
import type { ClusterInRegion } from './region.ts';

/** Largest request, in bytes: Kafka's max.request.size. */
const maxRequestSize = 2 ** 20;
const never = Number.POSITIVE_INFINITY;

/**
 * What one producer holds back for one broker, and how many requests are unanswered.
 *
 * That a batch has lingered is no event of its own: once a batch is opened the request that will take it is planned, and
 * only the request's arrival is an event. Whatever could see the difference (a record, an answer, a death) first settles
 * what was due before it. A request is planned only while another one may be unanswered, so that nothing but a full
 * batch, which withdraws the plan, comes between.
 */
export class BrokerQueue {
  private readonly accumulator: Accumulator<BrokeredPartition, Batch>;
  private readonly cluster: ClusterInRegion;
  private readonly maxInFlight: number;
  private readonly isAnswered: boolean;
  private inFlight = 0;
  /** The request that leaves when the oldest batch has lingered. */
  private planned: ProduceRequest | null = null;
  private dueAt = never;
  /** No request arrives before the one sent before it: they share a connection. */
  private lastArrival = 0;

  constructor(
    readonly producer: ProducerOnInstance,
    readonly broker: Broker,
  ) {
    const { cluster, settings } = producer;
    const { acks, linger, batchSize, maxInFlight } = settings;
    this.cluster = cluster;
    this.maxInFlight = maxInFlight;
    this.isAnswered = acks !== 0;
    this.accumulator = new Accumulator({ linger, batchSize, maxRequestSize }, (partition) =>
      producer.openBatch(partition),
    );
  }

  /** @returns whether the partition's last batch is complete, or has left */
  append(partition: BrokeredPartition, record: OutgoingRecord, bytes: number): boolean {
    const { accumulator } = this;
    const { now } = this.cluster.simulation;
    if (now >= this.dueAt) this.settle(now);
    const batch = accumulator.append(partition, bytes, now);
    batch.records.push(record);
    if (accumulator.isReady(now)) this.send(now);
    else if (this.planned === null) this.plan();
    return batch.isComplete || accumulator.isEmpty;
  }

  /** The instant has come at which a request that may have been sent arrives. */
  settle(now: number): void {
    while (now >= this.dueAt) {
      const { dueAt } = this;
      const request = this.planned as ProduceRequest;
      this.planned = null;
      this.dueAt = never;
      this.leave(request, dueAt);
      this.send(dueAt);
    }
  }

  /** The broker has answered a request. */
  answered(): void {
    const { now } = this.cluster.simulation;
    if (now >= this.dueAt) this.settle(now);
    this.inFlight -= 1;
    if (this.planned === null && !this.accumulator.isEmpty) this.send(now);
  }

  /** Takes batches that were sent before, or waited for a leader: they leave at once. */
  resend(batches: readonly Batch[]): void {
    const { now } = this.cluster.simulation;
    if (now >= this.dueAt) this.settle(now);
    for (const batch of batches) this.accumulator.put(batch);
    this.send(now);
  }

  /** A request has had no answer in time: the connection is closed, and all partitions' leaders are asked for anew. */
  disconnect(): void {
    const { now } = this.cluster.simulation;
    if (now >= this.dueAt) this.settle(now);
    this.withdraw();
    this.producer.findLeaders(this);
  }

  /** As `handOver`, and nothing else leaves for it. */
  take(partition: BrokeredPartition): Batch[] {
    return this.accumulator.withdraw(partition);
  }

  /** Hands over what waits of a partition, in its order. */
  handOver(partition: BrokeredPartition): Batch[] {
    const { now } = this.cluster.simulation;
    if (now >= this.dueAt) this.settle(now);
    const batches = this.accumulator.withdraw(partition);
    if (batches.length > 0) this.send(now);
    return batches;
  }

  /** Whether the broker, if a batch reaches it now, takes it. */
  takes(batch: Batch): boolean {
    const { broker, producer } = this;
    const { partition } = batch;
    if (!broker.isAlive || partition.leaderBroker !== broker) return false;
    if (producer.settings.acks === 'all' && partition.isUnderMinimum) {
      partition.observer.refused(batch.records);
      return false;
    }
    return batch.isInLog || producer.isNext(batch);
  }

  /** Adds the batches that wait here to a count by partition. */
  count(counts: number[]): void {
    this.accumulator.count(counts);
  }

  /** The instance dies: nothing leaves from now on. */
  die(): void {
    const { now } = this.cluster.simulation;
    if (now >= this.dueAt) this.settle(now);
    this.withdraw();
  }

  /** Loses all that has not left. */
  lose(): void {
    const { accumulator, producer } = this;
    while (!accumulator.isEmpty) {
      const batches: Batch[] = [];
      accumulator.drain(batches);
      for (const batch of batches) producer.lose(batch);
    }
  }

  /** Sends what is ready at an instant, as far as requests may be unanswered, and plans for the rest. */
  private send(now: number): void {
    const { accumulator, cluster } = this;
    this.withdraw();
    while (this.inFlight < this.maxInFlight && accumulator.isReady(now)) {
      const request = cluster.takeRequest();
      request.plan(this, accumulator.oldest, now, this.lastArrival);
      this.leave(request, now);
    }
    this.plan();
  }

  private plan(): void {
    const { accumulator } = this;
    if (this.inFlight >= this.maxInFlight || accumulator.isEmpty) return;
    this.planned = this.cluster.takeRequest();
    this.dueAt = accumulator.dueAt;
    this.planned.plan(this, accumulator.oldest, this.dueAt, this.lastArrival);
  }

  private withdraw(): void {
    if (this.planned === null) return;
    this.planned.withdraw();
    this.planned = null;
    this.dueAt = never;
  }

  private leave(request: ProduceRequest, instant: number): void {
    this.accumulator.drain(request.batches);
    request.leave(instant);
    this.lastArrival = request.arrivedAt;
    if (this.isAnswered) this.inFlight += 1;
  }
}
