import type { CatalogEntry } from '../metrics/index.ts';
import type { MetricResult } from '../result/index.ts';
import type { Confidence, Estimate } from '../sim/statistics/index.ts';
import { histogramsOf } from './distributions-of.ts';
import { estimateOf, metricOf } from './estimates.ts';
import type { RunRecord } from './simulate-run.ts';

/** Metrics of steady times: without those from the onset of a fault until it was recovered from, and had settled. */
export class SteadyMetrics {
  private readonly records: readonly RunRecord[];
  private readonly histograms: ReturnType<typeof histogramsOf>;

  constructor(records: readonly RunRecord[]) {
    this.records = records.map((record) => ({ ...record, readings: record.steady }));
    this.histograms = histogramsOf(this.records);
  }

  /** Whether all runs could tell steady times apart. */
  has({ meter }: CatalogEntry): boolean {
    return this.records.every(({ readings }) => readings[meter] !== undefined);
  }

  metric(entry: CatalogEntry): MetricResult {
    return metricOf(entry, this.records, this.histograms);
  }

  estimate(entry: CatalogEntry, confidence: Confidence): Estimate {
    return estimateOf(entry, this.records, this.histograms, confidence);
  }
}
