import type { Catalog, CatalogEntry } from '../metrics/index.ts';
import type { MetricResult, RunValue } from '../result/index.ts';
import {
  type Confidence,
  type Estimate,
  estimateCount,
  estimateDuration,
  estimateExact,
  estimateMax,
  estimateMean,
  estimateQuantile,
  estimateRatio,
  estimateShare,
  type Histogram,
  INTERVAL_95,
  type RunRecord as Kept,
} from '../sim/statistics/index.ts';
import type { ExactValues } from './exact.ts';
import type { RunRecord } from './simulate-run.ts';

/** Every metric of the catalog, estimated over the runs with a 95% interval. */
export function metricsOf(
  catalog: Catalog,
  records: readonly RunRecord[],
  histograms: ReadonlyMap<string, Histogram[]>,
  exact: ExactValues,
): Record<string, MetricResult> {
  return Object.fromEntries(
    catalog.all().map((entry) => [entry.id, metricOf(entry, records, histograms, exact.get(entry.id))]),
  );
}

/** One metric, estimated over the runs with a 95% interval. */
export function metricOf(
  entry: CatalogEntry,
  records: readonly RunRecord[],
  histograms: ReadonlyMap<string, Histogram[]>,
  exact?: MetricResult['exact'],
): MetricResult {
  const estimate = estimateOf(entry, records, histograms, INTERVAL_95);
  return {
    value: finite(estimate.value),
    unit: entry.unit,
    better: entry.better,
    ...(estimate.low === undefined
      ? {}
      : { low: finite(estimate.low), high: finite(estimate.high as number) }),
    kind: entry.estimator,
    data: estimate.data,
    runs: keptOf(entry, records, histograms).map(runValue),
    ...(exact === undefined ? {} : { exact }),
  };
}

/** One metric's estimate at a confidence: two-sided for reports, one-sided for targets. */
export function estimateOf(
  entry: CatalogEntry,
  records: readonly RunRecord[],
  histograms: ReadonlyMap<string, Histogram[]>,
  confidence: Confidence,
): Estimate {
  const kept = keptOf(entry, records, histograms);
  switch (entry.estimator) {
    case 'mean':
      return estimateMean(kept, confidence);
    case 'ratio':
      return estimateRatio(kept, confidence);
    case 'share':
      return estimateShare(kept, confidence);
    case 'quantile':
      return estimateQuantile(kept, entry.quantile as number, confidence);
    case 'max':
      return estimateMax(kept, confidence);
    case 'count':
      return estimateCount(kept, confidence);
    case 'duration':
      return estimateDuration(kept, confidence);
    case 'exact':
      return estimateExact(kept);
  }
}

/** What each run gives to one view of a meter. */
function keptOf(
  entry: CatalogEntry,
  records: readonly RunRecord[],
  histograms: ReadonlyMap<string, Histogram[]>,
): Kept[] {
  return records.map(({ readings }, run) => {
    const { num, den, n, max, censored } = readings[entry.meter];
    const hist = histograms.get(entry.meter)?.[run];
    if (entry.suffix === 'total') return { num, den: 1, n };
    return {
      num,
      den,
      n,
      ...(max === undefined ? {} : { max }),
      ...(hist === undefined ? {} : { hist }),
      ...(censored && { censored }),
    };
  });
}

/** The run's own value in numbers: what the view makes of the histogram is not kept twice. */
function runValue({ num, den, n, censored }: Kept): RunValue {
  return { num: finite(num), den, n, ...(censored && { censored }) };
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
