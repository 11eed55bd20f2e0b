/**
 * How fast `behavior` lets the replica count change.
 *
 * Rule: a period starts from current − added + removed within it; Pods allow start ± value, Percent ⌈start ·
 * (1 + v%)⌉ up and ⌊start · (1 − v%)⌋ down; Max takes the policy with the largest change, Min the smallest,
 * Disabled allows none.
 * Source: Kubernetes 1.28, pkg/controller/podautoscaler/horizontal.go,
 * convertDesiredReplicasWithBehaviorRate, calculateScaleUpLimitWithScalingRules,
 * calculateScaleDownLimitWithBehaviors, storeScaleEvent.
 * Differs: nothing; events are replaced, not dropped, because a scale-up policy also reads the scale-downs by
 * its own period. Cost: policies × events of the longest period.
 */
import type { HpaScalingRules, ResolvedHpaSpec } from './hpa-spec.ts';
import type { HpaState, ScaleEvent, ScalingLimit } from './hpa-state.ts';

type Rules = Required<HpaScalingRules>;

export interface PolicyRequest {
  now: number;
  currentReplicas: number;
  stabilizedReplicas: number;
}

/** The stabilized count within what the policies and [min, max] allow. */
export function limitByPolicies(
  spec: ResolvedHpaSpec,
  behavior: NonNullable<ResolvedHpaSpec['behavior']>,
  state: HpaState,
  { now, currentReplicas, stabilizedReplicas: wanted }: PolicyRequest,
): { replicas: number; limit: ScalingLimit } {
  if (wanted > currentReplicas) {
    const allowed = Math.max(scaleUpLimit(behavior.scaleUp, state, now, currentReplicas), currentReplicas);
    const ceiling = Math.min(spec.maxReplicas, allowed);
    if (wanted > ceiling) {
      return { replicas: ceiling, limit: spec.maxReplicas > allowed ? 'ScaleUpLimit' : 'TooManyReplicas' };
    }
  } else if (wanted < currentReplicas) {
    const allowed = Math.min(
      scaleDownLimit(behavior.scaleDown, state, now, currentReplicas),
      currentReplicas,
    );
    const floor = Math.max(spec.minReplicas, allowed);
    if (wanted < floor) {
      return { replicas: floor, limit: spec.minReplicas < allowed ? 'ScaleDownLimit' : 'TooFewReplicas' };
    }
  }
  return { replicas: wanted, limit: 'DesiredWithinRange' };
}

/** The state with a change of the replica count written down. */
export function recordScaleEvent(
  behavior: NonNullable<ResolvedHpaSpec['behavior']>,
  state: HpaState,
  now: number,
  fromReplicas: number,
  toReplicas: number,
): HpaState {
  return toReplicas > fromReplicas
    ? { ...state, scaleUps: record(state.scaleUps, behavior.scaleUp, now, toReplicas - fromReplicas) }
    : { ...state, scaleDowns: record(state.scaleDowns, behavior.scaleDown, now, fromReplicas - toReplicas) };
}

function scaleUpLimit(rules: Rules, state: HpaState, now: number, current: number): number {
  if (rules.selectPolicy === 'Disabled') return current;
  const limits = rules.policies.map(({ type, value, periodSeconds }) => {
    const start = periodStart(state, now, periodSeconds, current);
    return type === 'Pods' ? start + value : Math.ceil(start * (1 + value / 100));
  });
  return rules.selectPolicy === 'Min' ? Math.min(...limits) : Math.max(...limits);
}

function scaleDownLimit(rules: Rules, state: HpaState, now: number, current: number): number {
  if (rules.selectPolicy === 'Disabled') return current;
  const limits = rules.policies.map(({ type, value, periodSeconds }) => {
    const start = periodStart(state, now, periodSeconds, current);
    return type === 'Pods' ? start - value : Math.trunc(start * (1 - value / 100));
  });
  return rules.selectPolicy === 'Min' ? Math.max(...limits) : Math.min(...limits);
}

function periodStart(state: HpaState, now: number, periodSeconds: number, current: number): number {
  const cutoff = now - periodSeconds * 1e9;
  return current - changeSince(state.scaleUps, cutoff) + changeSince(state.scaleDowns, cutoff);
}

function changeSince(events: readonly ScaleEvent[], cutoff: number): number {
  return events.reduce((sum, event) => (event.at > cutoff ? sum + event.change : sum), 0);
}

function record(events: readonly ScaleEvent[], rules: Rules, now: number, change: number): ScaleEvent[] {
  const longestPeriod = rules.policies.reduce((most, policy) => Math.max(most, policy.periodSeconds), 0);
  const cutoff = now - longestPeriod * 1e9;
  const marked = events.map((event) => (event.at < cutoff ? { ...event, outdated: true } : event));
  const replaced = marked.findLastIndex((event) => event.outdated);
  const added = { at: now, change, outdated: false };
  return replaced < 0 ? [...marked, added] : marked.with(replaced, added);
}
