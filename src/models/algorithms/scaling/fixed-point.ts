/**
 * The replica count that an HPA settles at under a constant load.
 *
 * Rule: from minReplicas, look every 15 s at what the load makes of the replicas there are, until the count
 * has stood for as long as any recommendation or change is remembered. Where no count stands (whole percents
 * can make 1 and 2 replicas each ask for the other), the answer is the largest of the cycle, which
 * stabilization holds longest.
 * Source: own definition; the rules are hpa.ts. Cost: looks ≈ ramp + longest window / 15 s (about 25 by
 * default).
 */

import { hpa } from './hpa.ts';
import {
  defaultHpaFlags,
  type HpaFlags,
  type HpaSpec,
  hpaSyncPeriodSeconds,
  resolveHpaSpec,
} from './hpa-spec.ts';
import type { HpaState } from './hpa-state.ts';
import type { MetricReading } from './metric-reading.ts';

export interface FixedPoint {
  replicas: number;
  /** False where the count keeps changing under a constant load. */
  stands: boolean;
}

/**
 * @param readingsAt the readings of the spec's metrics, in order, when the load is spread over that many
 * ready replicas;   called once for each count visited
 */
export function hpaFixedPoint(
  spec: HpaSpec,
  readingsAt: (replicas: number) => readonly MetricReading[],
  flags: HpaFlags = defaultHpaFlags,
): FixedPoint {
  const look = hpa(spec, flags);
  const resolved = resolveHpaSpec(spec, flags);
  const memory = looksRemembered(spec, flags);
  const known = new Map<number, readonly MetricReading[]>();
  const readings = (replicas: number): readonly MetricReading[] => {
    const found = known.get(replicas) ?? readingsAt(replicas);
    known.set(replicas, found);
    return found;
  };

  // The slowest policy allowed may add one pod a memory; beyond a full climb and fall something cycles.
  const looksAtMost = memory * 2 * (resolved.maxReplicas - resolved.minReplicas + 2);
  let state: HpaState | undefined;
  let replicas = Math.max(resolved.minReplicas, 1);
  let standing = 0;
  let largestOfCycle = 0;
  for (let count = 0; standing < memory; count++) {
    if (count === looksAtMost) return { replicas: largestOfCycle, stands: false };
    if (count >= looksAtMost - memory) largestOfCycle = Math.max(largestOfCycle, replicas);
    const now = count * hpaSyncPeriodSeconds * 1e9;
    const decision = look(state, { now, currentReplicas: replicas, readings: readings(replicas) });
    standing = decision.desired === replicas ? standing + 1 : 0;
    state = decision.state;
    replicas = decision.desired;
  }
  return { replicas, stands: true };
}

/** Looks after which an unchanged count cannot change any more: every window and period has gone by. */
function looksRemembered(spec: HpaSpec, flags: HpaFlags): number {
  const { behavior } = resolveHpaSpec(spec, flags);
  const rules = behavior ? [behavior.scaleUp, behavior.scaleDown] : [];
  const windows = rules.flatMap((rule) => [
    rule.stabilizationWindowSeconds,
    ...rule.policies.map((policy) => policy.periodSeconds),
  ]);
  const longest = Math.max(flags.downscaleStabilizationSeconds, ...windows);
  return Math.ceil(longest / hpaSyncPeriodSeconds) + 2;
}
