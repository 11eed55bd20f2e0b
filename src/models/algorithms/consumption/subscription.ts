/** A group's members with the topics that each reads, in the order of their ids (as Java compares strings). */
export type Subscriptions = ReadonlyMap<string, readonly string[]>;

/** Partitions of each topic. */
export type TopicSizes = ReadonlyMap<string, number>;

/** A partition of a topic that a member owns. */
export interface OwnedPartition {
  readonly topic: string;
  readonly partition: number;
}

/** What each member owns; every partition of a topic that somebody reads has one owner. */
export type Assignment = Map<string, OwnedPartition[]>;

/** What members owned in the last generation, each in the order in which it was given. */
export type Ownership = ReadonlyMap<string, readonly OwnedPartition[]>;

/** Shares partitions out among members. */
export type Assignor = (topics: TopicSizes, subscriptions: Subscriptions, owned?: Ownership) => Assignment;

/** A name for a partition by which two of them can be compared. */
export const partitionName = ({ topic, partition }: OwnedPartition): string => `${topic}-${partition}`;

/** Members in the order in which assignors go through them. */
export const memberIds = (subscriptions: Subscriptions): string[] =>
  [...subscriptions.keys()].sort(byCodeUnit);

/** Topics that somebody reads, in order of their names. */
export function topicNames(topics: TopicSizes, subscriptions: Subscriptions): string[] {
  const read = new Set([...subscriptions.values()].flat());
  return [...topics.keys()].filter((topic) => read.has(topic)).sort(byCodeUnit);
}

const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
