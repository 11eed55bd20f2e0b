import type { Result } from '../../result/index.ts';
import {
  Histogram,
  type HistogramJson,
  histogramFromJson,
  meanOfRuns,
  quantileOfRuns,
  type RunRecord,
  ratioOfRuns,
  type Spread,
} from '../../sim/statistics/index.ts';

/**
 * Values of metrics run by run, out of a result: what two designs are compared by.
 *
 * A percentile's value is that of the merged runs, beside each run's own. A maximum is the mean of the runs' maxima, and a
 * duration the mean of the runs' durations: what another run would show, which the largest of all runs or the median does
 * not say. A run that did not see the end of what it timed is infinite.
 */
export class Spreads {
  private readonly histograms = new Map<string, Histogram[]>();

  constructor(private readonly result: Result) {}

  /** Undefined where the result has no such metric. */
  of(id: string): Spread | undefined {
    const metric = this.result.metrics[id];
    if (metric === undefined) return undefined;
    const { meter, quantile } = partsOf(id);
    const histograms = this.histogramsOf(metric.kind === 'quantile' || metric.kind === 'mean' ? meter : '');
    const kept = metric.runs.map(({ num, den, n, max, censored }, run): RunRecord => {
      const hist = histograms[run];
      const own = { num: orInfinite(num), den, n, ...(hist === undefined ? {} : { hist }) };
      if (censored) return { ...own, num: Number.POSITIVE_INFINITY, den: 1 };
      if (metric.kind !== 'max') return own;
      return { num: orInfinite(max ?? null), den: max === undefined || n + den === 0 ? 0 : 1, n };
    });
    if (metric.kind === 'quantile') return quantileOfRuns(kept, quantile);
    return metric.kind === 'ratio' || metric.kind === 'share' ? ratioOfRuns(kept) : meanOfRuns(kept);
  }

  private histogramsOf(meter: string): Histogram[] {
    const known = this.histograms.get(meter);
    if (known !== undefined) return known;
    const runs = this.result.distributions[meter]?.runs ?? [];
    const read = runs.map((run) => (run == null ? new Histogram() : histogramFromJson(run as HistogramJson)));
    this.histograms.set(meter, read);
    return read;
  }
}

const orInfinite = (value: number | null): number => value ?? Number.POSITIVE_INFINITY;

/** `workloads.w.latency` and 0.999 of `workloads.w.latency.p999`. */
function partsOf(id: string): { meter: string; quantile: number } {
  const at = id.lastIndexOf('.');
  return { meter: id.slice(0, at), quantile: Number(`0.${id.slice(at + 2)}`) };
}
