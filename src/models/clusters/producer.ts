import type { EventTarget } from '../../sim/event-queue.ts';
import type { OutgoingRecord, Producer, ProducerSettings } from '../contracts/cluster.ts';
import type { ServiceHost } from '../contracts/service.ts';
import { BrokerQueue } from './broker-queue.ts';
import type { BrokeredPartition } from './partition.ts';
import type { ClusterInRegion } from './region.ts';

/** The client through which an instance publishes to a cluster. */
export class ProducerOnInstance implements Producer, EventTarget {
  /** By the broker's number. */
  private readonly queues: (BrokerQueue | null)[];
  private isDead = false;

  constructor(
    readonly cluster: ClusterInRegion,
    host: Pick<ServiceHost, 'whenDead'>,
    readonly place: number,
    readonly settings: ProducerSettings,
  ) {
    this.queues = cluster.brokers.map(() => null);
    host.whenDead(() => this.die());
  }

  append(partition: BrokeredPartition, record: OutgoingRecord, bytes: number): boolean {
    if (this.isDead) {
      record.lost();
      return true;
    }
    const queue = this.queues[partition.leader] ?? this.queueOf(partition);
    return queue.append(partition, record, bytes);
  }

  private queueOf({ leader }: BrokeredPartition): BrokerQueue {
    const queue = new BrokerQueue(this, this.cluster.brokers[leader]);
    this.queues[leader] = queue;
    return queue;
  }

  /** Nothing leaves any more. What is lost is told after those who wait have been severed from the instance. */
  private die(): void {
    this.isDead = true;
    for (const queue of this.queues) queue?.die();
    this.cluster.simulation.soon(this, 0);
  }

  fire(): void {
    for (const queue of this.queues) queue?.lose();
  }
}
