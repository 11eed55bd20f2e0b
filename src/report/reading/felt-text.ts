import type { MetricResult } from '../../result/index.ts';
import { timesText } from './way-back.ts';

/** The median over runs, and the longest where they differ; a run that ended before says so. */
export function feltText(rto: MetricResult | undefined): string {
  if (rto === undefined || rto.data === 'none') return 'no data';
  if (rto.value === 0 && rto.runs.every(({ num }) => num === 0)) return 'not at all';
  return timesText(rto);
}
