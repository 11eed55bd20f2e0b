/**
 * From what the metrics ask for to what the HPA does, where the manifest has no `behavior`.
 *
 * Rule: the largest recommendation of the last 300 s (bounds included), then at most max(2 · current, 4),
 * then [min, max].
 * Source: Kubernetes 1.28, pkg/controller/podautoscaler/horizontal.go, normalizeDesiredReplicas,
 * stabilizeRecommendation, convertDesiredReplicasWithRules. Differs: recommendations out of the window are
 * dropped instead of overwritten one by one, which nothing can observe. Cost: one pass over a window (about
 * 20 entries).
 */
import type { HpaFlags, ResolvedHpaSpec } from './hpa-spec.ts';
import type { HpaState, NormalizedReplicas, ReplicaRequest, ScalingLimit } from './hpa-state.ts';

const scaleUpFactor = 2;
const scaleUpMinimum = 4;

export function normalizeLegacy(
  spec: ResolvedHpaSpec,
  flags: HpaFlags,
  state: HpaState,
  { now, currentReplicas, proposedReplicas }: ReplicaRequest,
): NormalizedReplicas {
  const cutoff = now - flags.downscaleStabilizationSeconds * 1e9;
  const recent = state.recommendations.filter((recommendation) => recommendation.at >= cutoff);
  const stabilized = recent.reduce((most, { replicas }) => Math.max(most, replicas), proposedReplicas);

  const { replicas, limit } = limitLegacy(spec, currentReplicas, stabilized);

  return {
    replicas,
    ableToScale: stabilized === proposedReplicas ? 'ReadyForNewScale' : 'ScaleDownStabilized',
    limit,
    limited: replicas !== stabilized,
    state: { ...state, recommendations: [...recent, { at: now, replicas: proposedReplicas }] },
  };
}

function limitLegacy(
  { minReplicas, maxReplicas }: ResolvedHpaSpec,
  currentReplicas: number,
  wanted: number,
): { replicas: number; limit: ScalingLimit } {
  if (wanted < minReplicas) return { replicas: minReplicas, limit: 'TooFewReplicas' };
  const scaleUpLimit = Math.max(scaleUpFactor * currentReplicas, scaleUpMinimum);
  const ceiling = Math.min(maxReplicas, scaleUpLimit);
  if (wanted <= ceiling) return { replicas: wanted, limit: 'DesiredWithinRange' };
  return { replicas: ceiling, limit: maxReplicas > scaleUpLimit ? 'ScaleUpLimit' : 'TooManyReplicas' };
}
