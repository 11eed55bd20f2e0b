/**
 * The high watermark: the offset below which every in-sync replica has the log, and consumers may read.
 *
 * Rule: the least log end of the in-sync replicas; it never falls, and stays while fewer are in sync than
 * min.insync.replicas.
 * Source: Apache Kafka 1eb7644349cb, core/…/cluster/Partition.scala, maybeIncrementLeaderHW.
 * Differs: replicas on their way into the in-sync set, which the original counts too, are the caller's to include.
 * Cost: O(replicas).
 *
 * @param logEnds log end offsets of the in-sync replicas, as the leader knows them, its own included
 * @param highWatermark as it stood
 */
export function advancedHighWatermark(
  logEnds: ArrayLike<number>,
  highWatermark: number,
  minInSyncReplicas: number,
): number {
  if (logEnds.length < minInSyncReplicas) return highWatermark;
  let least = logEnds[0];
  for (let replica = 1; replica < logEnds.length; replica += 1) {
    if (logEnds[replica] < least) least = logEnds[replica];
  }
  return Math.max(least, highWatermark);
}
