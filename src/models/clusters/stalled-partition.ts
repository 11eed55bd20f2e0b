import type { EventTarget } from '../../sim/event-queue.ts';
import { hasRoom, isFull } from '../algorithms/batching/record-batch.ts';
import { retryBackoff } from '../algorithms/batching/retry-backoff.ts';
import type { OutgoingRecord } from '../contracts/cluster.ts';
import type { Batch } from './batch.ts';
import type { BrokeredPartition } from './partition.ts';
import type { ProducerOnInstance } from './producer.ts';

/** Where the draws of backoffs begin. */
const backoffDraws = 2 ** 20;

/**
 * What a producer holds of a partition that refused a batch, or that has no leader: it looks for a leader again and
 * again, ever less often, and gives batches up that have waited for too long.
 */
export class StalledPartition implements EventTarget {
  /** In the order in which they were opened. */
  private readonly batches: Batch[] = [];
  private attempts = 0;
  /** When a leader is looked for. */
  private retryAt = 0;
  /** An event of a former plan carries another number. */
  private token = 0;

  constructor(
    private readonly producer: ProducerOnInstance,
    private readonly partition: BrokeredPartition,
  ) {}

  append(partition: BrokeredPartition, record: OutgoingRecord, bytes: number): boolean {
    const { batches, producer } = this;
    const { batchSize } = producer.settings;
    let batch = batches[batches.length - 1];
    if (batch === undefined || batch.isComplete || !hasRoom(batch.bytes, bytes, batchSize)) {
      batch = producer.openBatch(partition);
      batch.partition = partition;
      batch.bytes = 0;
      batch.openedAt = producer.cluster.simulation.now;
      batch.isComplete = false;
      batches.push(batch);
    }
    batch.records.push(record);
    batch.bytes += bytes;
    batch.isComplete = isFull(batch.bytes, batchSize);
    if (batches.length === 1 && batch.records.length === 1) this.wait();
    return batch.isComplete;
  }

  /** One that was refused, or has waited elsewhere. */
  insert(batch: Batch): void {
    const { batches } = this;
    if (batch.isRetried) batch.isComplete = true;
    this.attempts = Math.max(this.attempts, batch.attempts);
    let at = batches.length;
    while (at > 0 && batches[at - 1].sequence > batch.sequence) at -= 1;
    batches.splice(at, 0, batch);
    if (batches.length === 1) this.wait();
    else if (at === 0) this.arm();
  }

  /** Adds its batches to a count by partition. */
  count(counts: number[]): void {
    const { number } = this.partition;
    counts[number] = (counts[number] ?? 0) + this.batches.length;
  }

  /** Looks for a leader after the next backoff. */
  private wait(): void {
    const { batches, producer } = this;
    const { high, low } = batches[0].records[0];
    const uniform = producer.cluster.draw(high, low, backoffDraws + this.attempts);
    this.retryAt = producer.cluster.simulation.now + retryBackoff(this.attempts, uniform) * 1e6;
    this.arm();
  }

  private arm(): void {
    const { cluster, deliveryTimeout } = this.producer;
    const { agenda, simulation } = cluster;
    const at = Math.min(this.retryAt, this.batches[0].openedAt + deliveryTimeout);
    this.token += 1;
    agenda.at(Math.max(simulation.now, at), this, this.token);
  }

  fire(token: number): void {
    if (token !== this.token) return;
    const { batches, partition, producer } = this;
    const { now } = producer.cluster.simulation;
    while (batches.length > 0 && batches[0].openedAt + producer.deliveryTimeout <= now) {
      producer.abandon(batches.shift() as Batch);
    }
    if (batches.length === 0) {
      producer.resume(partition, batches);
    } else if (now < this.retryAt) {
      this.arm();
    } else {
      this.attempts += 1;
      for (const batch of batches) batch.attempts = this.attempts;
      if (partition.leader >= 0) producer.resume(partition, batches);
      else this.wait();
    }
  }

  /** The instance has died. */
  lose(): void {
    this.token += 1;
    for (const batch of this.batches.splice(0)) this.producer.lose(batch);
  }
}
