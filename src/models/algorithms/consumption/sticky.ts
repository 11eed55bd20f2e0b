/**
 * Kafka's sticky assignor: as even as can be, and as near to what was before as that allows.
 *
 * Rule: with P partitions and C members, P % C members get ⌈P/C⌉ and the others ⌊P/C⌋. Each keeps the first of what it
 * owned, in order of number and topic, up to its share: who owned the most first comes to the larger numbers while there are any left. What is
 * free then goes in order of topic and number, in turn, to the members below the smaller number, and one each to those at
 * it, in the order of their ids.
 * Source: Apache Kafka 1eb7644349cb, clients/…/consumer/internals/AbstractStickyAssignor.java, the case in which all
 * members read the same topics.
 * Differs: members who read different topics are refused (a group of Headroom has none); no racks; nobody owns what
 * another one owns in the same generation; owners are gone through in the order of their ids, where Kafka takes them as a
 * hash map has them. Cost: O(partitions + members log members).
 */
import {
  type Assignment,
  type Assignor,
  memberIds,
  type OwnedPartition,
  type Ownership,
  partitionName,
  topicNames,
} from './subscription.ts';

export const sticky: Assignor = (topics, subscriptions, owned = nobody) => {
  const members = memberIds(subscriptions);
  const names = topicNames(topics, subscriptions);
  for (const read of subscriptions.values()) {
    if (read.length !== names.length) throw new Error('sticky: all members must read the same topics');
  }
  const all = names.flatMap((topic) =>
    Array.from(
      { length: topics.get(topic) as number },
      (_, partition): OwnedPartition => ({ topic, partition }),
    ),
  );
  const known = new Set(all.map(partitionName));
  const least = Math.floor(all.length / members.length);
  const most = Math.ceil(all.length / members.length);
  const places = all.length % members.length;
  const kept: Assignment = new Map();
  /** Members below the smaller number; and those at it who may get one more. */
  const below: string[] = [];
  let atLeast: string[] = [];
  let larger = 0;
  for (const member of members) {
    const had = (owned.get(member) ?? []).filter((each) => known.has(partitionName(each))).sort(byNumber);
    if (had.length < least) {
      kept.set(member, [...had]);
      below.push(member);
    } else if (had.length >= most && larger < places) {
      kept.set(member, had.slice(0, most));
      larger += 1;
      if (larger === places) atLeast = [];
    } else {
      kept.set(member, had.slice(0, least));
      if (larger < places) atLeast.push(member);
    }
  }
  const taken = new Set([...kept.values()].flat().map(partitionName));
  const free = all.filter((each) => !taken.has(partitionName(each)));
  dealOut(free, kept, below, atLeast.sort(byCodeUnit), least);
  return kept;
};

/** Round and round among those below the smaller number; whoever has reached it may get one more at the end. */
function dealOut(
  free: readonly OwnedPartition[],
  kept: Assignment,
  below: string[],
  atLeast: string[],
  least: number,
): void {
  let turn = 0;
  for (const partition of free) {
    if (turn >= below.length) turn = 0;
    const member = below.length > 0 ? below[turn] : atLeast.shift();
    if (member === undefined) throw new Error('sticky: partitions are left, and no member has room');
    const own = kept.get(member) as OwnedPartition[];
    own.push(partition);
    if (below.length === 0) continue;
    if (own.length === least) {
      below.splice(turn, 1);
      atLeast.push(member);
    } else turn += 1;
  }
}

const nobody: Ownership = new Map();

const byNumber = (a: OwnedPartition, b: OwnedPartition): number =>
  a.partition - b.partition || byCodeUnit(a.topic, b.topic);

const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
