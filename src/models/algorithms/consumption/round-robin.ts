/**
 * Kafka's round-robin assignor: all partitions of all topics dealt out in turn.
 *
 * Rule: partitions in order of topic and number go to members in the order of their ids, round and round; a member that
 * does not read the topic is passed over.
 * Source: Apache Kafka 1eb7644349cb, clients/…/consumer/RoundRobinAssignor.java.
 * Differs: no static member ids. Cost: O(partitions × members passed over).
 */
import { type Assignment, type Assignor, memberIds, topicNames } from './subscription.ts';

export const roundRobin: Assignor = (topics, subscriptions) => {
  const members = memberIds(subscriptions);
  const owned: Assignment = new Map(members.map((member) => [member, []]));
  let turn = 0;
  for (const topic of topicNames(topics, subscriptions)) {
    for (let partition = 0; partition < topics.get(topic)!; partition += 1) {
      while (!subscriptions.get(members[turn % members.length])!.includes(topic)) turn += 1;
      owned.get(members[turn % members.length])!.push({ topic, partition });
      turn += 1;
    }
  }
  return owned;
};
