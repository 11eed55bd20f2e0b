/**
 * Kafka's cooperative-sticky assignor: where the sticky assignor would have a partition, but never handed over directly.
 *
 * Rule: a partition that another member owned is withheld from its new owner in this generation; its old owner gives it
 * up, asks for another round, and in that one it is free.
 * Source: Apache Kafka 1eb7644349cb, clients/…/consumer/CooperativeStickyAssignor.java.
 * Differs: as the sticky assignor. Cost: O(partitions).
 */
import { sticky } from './sticky.ts';
import { type Assignor, partitionName } from './subscription.ts';

export const cooperativeSticky: Assignor = (topics, subscriptions, owned = new Map()) => {
  const target = sticky(topics, subscriptions, owned);
  const owner = new Map<string, string>();
  for (const [member, partitions] of owned) {
    if (!subscriptions.has(member)) continue;
    for (const each of partitions) owner.set(partitionName(each), member);
  }
  for (const [member, partitions] of target) {
    const now = partitions.filter((each) => (owner.get(partitionName(each)) ?? member) === member);
    target.set(member, now);
  }
  return target;
};
