import { z } from 'zod';
import type { Better } from '../metrics/index.ts';
import { type Dimension, dimensions } from '../units/index.ts';
import { type Measured, type PointState, type StationAtLoad, targetShape } from './limit.ts';
import type { Backing, LoadReason, LoadState, TargetResult } from './result.ts';

export const sweepFormat = 'headroom.sweep/1';

/** A place of the scenario that is varied, with its values as `--set` takes them. */
export interface SweepVariable {
  readonly path: string;
  readonly values: readonly string[];
}

/** One combination of values. */
export interface SweepPoint {
  /** One a variable, in their order. */
  readonly values: readonly string[];
  /** Of the scenario that it makes. */
  readonly hash: string;
  readonly state: PointState;
  readonly runs: number;
  readonly load: LoadState;
  readonly loadReasons: readonly LoadReason[];
  readonly targets: readonly TargetResult[];
  readonly metrics: Readonly<Record<string, Measured & { readonly data: Backing }>>;
  readonly fullest?: StationAtLoad;
  /** Dollars; null where nothing has a price. */
  readonly month: number | null;
  readonly fingerprint: string;
}

/** A scenario at all combinations of some values, all with the same draws. */
export interface Sweep {
  readonly format: typeof sweepFormat;
  readonly version: string;
  readonly scenario: {
    readonly name: string;
    readonly title?: string;
    readonly file: string;
    readonly hash: string;
    readonly text: string;
    readonly sets?: readonly string[];
  };
  readonly seed: number;
  readonly runs: number;
  readonly maxRuns: number;
  readonly variables: readonly SweepVariable[];
  /** What all points keep, as it was written. */
  readonly where: readonly string[];
  /** Combinations that do not. */
  readonly leftOut: number;
  /** Points of shards that were not there when it was merged; absent where none are missing. */
  readonly missing?: number;
  readonly asked: 'needs' | 'keeps-up';
  /** What the metrics of the points are. */
  readonly metrics: Readonly<Record<string, { readonly unit: Dimension; readonly better: Better }>>;
  /** Ids of the metrics to look at first. */
  readonly shown: readonly string[];
  readonly points: readonly SweepPoint[];
  /** Index of the cheapest point at which all needs are kept; absent where there is none, or nothing has a price. */
  readonly best?: number;
}

const orInfinite = z.number().nullable();

/** The shape of a saved sweep, as far as a reader would stumble without it. */
export const sweepSchema = z.object({
  format: z.literal(sweepFormat),
  version: z.string(),
  scenario: z.object({ name: z.string(), file: z.string(), hash: z.string(), text: z.string() }),
  seed: z.number(),
  runs: z.number(),
  maxRuns: z.number(),
  variables: z.array(z.object({ path: z.string(), values: z.array(z.string()) })),
  where: z.array(z.string()),
  leftOut: z.number(),
  missing: z.number().optional(),
  asked: z.enum(['needs', 'keeps-up']),
  metrics: z.record(
    z.string(),
    z.object({ unit: z.enum(dimensions), better: z.enum(['lower', 'higher', 'neither']) }),
  ),
  shown: z.array(z.string()),
  points: z.array(
    z.object({
      values: z.array(z.string()),
      hash: z.string(),
      state: z.enum(['holds', 'fails', 'undecided']),
      runs: z.number(),
      load: z.enum(['stable', 'backlogged', 'overloaded']),
      targets: z.array(targetShape),
      metrics: z.record(
        z.string(),
        z.object({
          value: orInfinite,
          low: orInfinite.optional(),
          high: orInfinite.optional(),
          data: z.enum(['ok', 'thin', 'none', 'unbounded']),
        }),
      ),
      month: orInfinite,
      fingerprint: z.string(),
    }),
  ),
  best: z.number().optional(),
});
