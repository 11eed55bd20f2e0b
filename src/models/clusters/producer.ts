import type { EventTarget } from '../../sim/event-queue.ts';
import type { OutgoingRecord, Producer, ProducerSettings } from '../contracts/cluster.ts';
import type { ServiceHost } from '../contracts/service.ts';
import type { Batch } from './batch.ts';
import { BrokerQueue } from './broker-queue.ts';
import type { BrokeredPartition } from './partition.ts';
import type { ClusterInRegion } from './region.ts';
import { Sequences } from './sequences.ts';
import { StalledPartition } from './stalled-partition.ts';

/** Kafka's delivery.timeout.ms, in nanoseconds. */
const usualDeliveryTimeout = 120e9;

/** Where a producer puts the records of a partition. */
interface Sink {
  append(partition: BrokeredPartition, record: OutgoingRecord, bytes: number): boolean;
}

/**
 * The client through which an instance publishes to a cluster.
 *
 * It knows the leader of a partition from when it last sent there; that another one leads it learns from a refusal.
 * With acks all, unless its settings say otherwise, it is idempotent: brokers take its batches of a partition in the order in which they were opened, each
 * once. Otherwise, as with Kafka, a batch that is sent again may be taken twice, or after later ones.
 */
export class ProducerOnInstance implements Producer, EventTarget {
  readonly sequences: Sequences;
  readonly isIdempotent: boolean;
  /** Nanoseconds from a record's batch being opened to its publish failing. */
  readonly deliveryTimeout: number;
  /** By the partition's number. */
  private readonly sinks: (Sink | null)[];
  /** By the broker's number. */
  private readonly queues: (BrokerQueue | null)[];
  private readonly stalled = new Map<BrokeredPartition, StalledPartition>();
  private isDead = false;

  constructor(
    readonly cluster: ClusterInRegion,
    host: Pick<ServiceHost, 'whenDead'>,
    readonly place: number,
    readonly settings: ProducerSettings,
  ) {
    const { brokers, partitions } = cluster;
    this.isIdempotent = settings.isIdempotent ?? settings.acks === 'all';
    this.deliveryTimeout = settings.deliveryTimeout ?? usualDeliveryTimeout;
    this.queues = brokers.map(() => null);
    this.sinks = partitions.map(() => null);
    this.sequences = new Sequences(partitions.length);
    host.whenDead(() => this.die());
  }

  append(partition: BrokeredPartition, record: OutgoingRecord, bytes: number): boolean {
    const sink = this.sinks[partition.number] ?? this.sinkOf(partition);
    return sink.append(partition, record, bytes);
  }

  waiting(partitions: readonly BrokeredPartition[]): number[] {
    const counts: number[] = [];
    for (const queue of this.queues) queue?.count(counts);
    for (const stalled of this.stalled.values()) stalled.count(counts);
    return partitions.map(({ number }) => counts[number] ?? 0);
  }

  private sinkOf(partition: BrokeredPartition): Sink {
    const { leaderBroker } = partition;
    const sink = leaderBroker === null ? this.stall(partition) : this.queueOf(leaderBroker.number);
    this.sinks[partition.number] = sink;
    return sink;
  }

  private queueOf(broker: number): BrokerQueue {
    const queue = this.queues[broker] ?? new BrokerQueue(this, this.cluster.brokers[broker]);
    this.queues[broker] = queue;
    return queue;
  }

  /** An empty batch. */
  openBatch(partition: BrokeredPartition): Batch {
    const batch = this.cluster.takeBatch();
    batch.producer = this;
    batch.sequence = this.sequences.next(partition.number);
    return batch;
  }

  /** Whether a batch may be taken now: none before it is still to come. */
  isNext({ partition, sequence }: Batch): boolean {
    return !this.isIdempotent || this.sequences.isNext(partition.number, sequence);
  }

  /** A batch was not taken: it is sent again after a while, and what comes after it in its partition waits. */
  again(batch: Batch): void {
    batch.isRefused = false;
    batch.isRetried = true;
    if (this.settings.acks === 0) {
      batch.partition.observer.lostFromLog(batch.records, false);
      this.forget(batch);
    } else if (this.isDead) {
      this.lose(batch);
    } else {
      this.stall(batch.partition).insert(batch);
    }
  }

  /** The broker of a queue does not answer: whoever leads its partitions now is asked next. */
  findLeaders(queue: BrokerQueue): void {
    if (this.isDead) return;
    for (const [number, sink] of this.sinks.entries()) {
      if (sink !== queue) continue;
      const partition = this.cluster.partitions[number];
      const batches = queue.take(partition);
      this.sinks[number] = null;
      for (const batch of batches) this.stall(partition).insert(batch);
    }
  }

  private stall(partition: BrokeredPartition): StalledPartition {
    let stalled = this.stalled.get(partition);
    if (stalled === undefined) {
      stalled = new StalledPartition(this, partition);
      this.stalled.set(partition, stalled);
      const sink = this.sinks[partition.number];
      this.sinks[partition.number] = stalled;
      if (sink instanceof BrokerQueue) for (const batch of sink.handOver(partition)) stalled.insert(batch);
    }
    return stalled;
  }

  /** There is a leader to send a stalled partition's batches to; perhaps it will refuse them, too. */
  resume(partition: BrokeredPartition, batches: readonly Batch[]): void {
    if (this.isDead) return;
    this.stalled.delete(partition);
    this.sinks[partition.number] = null;
    if (batches.length === 0 || partition.leaderBroker === null) return;
    const queue = this.queueOf(partition.leaderBroker.number);
    this.sinks[partition.number] = queue;
    queue.resend(batches);
  }

  /** Nobody waits for the answer any more: whoever published hears that it failed. */
  abandon(batch: Batch): void {
    for (const record of batch.records) record.undelivered(batch.isInLog);
    this.forget(batch);
  }

  /** It dies with the instance's memory, unless a broker has it. */
  lose(batch: Batch): void {
    if (!batch.isInLog) for (const record of batch.records) record.lost();
    this.forget(batch);
  }

  private forget(batch: Batch): void {
    if (!batch.isInLog) this.sequences.skip(batch.partition.number, batch.sequence);
    this.cluster.forgetKept(batch);
  }

  /** Nothing leaves any more. What is lost is told after those who wait have been severed from the instance. */
  private die(): void {
    this.isDead = true;
    for (const queue of this.queues) queue?.die();
    this.sinks.fill(lostAtOnce);
    this.cluster.simulation.soon(this, 0);
  }

  fire(): void {
    for (const queue of this.queues) queue?.lose();
    for (const stalled of this.stalled.values()) stalled.lose();
  }
}

/** What an instance publishes that is not there any more. */
const lostAtOnce: Sink = {
  append(_partition, record) {
    record.lost();
    return true;
  },
};
