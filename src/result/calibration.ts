import type { Dimension } from '../units/index.ts';

export const calibrationFormat = 'headroom.calibration/1';

/** What was read from one file. */
export interface CalibrationSource {
  readonly file: string;
  /** `csv`, `k6`, `hdr`, `prometheus` or `pgbench`. */
  readonly format: string;
  /** The column or metric. */
  readonly of: string;
  readonly observations: number;
  /** What was left out, and why, in words. */
  readonly leftOut: readonly string[];
}

/** A parameter as the language names it, in the base unit of its dimension. */
export interface FittedParameter {
  readonly value: number;
  /** null where no formula gives one. */
  readonly standardError: number | null;
  readonly unit: Dimension;
}

/** One family of distributions with what fits best of it. */
export interface FittedFamily {
  readonly name: string;
  readonly parameters: Readonly<Record<string, FittedParameter>>;
  readonly logLikelihood: number;
  /** Akaike's criterion: twice the number of fitted parameters minus twice the log-likelihood. */
  readonly aic: number;
  /** How far that is above the best one. */
  readonly aicAboveBest: number;
  /** Largest gap between the shares up to a value, measured and fitted. */
  readonly ks: number;
  /** Anderson and Darling's statistic of exact values with the 5% limit for fitted parameters. */
  readonly andersonDarling?: { readonly value: number; readonly limit: number | null };
  /** Of counts between bounds. */
  readonly chiSquare?: { readonly value: number; readonly degrees: number; readonly tail: number };
  /** Whether the test lets it pass at 5%; null where there is none. */
  readonly passes: boolean | null;
  /** As a scenario takes it. */
  readonly yaml: string;
}

export interface QuantileRow {
  readonly share: number;
  /** null where it lies in a bucket too wide to say. */
  readonly measured: number | null;
  /** 95%, and the whole bucket where it lies in one; `high` is null where that has no upper bound. */
  readonly low: number;
  readonly high: number | null;
  /** Fitted over measured, less 1; of a bucket, over its nearer bound, 0 inside. null where there is nothing to hold it against. */
  readonly off: number | null;
  /** Observations beyond it. */
  readonly beyond: number;
  readonly support: 'measured' | 'thin' | 'beyond';
  readonly fitted: number;
}

interface CalibrationHead {
  readonly format: typeof calibrationFormat;
  readonly version: string;
  readonly sources: readonly CalibrationSource[];
  readonly observations: number;
  /** What to paste into a scenario. */
  readonly yaml: string;
  /** What one ought to know before one does, most serious first. */
  readonly warnings: readonly string[];
}

/** The distribution of a measured quantity. */
export interface DistributionCalibration extends CalibrationHead {
  readonly what: 'distribution';
  readonly dimension: Dimension;
  /** Whether observations are counts between bounds (a histogram, or rounded values). */
  readonly binned: boolean;
  readonly mean: number | null;
  readonly families: readonly FittedFamily[];
  /** `good`: not refused by the test. `close`: refused, and within 10% at every supported percentile. `poor`: neither. */
  readonly fit: 'good' | 'close' | 'poor';
  /** The best family; `constant` or `empirical` where it is none of those. */
  readonly chosen: string;
  readonly quantiles: readonly QuantileRow[];
  /** The percentile that the observations support, as a share. */
  readonly supported: number;
}

export interface DispersionRow {
  /** Length of the stretches in which arrivals are counted, seconds. */
  readonly within: number;
  /** Variance over mean of the counts, the profile taken out. */
  readonly measured: number;
  readonly standardError: number;
  readonly fitted: number;
  readonly stretches: number;
}

/** How callers arrive. */
export interface ArrivalsCalibration extends CalibrationHead {
  readonly what: 'arrivals';
  /** Seconds from the first to the last. */
  readonly seconds: number;
  readonly rate: { readonly value: number; readonly standardError: number };
  readonly process: 'poisson' | 'bursty' | 'deterministic';
  readonly dispersion: readonly DispersionRow[];
  /** Mean factor by hour of the day (24) or of the week (168, Monday first); null where the rate is flat or unknown. */
  readonly profile: { readonly hours: readonly number[]; readonly peakToMean: number } | null;
}

export type Calibration = DistributionCalibration | ArrivalsCalibration;
