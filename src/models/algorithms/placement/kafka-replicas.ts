/**
 * The brokers that hold each partition's replicas, the preferred leader first.
 *
 * Rule: leaders go round the brokers from `startIndex`; replica j of a partition stands 1 + (shift + j) % (brokers − 1)
 * places after its leader, and the shift grows by one each time that the leaders have gone round.
 * Source: Apache Kafka 1eb7644349cb, server-common/…/admin/AdminUtils.java, assignment without racks.
 * Differs: start and shift are arguments, which the original draws (or sets both to a fixed start). A KRaft controller
 * places by its StripedReplicaPlacer: other brokers, as even. Cost: O(partitions × factor).
 */
export interface ReplicaPlacement {
  readonly partitions: number;
  readonly replicationFactor: number;
  readonly brokers: number;
  /** Broker of the first partition's leader. Default: 0. */
  readonly startIndex?: number;
  /** Shift of the first round. Default: startIndex. */
  readonly shift?: number;
}

/** Brokers (0, 1, …) of each partition's replicas. Throws RangeError where there are fewer brokers than replicas. */
export function placeReplicas(placement: ReplicaPlacement): number[][] {
  const { partitions, replicationFactor, brokers, startIndex = 0, shift = startIndex } = placement;
  if (replicationFactor < 1 || replicationFactor > brokers) {
    throw new RangeError(`replication factor ${replicationFactor} needs as many brokers, not ${brokers}`);
  }
  return Array.from({ length: partitions }, (_, partition) => {
    const leader = (partition + startIndex) % brokers;
    const round = shift + Math.floor(partition / brokers);
    const followers = Array.from(
      { length: replicationFactor - 1 },
      (_, replica) => (leader + 1 + ((round + replica) % (brokers - 1))) % brokers,
    );
    return [leader, ...followers];
  });
}
