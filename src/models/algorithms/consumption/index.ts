/** How a consumer group shares partitions out: the assignors by the name that a scenario gives them, and the protocol. */
import { cooperativeSticky } from './cooperative-sticky.ts';
import { range } from './range.ts';
import { roundRobin } from './round-robin.ts';
import { sticky } from './sticky.ts';
import type { Assignor } from './subscription.ts';

export { Coordinator, type GroupWatcher } from './coordinator.ts';
export type {
  Assignment,
  Assignor,
  OwnedPartition,
  Ownership,
  Subscriptions,
  TopicSizes,
} from './subscription.ts';
export { partitionName } from './subscription.ts';

export type AssignorName = 'range' | 'round-robin' | 'sticky' | 'cooperative-sticky';

export const assignors: Readonly<Record<AssignorName, Assignor>> = {
  range,
  'round-robin': roundRobin,
  sticky,
  'cooperative-sticky': cooperativeSticky,
};

/** Whether members keep what they own through a rebalance, and give up only what moves. */
export const isCooperative = (name: AssignorName): boolean => name === 'cooperative-sticky';
