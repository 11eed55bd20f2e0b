import {
  type ComparedDesign,
  type ComparedMetric,
  type ComparedTarget,
  type ComparedValue,
  type Comparison,
  comparisonFormat,
  type MetricResult,
  type Result,
} from '../../result/index.ts';
import { differenceOf, type Estimate, intervalOfDifference } from '../../sim/statistics/index.ts';
import { verdictOn } from './change-of.ts';
import { besideInfinite, keyMetrics } from './key-metrics.ts';
import { scenarioDifferences } from './scenario-differences.ts';
import { Spreads } from './spread-of.ts';
import { defaultTolerance, toleranceAt } from './tolerance.ts';

export interface ComparisonSettings {
  readonly version: string;
  /** One a result. */
  readonly labels: readonly string[];
  /** Index of the design that the others are held against. */
  readonly reference: number;
  /** Share of the reference's value that is no change. */
  readonly relative?: number;
}

/** Holds designs against one of them, metric by metric. Pure: the same results give the same bytes. */
export function comparisonOf(results: readonly Result[], settings: ComparisonSettings): Comparison {
  const reference = results[settings.reference];
  const spreads = results.map((result) => new Spreads(result));
  const designs = results.map((result, at) => designOf(result, settings.labels[at], reference));
  const keys = new Set([...keyMetrics(results), ...besideInfinite(results)]);
  const ids = [...new Set([reference, ...results].flatMap(({ metrics }) => Object.keys(metrics)))];

  const metricOf = (id: string): ComparedMetric => {
    const known = results.flatMap(({ metrics }) => metrics[id] ?? [])[0];
    const base = spreads[settings.reference].of(id);
    const tolerance = toleranceAt(
      base?.value ?? Number.NaN,
      known.unit,
      defaultTolerance(known.unit, settings.relative),
    );
    const valueFor = (at: number): ComparedValue | null => {
      const metric = results[at].metrics[id];
      if (metric === undefined) return null;
      const spread = spreads[at].of(id);
      if (at === settings.reference || base === undefined || spread === undefined) return shown(metric);
      const hasBoth = [base, spread].every(({ perRun }) => perRun.some((own) => !Number.isNaN(own)));
      if (!hasBoth) return shown(metric);
      const estimate = neverSurer(
        intervalOfDifference(differenceOf(base, spread, designs[at].isPaired)),
        reference.metrics[id],
        metric,
      );
      return {
        ...shown(metric),
        difference: intervalJson(estimate),
        change: verdictOn(base, spread, estimate, tolerance, metric.better),
      };
    };
    const { unit, better, kind } = known;
    return {
      unit,
      better,
      kind,
      tolerance,
      isKey: keys.has(id),
      designs: results.map((_, at) => valueFor(at)),
    };
  };

  return {
    format: comparisonFormat,
    version: settings.version,
    designs,
    reference: settings.reference,
    metrics: Object.fromEntries(ids.map((id) => [id, metricOf(id)])),
    targets: targetsOf(results),
    differences: results.map((result) =>
      result === reference ? [] : scenarioDifferences(reference.scenario.text, result.scenario.text),
    ),
  };
}

function designOf(result: Result, label: string, reference: Result): ComparedDesign {
  const { scenario, seed, runs, simulated, fingerprint, load, verdict } = result;
  const unpaired = whyUnpaired(result, reference);
  return {
    label,
    name: scenario.name,
    file: scenario.file,
    hash: scenario.hash,
    seed,
    runs,
    seconds: simulated.seconds / runs,
    fingerprint,
    load,
    verdict,
    isPaired: unpaired === undefined,
    ...(unpaired === undefined ? {} : { unpaired }),
  };
}

/**
 * Where no run differs from its pair, what was counted still has bounds: nothing observed is not certainty.
 *
 * Rule: the distances from both values to the far ends of their exact bounds, as the sides of a right angle (R. G. Newcombe,
 * Statistics in Medicine 17 (1998), method 10, with Clopper and Pearson's or Poisson's bounds).
 */
function neverSurer(estimate: Estimate, first: MetricResult, second: MetricResult): Estimate {
  const { kind } = second;
  if (estimate.halfWidth !== 0 || (kind !== 'share' && kind !== 'count')) return estimate;
  const below = ({ value, low }: MetricResult) => Number(value) - Number(low ?? value);
  const above = ({ value, high }: MetricResult) => Number(high ?? value) - Number(value);
  const low = estimate.value - Math.hypot(below(second), above(first));
  const high = estimate.value + Math.hypot(above(second), below(first));
  return { ...estimate, low, high, halfWidth: (high - low) / 2 };
}

/** Runs pair where run i of both met the same draws: the same seed, and as many runs. */
function whyUnpaired(result: Result, reference: Result): string | undefined {
  if (result.seed !== reference.seed) return `seed ${result.seed}, the reference has ${reference.seed}`;
  if (result.runs !== reference.runs) return `${result.runs} runs, the reference has ${reference.runs}`;
  return undefined;
}

const shown = ({ value, low, high, data }: MetricResult): ComparedValue => ({
  value,
  ...(low === undefined ? {} : { low }),
  ...(high === undefined ? {} : { high }),
  data,
});

const intervalJson = ({ value, low, high }: Estimate): ComparedValue['difference'] => ({
  value: Number.isFinite(value) ? value : null,
  ...(low === undefined || high === undefined ? {} : { low, high }),
});

/** Every target of any design, in the order in which they come. */
function targetsOf(results: readonly Result[]): ComparedTarget[] {
  const keyOf = (target: Result['targets'][number]) =>
    JSON.stringify([target.target, target.metric, target.level, target.during]);
  const byKey = results.map(({ targets }) => new Map(targets.map((target) => [keyOf(target), target])));
  const all = new Map(byKey.flatMap((own) => [...own]));
  return [...all].map(([key, { target, metric, level, during }]) => ({
    target,
    metric,
    level,
    ...(during === undefined ? {} : { during }),
    designs: byKey.map((own) => own.get(key)?.status ?? null),
  }));
}
