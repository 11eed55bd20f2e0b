import type { EventTarget } from '../../sim/event-queue.ts';
import { Accumulator } from '../algorithms/batching/accumulator.ts';
import type { OutgoingRecord } from '../contracts/cluster.ts';
import type { Batch } from './batch.ts';
import type { Broker } from './broker.ts';
import type { BrokeredPartition } from './partition.ts';
import type { ProducerOnInstance } from './producer.ts';

/** Largest request, in bytes: Kafka's max.request.size. */
const maxRequestSize = 2 ** 20;

/** What one producer holds back for one broker, the timer of its oldest batch, and how many requests are unanswered. */
export class BrokerQueue implements EventTarget {
  private readonly accumulator: Accumulator<BrokeredPartition, Batch>;
  private inFlight = 0;
  private timer = 0;
  /** No request arrives before the one sent before it: they share a connection. */
  private lastArrival = 0;

  constructor(
    readonly producer: ProducerOnInstance,
    private readonly broker: Broker,
  ) {
    const { cluster, settings } = producer;
    const { linger, batchSize } = settings;
    this.accumulator = new Accumulator({ linger, batchSize, maxRequestSize }, () => cluster.takeBatch());
  }

  get acks(): 'all' | 1 | 0 {
    return this.producer.settings.acks;
  }

  /** @returns whether the partition's last batch is complete, or has left */
  append(partition: BrokeredPartition, record: OutgoingRecord, bytes: number): boolean {
    const { accumulator } = this;
    const { now } = this.producer.cluster.simulation;
    const wasEmpty = accumulator.isEmpty;
    const batch = accumulator.append(partition, bytes, now);
    batch.records.push(record);
    if (accumulator.isReady(now)) this.send(now);
    else if (wasEmpty) this.arm();
    return batch.isComplete || accumulator.isEmpty;
  }

  /** The oldest batch has lingered. */
  fire(timer: number): void {
    if (timer === this.timer) this.proceed();
  }

  /** The broker has answered a request. */
  answered(): void {
    this.inFlight -= 1;
    this.proceed();
  }

  private proceed(): void {
    const { now } = this.producer.cluster.simulation;
    if (!this.accumulator.isReady(now)) return;
    if (this.producer.host.alive) this.send(now);
    else this.lose();
  }

  private send(now: number): void {
    const { accumulator, broker, producer } = this;
    while (accumulator.isReady(now) && this.inFlight < producer.settings.maxInFlight) {
      const request = producer.cluster.takeRequest();
      accumulator.drain(request.batches);
      this.lastArrival = request.send(this, broker, now, this.lastArrival);
      if (this.acks !== 0) this.inFlight += 1;
    }
    this.timer += 1;
    if (!accumulator.isEmpty && !accumulator.isReady(now)) this.arm();
  }

  private arm(): void {
    this.timer += 1;
    this.producer.cluster.agenda.at(this.accumulator.dueAt, this, this.timer);
  }

  /** The instance has died, and what was in its memory with it. */
  private lose(): void {
    const { accumulator, producer } = this;
    const batches: Batch[] = [];
    while (!accumulator.isEmpty) {
      batches.length = 0;
      accumulator.drain(batches);
      for (const batch of batches) {
        for (const record of batch.records) record.lost();
        producer.cluster.giveBatch(batch);
      }
    }
  }
}
