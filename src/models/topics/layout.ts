import { placeReplicas } from '../algorithms/placement/kafka-replicas.ts';
import type { PartitionSetting, RegionalCluster } from '../contracts/cluster.ts';
import type { Log } from './log.ts';

/** How partitions lie on each cluster of a region. */
export interface Layout {
  /** Of one cluster. */
  readonly partitions: number;
  readonly replicationFactor: number;
  /** Of one cluster. */
  readonly brokers: number;
  readonly setting: PartitionSetting;
}

/**
 * Makes the partitions of a topic on the clusters of a region, those of the first cluster first.
 * @param broker draws a broker's number: where leaders begin, and how followers are shifted
 * @param make a log by its place among them, for a cluster
 */
export function layOut<L extends Log>(
  clusters: readonly RegionalCluster[],
  { setting, ...placement }: Layout,
  broker: () => number,
  make: (place: number, shard: number) => L,
): L[] {
  const { brokers, partitions } = placement;
  return clusters.flatMap((cluster, shard) => {
    const placed = placeReplicas({ ...placement, startIndex: broker(), shift: broker() });
    return placed.map((replicas, partition) => {
      const log = make(shard * partitions + partition, shard);
      log.brokersBefore = shard * brokers;
      log.brokered = cluster.createPartition(replicas, setting, log);
      return log;
    });
  });
}
