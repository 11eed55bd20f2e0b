import { type CatalogEntry, margin, type ResolvedTarget } from '../metrics/index.ts';
import type { Target } from '../models/parse.ts';
import type { MetricResult, Result, TargetResult } from '../result/index.ts';
import { decideTarget, type Estimate } from '../sim/statistics/index.ts';
import { type Clues, reasonFor } from './reasons.ts';

/** What a target is judged by, beside its metric: what tells why it is what it is. */
export interface Evidence extends Clues {
  /** The metric's estimate with the one-sided bounds at which targets are judged. */
  readonly estimate: (entry: CatalogEntry, during: Target['during']) => Estimate;
  /** The metric; undefined where steady times cannot be told apart. */
  readonly metricIn: (entry: CatalogEntry, during: Target['during']) => MetricResult | undefined;
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
  const asked = {
    target: target.target,
    metric: entry.id,
    operator,
    level: target.level,
    ...(target.during === 'steady' ? { during: 'steady' as const } : {}),
    limit,
    ...(target.because === undefined ? {} : { because: target.because }),
  };
  const metric = evidence.metricIn(entry, target.during);
  if (metric === undefined) {
    const reason = 'it is summed up at the end of a run, and steady times cannot be told apart';
    return { ...asked, value: null, status: 'no-data', margin: null, reason };
  }
  const measured = metric.data === 'unbounded' ? Number.POSITIVE_INFINITY : metric.value;
  const common = {
    ...asked,
    value: metric.value,
    ...(metric.low === undefined ? {} : { low: metric.low, high: metric.high }),
  };
  const decision = decideTarget(evidence.estimate(entry, target.during), operator, limit);
  const status = decision === 'fail' && target.level === 'warn' ? 'warn' : decision;
  if (measured === null) {
    return { ...common, status: 'no-data', margin: null, reason: 'nothing was observed' };
  }
  // Where nothing failed, nothing observed is not certainty: the bound is what is told, and what the margin is of.
  const told = metric.kind === 'share' && measured === 1 ? (metric.low ?? measured) : measured;
  const distance = margin(told, operator, limit, metric.unit);
  const reason = {
    pass: () => undefined,
    inconclusive: () => undecided(metric),
    fail: () => reasonFor(entry.id, metric, evidence),
    warn: () => reasonFor(entry.id, metric, evidence),
    'no-data': () => undefined,
  }[status]();
  return {
    ...common,
    status,
    margin: Number.isFinite(distance) ? distance : null,
    ...(reason === undefined ? {} : { reason }),
  };
}

function undecided({ kind, low, runs }: MetricResult): string {
  if (low !== undefined) return 'the interval spans the limit: more runs would tell (--runs)';
  // What happens once a run has bounds from its fifth run on: before that half of all longer ones may be unseen.
  if (kind === 'duration' && runs.length > 1)
    return 'it happens once a run: five runs or more would tell (--runs)';
  return 'one run has no interval: more runs would tell (--runs)';
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
