/**
 * Which replicas are in sync, and when that changes.
 *
 * Rules: a replica is caught up if it has the leader's whole log, or had all of it at some instant of the last
 * replica.lag.time.max (30 s); who is not is left out at the next check, every half of that. It is in sync again once
 * a fetch shows that it has all below the high watermark. The controller takes a broker that it has fenced out of all
 * in-sync sets; the last one stays in, as there would be nobody who is known to have everything.
 * Source: Apache Kafka 1eb7644349cb, core/…/cluster/Replica.scala isCaughtUp, Partition.scala maybeExpandIsr and
 * maybeShrinkIsr, ReplicaManager.scala (the period of the check); metadata/…/controller/PartitionChangeBuilder.java,
 * which records no empty set.
 * Differs: nothing that can be seen here (the original asks the controller, and counts a replica that is on its way in).
 * Cost: O(replicas).
 */

/** replica.lag.time.max.ms, in seconds. */
export const replicaLagTimeMax = 30;

/** Seconds from one check to the next. */
export const lagCheckPeriod = replicaLagTimeMax / 2;

/** @param caughtUpAt the last instant at which it had, or is known to have had, the leader's whole log; seconds */
export const isCaughtUp = (logEnd: number, leaderEnd: number, caughtUpAt: number, now: number): boolean =>
  logEnd === leaderEnd || now - caughtUpAt <= replicaLagTimeMax;

/** Whether a replica that was left out is in sync again. */
export const mayRejoin = (logEnd: number, highWatermark: number): boolean => logEnd >= highWatermark;

/** The in-sync set without a broker; as it was where that broker is the last one. */
export function without(inSync: readonly number[], broker: number): readonly number[] {
  const left = inSync.filter((each) => each !== broker);
  return left.length === 0 ? inSync : left;
}

/** The in-sync set with one more broker, in the assignment's order. */
export const including = (
  inSync: readonly number[],
  broker: number,
  replicas: readonly number[],
): readonly number[] => replicas.filter((each) => each === broker || inSync.includes(each));
