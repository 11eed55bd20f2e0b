import { margin, ownerOf, type ResolvedTarget } from '../metrics/index.ts';
import type { Target } from '../models/parse.ts';
import type { FailureResult, MetricResult, Result, TargetResult, TargetStatus } from '../result/index.ts';
import { decideTarget, type Estimate } from '../sim/statistics/index.ts';
import { formatQuantity } from '../units/index.ts';

/** What a target is judged by, beside its metric. */
export interface Evidence {
  readonly metrics: Readonly<Record<string, MetricResult>>;
  readonly failures: readonly FailureResult[];
  /** The metric's estimate with the one-sided bounds at which targets are judged. */
  readonly estimate: (id: string) => Estimate;
}

/** Holds every target against its metrics: passed or failed only where the whole one-sided interval says so. */
export function judge(targets: readonly Target[], evidence: Evidence): TargetResult[] {
  return targets.flatMap((target) => target.resolved.map((resolved) => judgeOne(target, resolved, evidence)));
}

function judgeOne(
  target: Target,
  { entry, operator, limit }: ResolvedTarget,
  evidence: Evidence,
): TargetResult {
  const metric = evidence.metrics[entry.id];
  const measured = metric.data === 'unbounded' ? Number.POSITIVE_INFINITY : metric.value;
  const common = {
    target: target.target,
    metric: entry.id,
    operator,
    level: target.level,
    value: metric.value,
    ...(metric.low === undefined ? {} : { low: metric.low, high: metric.high }),
    limit,
    ...(target.because === undefined ? {} : { because: target.because }),
  };
  const decision = decideTarget(evidence.estimate(entry.id), operator, limit);
  const status = decision === 'fail' && target.level === 'warn' ? 'warn' : decision;
  if (measured === null) {
    return { ...common, status: 'no-data', margin: null, reason: 'nothing was observed' };
  }
  const distance = margin(measured, operator, limit);
  const reason = reasonOf(status, entry.id, metric, evidence);
  return {
    ...common,
    status,
    margin: Number.isFinite(distance) ? distance : null,
    ...(reason === undefined ? {} : { reason }),
  };
}

/** One line: why a target is not kept, from what the run saw. */
function reasonOf(
  status: TargetStatus,
  id: string,
  metric: MetricResult,
  { failures, metrics }: Evidence,
): string | undefined {
  if (status === 'pass') return undefined;
  if (metric.why !== undefined) return metric.why;
  if (status === 'inconclusive') return 'the interval spans the limit: more runs would tell (--runs)';
  const workload = /^workloads\.([^.]+)\./.exec(id)?.[1];
  const failed = failures.find((failure) => failure.workload === workload);
  if (failed !== undefined && (metric.data === 'unbounded' || metric.unit === 'ratio')) {
    return `${formatQuantity(failed.count, 'count')} operations a run failed (${failed.reason}): ${failed.means}`;
  }
  const region = physics(id, metric, metrics);
  return region;
}

/** A latency that no design can have: the answered operations' best is already above it. */
function physics(id: string, metric: MetricResult, metrics: Evidence['metrics']): string | undefined {
  const match = /^(workloads\.[^.]+(?:\.from\.[^.]+)?)\.(latency|answeredLatency)\./.exec(id);
  if (match === null) return undefined;
  const server = metrics[`${ownerOf(match[1])}.serverLatency.p95`]?.value;
  if (server === null || server === undefined || metric.value === null || server > metric.value / 2)
    return undefined;
  return `${formatQuantity(metric.value - server, 'duration')} of it is the way between caller and region`;
}

/** Whether a need is still open. */
export const isUndecided = ({ targets }: Result): boolean =>
  targets.some(({ level, status }) => level === 'fail' && status === 'inconclusive');

/** fail: a need is broken or has no data. warn: a claim is refuted, or something is undecided. */
export function verdictOf(targets: readonly TargetResult[]): Result['verdict'] {
  if (targets.some(({ level, status }) => status === 'fail' || (level === 'fail' && status === 'no-data')))
    return 'fail';
  return targets.some(({ status }) => status !== 'pass') ? 'warn' : 'pass';
}
