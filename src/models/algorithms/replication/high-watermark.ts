/**
 * The high watermark: the offset below which every in-sync replica has the log, and consumers may read.
 *
 * Rule: the least log end of the in-sync replicas; it never falls, and stays while fewer are in sync than
 * min.insync.replicas.
 * Source: Apache Kafka 1eb7644349cb, core/…/cluster/Partition.scala, maybeIncrementLeaderHW.
 * Differs: replicas on their way into the in-sync set, which the original counts too, are the caller's to include.
 * Cost: O(replicas).
 *
 * @param logEnds log end offsets by broker, as the leader knows them, its own included
 * @param inSync the brokers whose replicas are in sync
 * @param highWatermark as it stood
 */
export function advancedHighWatermark(
  logEnds: ArrayLike<number>,
  inSync: readonly number[],
  highWatermark: number,
  minInSyncReplicas: number,
): number {
  if (inSync.length === 0 || inSync.length < minInSyncReplicas) return highWatermark;
  let least = logEnds[inSync[0]];
  for (let at = 1; at < inSync.length; at += 1) {
    const end = logEnds[inSync[at]];
    if (end < least) least = end;
  }
  return least > highWatermark ? least : highWatermark;
}
