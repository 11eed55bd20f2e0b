/**
 * Who leads a partition, as Kafka's controller decides it.
 *
 * Rule: the current leader stays if it is in sync and alive. Else the first of the assignment's order that is both. Else,
 * where unclean elections are allowed, the first that is alive, in sync or not: then it alone is in sync, and what it
 * lacks is lost. Else there is none. A preferred election puts the first of the assignment in front if it qualifies.
 * Source: Apache Kafka 1eb7644349cb, metadata/…/controller/PartitionChangeBuilder.java, electAnyLeader and
 * electPreferredLeader. Differs: no eligible leader replicas (KIP-966), which are off by default.
 * Cost: O(replicas).
 */
export interface PartitionRoles {
  /** Brokers of the assignment, the preferred leader first. */
  readonly replicas: readonly number[];
  /** Of them, those in sync. */
  readonly inSync: readonly number[];
  /** −1: none. */
  readonly leader: number;
}

export interface ElectionRules {
  isAlive(broker: number): boolean;
  readonly isUncleanAllowed: boolean;
  /** Whether the preferred leader takes over from one that is as good. */
  readonly isPreferred?: boolean;
}

export interface Election {
  /** −1: none. */
  readonly leader: number;
  /** Whether it was in sync. */
  readonly isClean: boolean;
}

export function electLeader({ replicas, inSync, leader }: PartitionRoles, rules: ElectionRules): Election {
  const qualifies = (broker: number) => inSync.includes(broker) && rules.isAlive(broker);
  if (rules.isPreferred && qualifies(replicas[0])) return { leader: replicas[0], isClean: true };
  if (leader >= 0 && qualifies(leader)) return { leader, isClean: true };
  const clean = replicas.find(qualifies);
  if (clean !== undefined) return { leader: clean, isClean: true };
  const any = rules.isUncleanAllowed ? replicas.find((broker) => rules.isAlive(broker)) : undefined;
  return any === undefined ? { leader: -1, isClean: true } : { leader: any, isClean: false };
}
