import {
  type CalibrationSource,
  calibrationFormat,
  type DistributionCalibration,
  type QuantileRow,
} from '../../result/index.ts';
import { empirical } from '../../sim/distributions/index.ts';
import { type Dimension, formatQuantity } from '../../units/index.ts';
import { type Fit, fitFamilies } from './fit-families.ts';
import { leastBeyond, measuredPoints, measuredQuantile, supportedShare } from './quantiles.ts';
import { roughMoments, type Sample } from './sample.ts';
import { empiricalYaml, quantityText } from './yaml-of.ts';

export interface ToCalibrate {
  readonly sample: Sample;
  readonly dimension: Dimension;
  readonly sources: readonly CalibrationSource[];
  readonly version: string;
  /** What reading has found. */
  readonly warnings: readonly string[];
}

/** Fewer observations than this decide nothing. */
export const leastObservations = 100;

const shownShares = [0.5, 0.9, 0.95, 0.99, 0.999];

/** The distribution of the language that fits a sample best, and how well. */
export function calibrateDistribution(input: ToCalibrate): DistributionCalibration {
  const { sample, dimension, sources, version } = input;
  const head = {
    format: calibrationFormat,
    version,
    what: 'distribution',
    sources,
    observations: sample.count,
    dimension,
    binned: sample.isBinned,
    mean: finiteOrNull(roughMoments(sample).mean, sample),
    supported: supportedShare(sample),
  } as const;
  const [only] = sample.cells;
  if (sample.cells.length === 1 && only.low === only.high) {
    return {
      ...head,
      families: [],
      fit: 'good',
      chosen: 'constant',
      quantiles: shownShares.map((share) => rowOf(sample, share, only.low)),
      yaml: `constant: ${quantityText(only.low, dimension)}`,
      warnings: [
        ...input.warnings,
        'every observation is the same: is it a setting rather than a measurement?',
      ],
    };
  }
  const fits = fitFamilies(sample, dimension);
  const best = chosenOf(fits);
  const quantiles = shownShares.map((share) => rowOf(sample, share, best.law.distribution().quantile(share)));
  const fit = best.family.passes ? 'good' : isClose(quantiles) ? 'close' : 'poor';
  const points = fit === 'poor' ? measuredPoints(sample) : undefined;
  const measured = points === undefined ? undefined : empiricalYaml(points, dimension);
  const written = points === undefined ? undefined : empirical(points);
  return {
    ...head,
    families: fits.map(({ family }) => family),
    fit,
    chosen: measured === undefined ? best.family.name : 'empirical',
    quantiles:
      written === undefined
        ? quantiles
        : shownShares.map((share) => rowOf(sample, share, written.quantile(share))),
    yaml: measured ?? best.family.yaml,
    warnings: [...input.warnings, ...warningsOf(sample, dimension, fit, measured)],
  };
}

/** A mean needs upper bounds. */
const finiteOrNull = (mean: number, { cells }: Sample): number | null =>
  cells[cells.length - 1].high === Number.POSITIVE_INFINITY ? null : mean;

/** The best by Akaike's criterion; of those within 2 of it, which is nothing, the one with the fewest parameters. */
function chosenOf(fits: readonly Fit[]): Fit {
  const near = fits.filter(({ family }) => family.aicAboveBest <= 2);
  const size = ({ family }: Fit) => Object.keys(family.parameters).length;
  return near.reduce((best, fit) => (size(fit) < size(best) ? fit : best));
}

function rowOf(sample: Sample, share: number, fitted: number): QuantileRow {
  const { value, cell, low, high, beyond, support } = measuredQuantile(sample, share);
  return {
    share,
    measured: value ?? null,
    low,
    high: high === Number.POSITIVE_INFINITY ? null : high,
    off:
      support === 'beyond' ? null : offBy(fitted, value ?? Math.min(Math.max(fitted, cell.low), cell.high)),
    beyond,
    support,
    fitted,
  };
}

const offBy = (fitted: number, measured: number): number | null =>
  measured > 0 ? fitted / measured - 1 : null;

/** Whether every supported percentile is fitted to 10%, or to what luck could have done. */
const isClose = (quantiles: readonly QuantileRow[]): boolean =>
  quantiles.every(
    ({ support, off, low, high, fitted }) =>
      support !== 'measured' ||
      (off !== null && Math.abs(off) <= 0.1) ||
      (fitted >= low && (high === null || fitted <= high)),
  );

function warningsOf(
  sample: Sample,
  dimension: Dimension,
  fit: DistributionCalibration['fit'],
  measured: string | undefined,
): string[] {
  const { cells, count } = sample;
  const last = cells[cells.length - 1];
  const percent = (share: number) => formatQuantity(share, 'ratio');
  const supported = supportedShare(sample);
  const warnings: string[] = [];
  if (fit === 'poor')
    warnings.push(
      measured === undefined
        ? 'no distribution of the language fits, and the last bucket has no upper bound to make a table of quantiles with: the best one is shown, do not trust it'
        : 'no distribution of the language fits: the measured quantiles themselves are written; beyond the largest value seen there is nothing',
    );
  if (last.high === Number.POSITIVE_INFINITY)
    warnings.push(
      `${percent(last.count / count)} of the observations lie in the +Inf bucket, above ${quantityText(last.low, dimension)}: how far is not known, and the tail is the family's guess`,
    );
  if (supported < 0.999)
    warnings.push(
      supported <= 0
        ? 'the observations support no percentile'
        : `the observations support percentiles up to p${Number((supported * 100).toPrecision(4))} (${leastBeyond} beyond it); what the fit says above that is extrapolated`,
    );
  if (sample.isBinned && cells.length < 8)
    warnings.push(`${cells.length} buckets hold everything: many distributions have these counts`);
  return warnings;
}
