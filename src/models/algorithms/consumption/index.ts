/**
 * The assignors by the name that a scenario gives them, as they share partitions out among members of whom none owns
 * any yet.
 */
import { range } from './range.ts';
import { roundRobin } from './round-robin.ts';
import type { Assignor } from './subscription.ts';

export type { Assignment, Assignor, OwnedPartition, Subscriptions, TopicSizes } from './subscription.ts';

export type AssignorName = 'range' | 'round-robin' | 'sticky' | 'cooperative-sticky';

export const assignors: Readonly<Record<AssignorName, Assignor>> = {
  range,
  'round-robin': roundRobin,
  sticky: roundRobin,
  'cooperative-sticky': roundRobin,
};
