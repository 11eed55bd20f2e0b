import type { MetricResult, Result } from '../../result/index.ts';
import { formatEstimate, formatQuantity } from '../../units/index.ts';

/** Everything that has a metric of this name right below it: `workloads.trades` for `goodputRatio`. */
export function pathsWith(result: Result, metric: string): string[] {
  const end = `.${metric}`;
  return Object.keys(result.metrics)
    .filter((id) => id.endsWith(end))
    .map((id) => id.slice(0, -end.length));
}

/** A path's own name: `trades` of `workloads.trades`, `main in us-east` of `databases.main.in.us-east`. */
export function titleOf(path: string): string {
  const [, name = path, ...rest] = path.split('.');
  const dimensions = [];
  for (let at = 0; at + 1 < rest.length; at += 2) dimensions.push(`${rest[at]} ${rest[at + 1]}`);
  return [name, ...dimensions].join(' ').replace(' shards ', ' shard ');
}

/** A metric as people read it: with its half-width where it has an interval. */
export function estimateText(metric: MetricResult | undefined): string {
  if (metric === undefined || metric.data === 'none') return 'no data';
  if (metric.data === 'unbounded' || metric.value === null) return '∞';
  const { low, high, value, unit } = metric;
  if (low === undefined || high === undefined || low === null || high === null)
    return formatQuantity(value, unit);
  return formatEstimate(value, (high - low) / 2, unit);
}
