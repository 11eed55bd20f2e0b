import type { MetricResult, Result } from '../../result/index.ts';

/** Everything that has a metric of this name right below it: `workloads.trades` for `goodputRatio`. */
export function pathsWith(result: Result, metric: string): string[] {
  const end = `.${metric}`;
  return Object.keys(result.metrics)
    .filter((id) => id.endsWith(end))
    .map((id) => id.slice(0, -end.length));
}

/** Whether a path is a thing as a whole: `databases.main`, not `databases.main.shards.3`. */
export const isWhole = (path: string): boolean => path.split('.').length <= 2;

/** Whether a metric saw anything. */
export const hasSeen = (metric: MetricResult | undefined): metric is MetricResult =>
  metric !== undefined && metric.data !== 'none';
