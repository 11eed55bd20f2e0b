import type { MetricResult } from '../../result/index.ts';
import { formatQuantity } from '../../units/index.ts';

/** The median over runs, and the longest where they differ; a run that ended before says so. */
export function feltText(rto: MetricResult | undefined): string {
  if (rto === undefined || rto.data === 'none') return 'no data';
  const censored = rto.runs.filter(({ censored }) => censored).length;
  if (censored > 0) return `not over in ${censored} of ${rto.runs.length} runs`;
  if (rto.value === 0 && rto.runs.every(({ num }) => num === 0)) return 'not at all';
  const longest = Math.max(...rto.runs.map(({ num }) => num ?? Number.POSITIVE_INFINITY));
  const median = formatQuantity(rto.value ?? Number.POSITIVE_INFINITY, 'duration');
  return longest === rto.value ? median : `${median}, worst ${formatQuantity(longest, 'duration')}`;
}
