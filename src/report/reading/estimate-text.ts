import type { MetricResult } from '../../result/index.ts';
import { formatEstimate, formatQuantity } from '../../units/index.ts';

/**
 * A metric as people read it: `49.9 ± 0.5 ms`; `~345 ± 18 ms` where few observations stand behind it; `≥ 99.99%` and
 * `≤ 3` where all or nothing was observed, so that the truth lies on one side.
 */
export function estimateText(metric: MetricResult | undefined): string {
  if (metric === undefined || metric.data === 'none') return 'no data';
  const { value, low, high, unit, kind } = metric;
  if (value === null) return '∞';
  // How far another run's maximum may lie says nothing about this one, which was seen.
  if (low === undefined || low === null || kind === 'max') return formatQuantity(value, unit);
  return mark(metric) + intervalText(value, low, high ?? Number.POSITIVE_INFINITY, unit);
}

const mark = ({ data }: MetricResult): string => (data === 'thin' ? '~' : '');

function intervalText(value: number, low: number, high: number, unit: MetricResult['unit']): string {
  const limit = (end: number) => formatQuantity(end, unit, { digits: 2 });
  if (value === high && low < value) return `≥ ${limit(low)}`;
  if (value === low && high > value) return `≤ ${limit(high)}`;
  return formatEstimate(value, (high - low) / 2, unit);
}
