import type { MetricResult, Result } from '../../result/index.ts';
import { formatEstimate, formatQuantity } from '../../units/index.ts';
import { hasSeen } from './find.ts';

/** Seconds of a year of twelve months of 730 hours. */
const year = 8760 * 3600;

/** What a workload's availability is over a year, in words. */
export interface YearlyText {
  /** `workloads.trades`. */
  readonly id: string;
  /** `99.9981%`. */
  readonly share: string;
  /** `10 m ± 1 m`: the same as time in which nobody is answered. */
  readonly downtime: string;
}

const suffix = '.yearlyAvailability';

/** Of each workload for which faults say how often they happen. */
export const yearlyTexts = ({ metrics }: Pick<Result, 'metrics'>): YearlyText[] =>
  Object.entries(metrics)
    .filter(([id, metric]) => id.endsWith(suffix) && hasSeen(metric))
    .map(([id, metric]) => ({
      id: id.slice(0, -suffix.length),
      share: ninesText(metric.value ?? 0),
      downtime: downtimeText(metric),
    }));

/** A share near all, with two digits of what is missing: `99.9981%`. */
export function ninesText(share: number): string {
  const missing = 100 * (1 - share);
  if (missing <= 1e-9) return '100%';
  const decimals = Math.max(0, 1 - Math.floor(Math.log10(missing) + 1e-6));
  return `${(100 * share).toFixed(Math.min(decimals, 9))}%`;
}

function downtimeText({ value, low, high }: MetricResult): string {
  const down = (1 - (value ?? 0)) * year;
  if (low === undefined || low === null || high === undefined || high === null || high - low < 1e-12)
    return formatQuantity(down, 'duration');
  return formatEstimate(down, ((high - low) / 2) * year, 'duration');
}
