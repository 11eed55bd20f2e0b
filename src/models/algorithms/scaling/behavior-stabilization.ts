/**
 * The stabilization windows of `behavior`: scale up only to what every recommendation of the up window asked
 * for at least, down only to what none of the down window asked more than.
 *
 * Rule: clamp current into [min over the up window, max over the down window], the new recommendation
 * included in both; an old one counts while strictly younger than its window.
 * Source: Kubernetes 1.28, pkg/controller/podautoscaler/horizontal.go, stabilizeRecommendationWithBehaviors.
 * Differs: recommendations older than both windows are dropped, which nothing can observe. Cost: one pass.
 */
import type { ResolvedHpaSpec } from './hpa-spec.ts';
import type { AbleToScale, HpaState, ReplicaRequest } from './hpa-state.ts';

export interface Stabilized {
  replicas: number;
  ableToScale: AbleToScale;
  recommendations: HpaState['recommendations'];
}

export function stabilize(
  behavior: NonNullable<ResolvedHpaSpec['behavior']>,
  recommendations: HpaState['recommendations'],
  { now, currentReplicas, proposedReplicas }: ReplicaRequest,
): Stabilized {
  const upCutoff = now - behavior.scaleUp.stabilizationWindowSeconds * 1e9;
  const downCutoff = now - behavior.scaleDown.stabilizationWindowSeconds * 1e9;
  let atLeast = proposedReplicas;
  let atMost = proposedReplicas;
  for (const { at, replicas } of recommendations) {
    if (at > upCutoff) atLeast = Math.min(atLeast, replicas);
    if (at > downCutoff) atMost = Math.max(atMost, replicas);
  }
  const replicas = Math.min(Math.max(currentReplicas, atLeast), atMost);
  const held = proposedReplicas >= currentReplicas ? 'ScaleUpStabilized' : 'ScaleDownStabilized';
  const oldest = Math.min(upCutoff, downCutoff);
  return {
    replicas,
    ableToScale: replicas === proposedReplicas ? 'ReadyForNewScale' : held,
    recommendations: [
      ...recommendations.filter(({ at }) => at >= oldest),
      { at: now, replicas: proposedReplicas },
    ],
  };
}
