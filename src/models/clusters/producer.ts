import type { OutgoingRecord, Producer, ProducerSettings } from '../contracts/cluster.ts';
import type { Host } from '../cursor.ts';
import { BrokerQueue } from './broker-queue.ts';
import type { BrokeredPartition } from './partition.ts';
import type { ClusterInRegion } from './region.ts';

/** The client through which an instance publishes to a cluster. */
export class ProducerOnInstance implements Producer {
  private readonly queues: BrokerQueue[] = [];

  constructor(
    readonly cluster: ClusterInRegion,
    readonly host: Host,
    readonly place: number,
    readonly settings: ProducerSettings,
  ) {}

  append(partition: BrokeredPartition, record: OutgoingRecord, bytes: number): boolean {
    this.queues[partition.leader] ??= new BrokerQueue(this, this.cluster.brokers[partition.leader]);
    return this.queues[partition.leader].append(partition, record, bytes);
  }
}
