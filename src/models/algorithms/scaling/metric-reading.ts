/**
 * What the HPA controller sees of one metric at one look, and which pods of it count.
 *
 * Rule: failed and deleting pods do not exist; pending ones are unready; those without a sample are missing;
 * for cpu a running pod's sample is left out (unready) while the pod is unready in its first
 * `cpuInitializationSeconds`, or the sample reaches back before its readiness; after that only if it has
 * never been ready.
 * Source: Kubernetes 1.28, pkg/controller/podautoscaler/replica_calculator.go, groupPods.
 * Differs: samples of pods that the selector does not list have no counterpart here. Cost: one pass over the
 * pods.
 */
import type { HpaFlags } from './hpa-spec.ts';
import { toMilli } from './utilization.ts';

/**
 * One pod. Instants and durations in integer nanoseconds of one clock; usage and request in the metric's own
 * unit.
 */
export interface PodReading {
  phase: 'Pending' | 'Running' | 'Failed';
  /** Being deleted: its deletion timestamp is set. */
  deleting?: boolean;
  ready: boolean;
  startedAt?: number;
  /** When `ready` last changed; for a pod that was never ready, about when it started. */
  readyChangedAt?: number;
  /** Left out when the metrics server has no sample. */
  usage?: number;
  /** The sample is the mean over `sampleWindow` up to `sampledAt`. */
  sampledAt?: number;
  sampleWindow?: number;
  /** Needed for a utilization target. */
  request?: number;
}

/**
 * One metric: pod by pod; or as totals over ready, sampled, equal pods (the fast form: same answer, no list);
 * or the reason why there is none.
 */
export type MetricReading =
  | { pods: readonly PodReading[] }
  | { readyPods: number; totalUsage: number; totalRequest?: number }
  | { failure: string };

/** Sums over a group of pods, in whole thousandths. */
export interface PodSum {
  pods: number;
  usage: number;
  request: number;
}

/**
 * The pods that count, by what is known of them. `missing.usage` is what they are taken to use on a
 * scale-down.
 */
export interface MetricTotals {
  sampled: PodSum;
  unready: PodSum;
  missing: PodSum;
}

export interface GroupingRules {
  /** Readiness is looked at for the cpu resource only. */
  cpu: boolean;
  /** Taken for a pod without a sample on a scale-down, in thousandths, given its request in thousandths. */
  missingUsage: (request: number) => number;
  needsRequest: boolean;
}

/** The totals of one reading, or why the metric is unusable. `now` in nanoseconds. */
export function totalsOf(
  reading: MetricReading,
  rules: GroupingRules,
  now: number,
  flags: HpaFlags,
): MetricTotals | string {
  if ('failure' in reading) return reading.failure;
  const totals = 'pods' in reading ? groupPods(reading.pods, rules, now, flags) : equalPods(reading);
  if ('pods' in reading && reading.pods.length === 0) return 'no pods returned by selector';
  if (totals.sampled.pods === 0) return 'no metrics for targeted pods (pods might be unready)';
  if (rules.needsRequest) {
    const requestMissing =
      'pods' in reading
        ? reading.pods.some((pod) => pod.request === undefined)
        : reading.totalRequest === undefined;
    if (requestMissing) return 'a pod has no request for the resource';
    if (totals.sampled.request === 0) return 'the requests of the sampled pods add up to nothing';
  }
  return totals;
}

function equalPods(reading: { readyPods: number; totalUsage: number; totalRequest?: number }): MetricTotals {
  const { readyPods: pods, totalUsage, totalRequest = 0 } = reading;
  const sampled =
    pods === 0
      ? none()
      : { pods, usage: pods * toMilli(totalUsage / pods), request: pods * toMilli(totalRequest / pods) };
  return { sampled, unready: none(), missing: none() };
}

function groupPods(
  pods: readonly PodReading[],
  rules: GroupingRules,
  now: number,
  flags: HpaFlags,
): MetricTotals {
  const totals: MetricTotals = { sampled: none(), unready: none(), missing: none() };
  for (const pod of pods) {
    if (pod.deleting || pod.phase === 'Failed') continue;
    const request = toMilli(pod.request ?? 0);
    if (pod.phase === 'Pending') add(totals.unready, 0, request);
    else if (pod.usage === undefined) add(totals.missing, rules.missingUsage(request), request);
    else if (rules.cpu && isUnready(pod, now, flags)) add(totals.unready, 0, request);
    else add(totals.sampled, toMilli(pod.usage), request);
  }
  return totals;
}

function isUnready(pod: PodReading, now: number, flags: HpaFlags): boolean {
  if (pod.startedAt === undefined || pod.readyChangedAt === undefined) return true;
  if (pod.startedAt + flags.cpuInitializationSeconds * 1e9 > now) {
    return !pod.ready || (pod.sampledAt ?? now) < pod.readyChangedAt + (pod.sampleWindow ?? 0);
  }
  return !pod.ready && pod.startedAt + flags.initialReadinessDelaySeconds * 1e9 > pod.readyChangedAt;
}

const none = (): PodSum => ({ pods: 0, usage: 0, request: 0 });

function add(sum: PodSum, usage: number, request: number): void {
  sum.pods += 1;
  sum.usage += usage;
  sum.request += request;
}
