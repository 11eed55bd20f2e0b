/**
 * Kafka's range assignor: each topic's partitions in contiguous ranges.
 *
 * Rule: per topic, members in the order of their ids get ⌊partitions / members⌋ each, the first partitions % members one
 * more. With several topics the first members get the extra partition of every topic.
 * Source: Apache Kafka 1eb7644349cb, clients/…/consumer/RangeAssignor.java.
 * Differs: no racks, no static member ids. Cost: O(partitions).
 */
import { type Assignment, type Assignor, memberIds, topicNames } from './subscription.ts';

export const range: Assignor = (topics, subscriptions) => {
  const members = memberIds(subscriptions);
  const owned: Assignment = new Map(members.map((member) => [member, []]));
  for (const topic of topicNames(topics, subscriptions)) {
    const readers = members.filter((member) => subscriptions.get(member)!.includes(topic));
    const partitions = topics.get(topic)!;
    readers.forEach((member, place) => {
      const [from, to] = rangeOf(place, readers.length, partitions);
      for (let partition = from; partition < to; partition += 1)
        owned.get(member)!.push({ topic, partition });
    });
  }
  return owned;
};

/** Partitions [from, to) of the member at `place` among `members`. */
export function rangeOf(place: number, members: number, partitions: number): [from: number, to: number] {
  const each = Math.floor(partitions / members);
  const extra = partitions % members;
  const from = each * place + Math.min(place, extra);
  return [from, from + each + (place < extra ? 1 : 0)];
}
