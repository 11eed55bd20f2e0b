/**
 * The Kubernetes HorizontalPodAutoscaler as a reducer: one look every 15 s, in go readings, out comes a
 * replica count.
 *
 * Rule: off at 0 replicas; above max or below min, go there; else the metrics propose (proposal.ts), the
 * largest wins (combination.ts), and `behavior`, or its absence, limits how fast (behavior-*.ts,
 * legacy-normalization.ts).
 * Source: Kubernetes 1.28, pkg/controller/podautoscaler/horizontal.go, reconcileAutoscaler.
 * Differs: the metrics server, its scrapes and its delays are the caller's. Cost: microseconds a look.
 */
import { limitByPolicies, recordScaleEvent } from './behavior-policies.ts';
import { stabilize } from './behavior-stabilization.ts';
import { combineProposals } from './combination.ts';
import {
  defaultHpaFlags,
  type HpaFlags,
  type HpaSpec,
  type ResolvedHpaSpec,
  resolveHpaSpec,
} from './hpa-spec.ts';
import {
  type AbleToScale,
  type HpaState,
  initialHpaState,
  type NormalizedReplicas,
  type ReplicaRequest,
  type ScalingLimit,
} from './hpa-state.ts';
import { normalizeLegacy } from './legacy-normalization.ts';
import type { MetricReading } from './metric-reading.ts';
import { metricName, type Proposal, proposeReplicas } from './proposal.ts';

export interface HpaFacts {
  /** Integer nanoseconds. */
  now: number;
  /** The target's declared replicas (spec.replicas), pending ones included. */
  currentReplicas: number;
  /** One for each of the spec's metrics, in their order. */
  readings: readonly MetricReading[];
}

export interface HpaReasons {
  /** Why the count changes, in a few words; nothing where it does not. */
  rescale?: string;
  scalingActive: 'ValidMetricFound' | 'ScalingDisabled' | 'FailedGetMetric' | 'OutOfBounds';
  ableToScale?: AbleToScale;
  limit?: ScalingLimit;
  limited: boolean;
  /** What each metric asked for, in the spec's order; empty where none was looked at. */
  proposals: readonly Proposal[];
}

export interface HpaDecision {
  state: HpaState;
  /** The replicas to declare; equal to `currentReplicas` where nothing changes. */
  desired: number;
  reasons: HpaReasons;
}

/** The reducer of one autoscaler. Pass no state the first time. */
export function hpa(
  spec: HpaSpec,
  flags: HpaFlags = defaultHpaFlags,
): (state: HpaState | undefined, facts: HpaFacts) => HpaDecision {
  const resolved = resolveHpaSpec(spec, flags);
  const { minReplicas, maxReplicas, behavior } = resolved;

  const settle = (state: HpaState, facts: HpaFacts, desired: number, reasons: HpaReasons): HpaDecision => {
    const { now, currentReplicas } = facts;
    if (desired === currentReplicas || !behavior) return { state, desired, reasons };
    return { state: recordScaleEvent(behavior, state, now, currentReplicas, desired), desired, reasons };
  };

  return (previous, facts) => {
    const { now, currentReplicas, readings } = facts;
    const state = previous ?? initialHpaState(now, currentReplicas);
    if (currentReplicas === 0 && minReplicas !== 0) {
      const reasons: HpaReasons = { scalingActive: 'ScalingDisabled', limited: false, proposals: [] };
      return { state, desired: 0, reasons };
    }
    if (currentReplicas > maxReplicas || currentReplicas < minReplicas) {
      const above = currentReplicas > maxReplicas;
      const rescale = `current replicas ${above ? 'above maxReplicas' : 'below minReplicas'}`;
      const reasons: HpaReasons = { rescale, scalingActive: 'OutOfBounds', limited: false, proposals: [] };
      return settle(state, facts, above ? maxReplicas : minReplicas, reasons);
    }

    const proposals = resolved.metrics.map((metric, index) =>
      proposeReplicas(metric, readings[index] ?? { failure: 'no reading' }, currentReplicas, now, flags),
    );
    const combined = combineProposals(proposals, currentReplicas);
    if (!('replicas' in combined)) {
      const reasons: HpaReasons = { scalingActive: 'FailedGetMetric', limited: false, proposals };
      return { state, desired: currentReplicas, reasons };
    }
    const request = { now, currentReplicas, proposedReplicas: combined.replicas };
    const { replicas, ableToScale, limit, limited, state: next } = normalize(resolved, flags, state, request);
    const reasons: HpaReasons = { scalingActive: 'ValidMetricFound', ableToScale, limit, limited, proposals };
    if (combined.replicas > currentReplicas) {
      reasons.rescale = `${metricName(resolved.metrics[combined.decidedBy])} above target`;
    } else if (combined.replicas < currentReplicas) {
      reasons.rescale = 'all metrics below target';
    }
    if (replicas === currentReplicas) delete reasons.rescale;
    return settle(next, facts, replicas, reasons);
  };
}

/**
 * From what the metrics ask for to what may be done, by `behavior` if the spec has one, else by the older
 * rules.
 */
export function normalize(
  spec: ResolvedHpaSpec,
  flags: HpaFlags,
  state: HpaState,
  request: ReplicaRequest,
): NormalizedReplicas {
  const { behavior } = spec;
  if (!behavior) return normalizeLegacy(spec, flags, state, request);
  const stabilized = stabilize(behavior, state.recommendations, request);
  const { replicas, limit } = limitByPolicies(spec, behavior, state, {
    now: request.now,
    currentReplicas: request.currentReplicas,
    stabilizedReplicas: stabilized.replicas,
  });
  return {
    replicas,
    ableToScale: stabilized.ableToScale,
    limit,
    limited: replicas !== stabilized.replicas,
    state: { ...state, recommendations: stabilized.recommendations },
  };
}
