/**
 * How many replicas one metric asks for.
 *
 * Rule: within the tolerance, what there is; else ⌈ratio · sampled pods⌉. Pods without a sample, and on a
 * scale-up the unready ones, first join the sum: the missing at their request (or the target, if more) when
 * scaling down, all at nothing when scaling up; if that turns the direction around, nothing changes.
 * Source: Kubernetes 1.28, pkg/controller/podautoscaler/replica_calculator.go, GetResourceReplicas and
 * calcPlainMetricReplicas. Differs: nothing. Cost: constant, after the totals.
 */
import type { HpaFlags, HpaMetric } from './hpa-spec.ts';
import { type GroupingRules, type MetricReading, type PodSum, totalsOf } from './metric-reading.ts';
import { averageValueRatio, toMilli, type UsageRatio, utilizationRatio } from './utilization.ts';

/** Replicas and what they were reckoned from (percent, or thousandths per pod), or why there is no answer. */
export type Proposal = { replicas: number; current: number } | { failure: string };

/** What one metric asks for. `now` in nanoseconds. */
export function proposeReplicas(
  metric: HpaMetric,
  reading: MetricReading,
  currentReplicas: number,
  now: number,
  flags: HpaFlags,
): Proposal {
  const { rules, ratioOf } = measureFor(metric);
  const totals = totalsOf(reading, rules, now, flags);
  if (typeof totals === 'string') return { failure: totals };
  const { sampled, unready, missing } = totals;

  const { ratio, current } = ratioOf(sampled);
  const countUnready = unready.pods > 0 && ratio > 1;
  if (!countUnready && missing.pods === 0) {
    return {
      current,
      replicas: isOnTarget(ratio, flags) ? currentReplicas : Math.ceil(ratio * sampled.pods),
    };
  }

  const counted: PodSum = { ...sampled };
  if (ratio < 1) join(counted, missing);
  if (ratio > 1) join(counted, { ...missing, usage: 0 });
  if (countUnready) join(counted, { ...unready, usage: 0 });
  const cautious = ratioOf(counted).ratio;
  const turnsAround = (ratio < 1 && cautious > 1) || (ratio > 1 && cautious < 1);
  if (isOnTarget(cautious, flags) || turnsAround) return { current, replicas: currentReplicas };

  const replicas = Math.ceil(cautious * counted.pods);
  const movesBackwards =
    (cautious < 1 && replicas > currentReplicas) || (cautious > 1 && replicas < currentReplicas);
  return { current, replicas: movesBackwards ? currentReplicas : replicas };
}

/** Name of a metric as the controller's events give it. */
export function metricName(metric: HpaMetric): string {
  if (metric.type === 'Pods') return `pods metric ${metric.pods.metric.name}`;
  const { name, target } = metric.resource;
  return target.type === 'Utilization'
    ? `${name} resource utilization (percentage of request)`
    : `${name} resource`;
}

interface Measure {
  rules: GroupingRules;
  ratioOf: (sum: PodSum) => UsageRatio;
}

function measureFor(metric: HpaMetric): Measure {
  const target = metric.type === 'Pods' ? metric.pods.target : metric.resource.target;
  const cpu = metric.type === 'Resource' && metric.resource.name === 'cpu';
  if (target.type === 'Utilization') {
    const percent = target.averageUtilization;
    return {
      rules: {
        cpu,
        needsRequest: true,
        missingUsage: (request) => Math.floor((request * Math.max(100, percent)) / 100),
      },
      ratioOf: (sum) => utilizationRatio(sum.usage, sum.request, percent),
    };
  }
  const value = toMilli(target.averageValue);
  return {
    rules: { cpu, needsRequest: false, missingUsage: () => value },
    ratioOf: (sum) => averageValueRatio(sum.usage, sum.pods, value),
  };
}

function isOnTarget(ratio: number, { tolerance, toleranceTest }: HpaFlags): boolean {
  return toleranceTest === 'distance'
    ? Math.abs(1 - ratio) <= tolerance
    : 1 - tolerance <= ratio && ratio <= 1 + tolerance;
}

function join(sum: PodSum, more: PodSum): void {
  sum.pods += more.pods;
  sum.usage += more.usage;
  sum.request += more.request;
}
