import type { Dimension } from '../units/index.ts';

/** Which way is better; `neither` for what only informs. */
export type Better = 'lower' | 'higher' | 'neither';

/**
 * How a quantity is metered during a run, and so which views of it have an id:
 *  histogram  every value counted: mean, max, p50 … p999
 *  level      a number over time (instances, queue length): mean, max, weighted by time
 *  counter    things that happened: total, rate (a second of the measured window)
 *  rate       things a second, as one number without view
 *  ratio      Σ part / Σ whole (of time, of bytes), without view
 *  share      Σ successes / Σ trials, each trial one thing that went one way or the other, without view
 *  value      one number a run, without view
 *  duration   how long something took that happens once a run and may not have ended with it, without view
 *  exact      follows from the scenario (a price): no estimate, no interval
 */
export type MeterKind =
  | 'histogram'
  | 'level'
  | 'counter'
  | 'rate'
  | 'ratio'
  | 'share'
  | 'value'
  | 'duration'
  | 'exact';

/** What a model declares that it will measure, before any run. */
export interface MeterDefinition {
  /** Last words of the id: `latency`, `instances`. */
  readonly metric: string;
  readonly kind: MeterKind;
  readonly unit: Dimension;
  readonly better: Better;
  /** One plain sentence: what it is and what is counted. */
  readonly about: string;
}

/** A place that has meters: `workloads.trades.from.US`. */
export interface Scope {
  /** Parts of the id in front of the metric: section, name, then pairs of dimension and value. */
  readonly path: readonly string[];
  readonly meters: readonly MeterDefinition[];
}

/** How the runs' values become one estimate (DESIGN §9). */
export type Estimator = 'mean' | 'ratio' | 'share' | 'quantile' | 'max' | 'count' | 'duration' | 'exact';

/** One view of a meter: the suffix of its id and the estimator that it takes. */
export interface View {
  readonly suffix: string;
  readonly estimator: Estimator;
  /** 0..1, for quantiles. */
  readonly quantile?: number;
  readonly better?: Better;
}

const quantileViews: View[] = [
  ['p50', 0.5],
  ['p90', 0.9],
  ['p95', 0.95],
  ['p99', 0.99],
  ['p999', 0.999],
].map(([suffix, quantile]) => ({
  suffix: suffix as string,
  estimator: 'quantile',
  quantile: quantile as number,
}));

const views: Record<MeterKind, readonly View[]> = {
  histogram: [{ suffix: 'mean', estimator: 'mean' }, { suffix: 'max', estimator: 'max' }, ...quantileViews],
  level: [
    { suffix: 'mean', estimator: 'mean' },
    { suffix: 'max', estimator: 'max' },
  ],
  counter: [
    { suffix: 'total', estimator: 'count' },
    { suffix: 'rate', estimator: 'mean' },
  ],
  rate: [{ suffix: '', estimator: 'mean' }],
  ratio: [{ suffix: '', estimator: 'ratio' }],
  share: [{ suffix: '', estimator: 'share' }],
  value: [{ suffix: '', estimator: 'mean' }],
  duration: [{ suffix: '', estimator: 'duration' }],
  exact: [{ suffix: '', estimator: 'exact' }],
};

/** The views under which a meter of this kind appears in the catalog. */
export const viewsOf = (kind: MeterKind): readonly View[] => views[kind];

/** The only place where an id is put together. */
export const metricId = (path: readonly string[], metric: string, suffix = ''): string =>
  [...path, metric, ...(suffix === '' ? [] : [suffix])].join('.');

/** The name under which a meter's raw record travels: an id without view. */
export const meterId = (path: readonly string[], metric: string): string => metricId(path, metric);
