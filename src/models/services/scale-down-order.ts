import type { Member } from './member.ts';

/**
 * Which of two instances is let go first when there are too many.
 *
 * Rule: one that waits for room before one that has it, one that is not ready before one that is, then the one that has
 * been ready for less time, then the younger.
 * Source: Kubernetes 1.28, pkg/controller/controller_utils.go, ActivePodsWithRanks. Differs: deletion costs and restarts
 * do not occur; how many of a service share a node does not count (that leaves nodes half empty, which in a cluster the
 * consolidation of nodes undoes); ages count in full, not by powers of two with ties by a random id.
 */
export function letGoFirst(one: Member, other: Member): number {
  const stage = (member: Member) => (member.instance === undefined ? 0 : member.isReady ? 2 : 1);
  return stage(one) - stage(other) || readyOrder(one, other) || other.number - one.number;
}

const readyOrder = (one: Member, other: Member): number =>
  Number.isNaN(one.readyAt) || Number.isNaN(other.readyAt) ? 0 : other.readyAt - one.readyAt;
