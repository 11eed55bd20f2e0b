/**
 * What several metrics ask for together.
 *
 * Rule: the largest proposal wins; where a metric fails, the others may scale up but not down; where all
 * fail, nothing happens.
 * Source: Kubernetes 1.28, pkg/controller/podautoscaler/horizontal.go, computeReplicasForMetrics. Differs:
 * nothing.
 */
import type { Proposal } from './proposal.ts';

export type Combination =
  | { replicas: number /** Index of the metric that decided. */; decidedBy: number }
  | { failedMetric: number };

/** The combined proposal, or the first failed metric where the failure forbids scaling. */
export function combineProposals(proposals: readonly Proposal[], currentReplicas: number): Combination {
  let replicas = 0;
  let decidedBy = -1;
  let failedMetric = -1;
  proposals.forEach((proposal, index) => {
    if ('failure' in proposal) {
      if (failedMetric < 0) failedMetric = index;
    } else if (replicas === 0 || proposal.replicas > replicas) {
      replicas = proposal.replicas;
      decidedBy = index;
    }
  });
  if (decidedBy < 0 || (failedMetric >= 0 && replicas < currentReplicas)) return { failedMetric };
  return { replicas, decidedBy };
}
