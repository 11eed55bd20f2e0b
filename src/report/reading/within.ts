import type { MetricResult, Result, TargetResult } from '../../result/index.ts';
import { formatQuantity } from '../../units/index.ts';
import { lostWritesText } from './lost-writes.ts';

/** What is told below a target in every case: in how many runs it was kept, and what was lost where it is on a recovery point. */
export function besideTarget(target: TargetResult, result: Result): string | undefined {
  const { metric } = target;
  const texts = [withinText(target, result.metrics[metric]), lostWritesText(metric, result)];
  return texts.filter((text) => text !== undefined).join('; ') || undefined;
}

/**
 * In how many runs something that happens once a run (a recovery) kept its limit, and how long it took at worst: `within
 * the limit in 4 of 5 runs, worst 6 m`. Nothing where a metric is no such duration.
 */
export function withinText(
  { operator, limit }: TargetResult,
  metric: MetricResult | undefined,
): string | undefined {
  if (metric?.kind !== 'duration' || !operator.startsWith('<')) return undefined;
  const durations = metric.runs
    .filter(({ den, censored }) => censored || den !== 0)
    .map(({ num, den, censored }) => (censored || num === null ? Number.POSITIVE_INFINITY : num / den));
  if (durations.length === 0) return undefined;
  const isWithin = (seconds: number) => (operator === '<' ? seconds < limit : seconds <= limit);
  const worst = Math.max(...durations);
  const longest = Number.isFinite(worst)
    ? `worst ${formatQuantity(worst, metric.unit)}`
    : `not over in ${durations.filter((seconds) => !Number.isFinite(seconds)).length}`;
  return `within the limit in ${durations.filter(isWithin).length} of ${durations.length} ${durations.length === 1 ? 'run' : 'runs'}, ${longest}`;
}
