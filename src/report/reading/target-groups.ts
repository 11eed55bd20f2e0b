import type { MetricResult, Result, TargetResult } from '../../result/index.ts';
import { formatQuantity } from '../../units/index.ts';

/** One target as its author wrote it: with `*` it is held against many metrics. */
export interface TargetGroup {
  /** The metric with its `*`. */
  readonly pattern: string;
  readonly level: TargetResult['level'];
  /** The worst of its metrics'. */
  readonly status: TargetResult['status'];
  /** Worst first: by status, then by margin. */
  readonly targets: readonly TargetResult[];
}

const worstFirst: TargetResult['status'][] = ['fail', 'no-data', 'warn', 'inconclusive', 'pass'];

/** Targets as their author wrote them, failures first, needs before claims. */
export function targetGroups(targets: readonly TargetResult[]): TargetGroup[] {
  const groups = new Map<string, TargetResult[]>();
  for (const target of targets) {
    const key = `${target.level} ${target.target} ${target.during ?? ''} ${target.because ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), target]);
  }
  return [...groups.values()].map(groupOf).sort((a, b) => rank(a) - rank(b) || levelRank(a) - levelRank(b));
}

function groupOf(targets: readonly TargetResult[]): TargetGroup {
  const sorted = [...targets].sort((a, b) => rank(a) - rank(b) || roomOf(a) - roomOf(b));
  const [{ target, metric, level, status }] = sorted;
  const pattern = /^[^\s<>]+/.exec(target.trim())?.[0] ?? metric;
  return { pattern, level, status, targets: sorted };
}

const rank = ({ status }: Pick<TargetGroup, 'status'>): number => worstFirst.indexOf(status);
const levelRank = ({ level }: TargetGroup): number => (level === 'fail' ? 0 : 1);

/** An infinite margin is on the side that its status says. */
const roomOf = ({ margin, status }: TargetResult): number =>
  margin ?? (status === 'pass' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY);

/** What a metric has in the places of a pattern's `*`: `orders AP` of `workloads.*.from.*.latency.p95`. */
export function starParts(pattern: string, metric: string): string {
  const parts = metric.split('.');
  return pattern
    .split('.')
    .flatMap((wanted, at) => (wanted === '*' ? [parts[at]] : []))
    .join(' ');
}

/** What was asked: `workloads.*.latency.p95 < 100 ms`, `… in steady times`. */
export function askedText(
  { metric, operator, limit, during }: TargetResult,
  pattern: string,
  { metrics }: Pick<Result, 'metrics'>,
): string {
  const suffix = during === 'steady' ? ' in steady times' : '';
  return `${pattern} ${operator} ${formatQuantity(limit, metrics[metric]?.unit ?? 'count')}${suffix}`;
}

/** What the target was held against: the metric, of the times that it is about. */
export function measuredBy(
  { metric, during, value, low, high }: TargetResult,
  { metrics }: Pick<Result, 'metrics'>,
): MetricResult | undefined {
  const whole = metrics[metric];
  return during === undefined || whole === undefined ? whole : { ...whole, value, low, high };
}
