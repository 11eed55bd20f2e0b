import { z } from 'zod';
import { type Dimension, dimensions } from '../units/index.ts';
import { type PointState, type StationAtLoad, targetShape } from './limit.ts';
import type { LoadReason, LoadState, TargetResult } from './result.ts';
import type { SweepVariable } from './sweep.ts';
import { type Probability, probabilityShape, type UncertainField } from './uncertainty.ts';

export const planFormat = 'headroom.plan/1';

/** A place of the scenario that may be changed, with its values as `--set` takes them. */
export interface PlanVariable extends SweepVariable {
  /** Whether each value is at least as good as those before it. */
  readonly monotone: boolean;
}

/** What a closed form says of a metric that a need is about. */
export interface PlanPrediction {
  readonly target: string;
  readonly metric: string;
  readonly unit: Dimension;
  readonly value: number;
  readonly model: string;
  readonly margin: number;
}

/** A design that was simulated. */
export interface PlanDesign {
  /** One a variable, in their order. */
  readonly values: readonly string[];
  readonly sets: readonly string[];
  /** Of the scenario that it makes, without the plan. */
  readonly hash: string;
  readonly state: PointState;
  readonly runs: number;
  readonly seed: number;
  /** What is to be least. */
  readonly cost: number;
  /** $ a month as simulated, and as told before; null where nothing has a price. */
  readonly month: number | null;
  readonly monthBefore: number | null;
  readonly load: LoadState;
  readonly loadReasons: readonly LoadReason[];
  readonly targets: readonly TargetResult[];
  readonly fullest?: StationAtLoad;
  /** With something lost: the verdict, the place that decides it, and the targets without that. */
  readonly survival?: {
    readonly verdict: PointState;
    readonly place?: string;
    readonly targets: readonly TargetResult[];
  };
}

/** What a need costs: how much cheaper a design could be if nobody asked for it. */
export interface PlanPrice {
  /** The target's text, or `survive`. */
  readonly need: string;
  /** In what is minimised: 0 where nothing cheaper would hold. */
  readonly saved: number;
  /** The cheapest design that would do then, as screened; absent where it is the winner. */
  readonly values?: readonly string[];
  readonly cost?: number;
}

/** Why designs are out: by what is told before (`impossible`, `capacity`, `too-dear`), or as simulated. */
export type PlanReason = 'impossible' | 'capacity' | 'too-dear' | 'need' | 'load' | 'survival';

/** Designs that are out for the same reason, at the same place. */
export interface PlanRejected {
  readonly why: PlanReason;
  /** The need's text, the place that is lost, or what is wrong. */
  readonly what: string;
  /** What stands in the way. */
  readonly station?: string;
  readonly of?: string;
  /** What a loss stops by itself, in words, whatever is full behind it. */
  readonly stops?: string;
  readonly designs: number;
  /** How many of them were not simulated, since a design that is at least as good fails. */
  readonly implied: number;
  /** The values that they have, by variable. */
  readonly values: readonly (readonly string[])[];
  /** The one that came nearest, and what it lacked: the margin of the need, or the share of the load beyond. */
  readonly nearest: { readonly values: readonly string[]; readonly margin: number | null };
}

/** Where a closed form lies outside the interval of the simulation. */
export interface PlanDisagreement extends Omit<PlanPrediction, 'margin' | 'target'> {
  readonly values: readonly string[];
  readonly simulated: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** A design over the draws of the uncertain inputs. */
export interface PlanFinalist {
  readonly values: readonly string[];
  readonly sets: readonly string[];
  /** Of what is minimised, the mean over the draws. */
  readonly cost: number;
  /** How likely it keeps all needs. */
  readonly kept: Probability;
  /** Mean over the draws, and the largest; in what is minimised. */
  readonly regret: number;
  readonly worst: number;
  /** Whether it can be chosen: it bears the loss that the plan asks for, with all inputs at their mid. */
  readonly isPossible: boolean;
}

/** The design that one regrets least, where inputs are not known well. */
export interface PlanRegret {
  readonly inputs: readonly UncertainField[];
  readonly draws: number;
  /** How many times worse a lack is than an over-spend of the same amount. */
  readonly weight: number;
  /** Designs that were looked at in some draws. */
  readonly designs: number;
  /** The least regretted first, all on the same draws. */
  readonly finalists: readonly PlanFinalist[];
  /** Draws in which no finalist keeps all needs. */
  readonly unheld: number;
  /** Scored again on fresh draws; absent where no finalist can be chosen. */
  readonly chosen?: {
    readonly values: readonly string[];
    readonly sets: readonly string[];
    readonly kept: Probability;
    readonly cost: number;
  };
  readonly runs: number;
}

/** The cheapest design that keeps every need. */
export interface Plan {
  readonly format: typeof planFormat;
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
  readonly variables: readonly PlanVariable[];
  readonly where: readonly string[];
  readonly leftOut: number;
  readonly minimised: string;
  readonly asked: 'needs' | 'keeps-up';
  readonly needs: readonly string[];
  readonly survive?: 'any-region' | 'any-zone';
  readonly verdict: 'found' | 'undecided' | 'infeasible';
  /** Verified on fresh seeds: the attempt, and the share of wrong verdicts that it was allowed. */
  readonly winner?: PlanDesign & { readonly attempt: number; readonly alpha: number };
  /** Where inputs are uncertain and a design holds with all of them at their mid: which design to choose all the same. */
  readonly regret?: PlanRegret;
  /** The next cheapest that holds, as screened. */
  readonly runnerUp?: PlanDesign;
  /** Where none was found: the design that lacks least. */
  readonly nearestMiss?: PlanDesign;
  /** Cheaper than the winner, and not told from one that holds. */
  readonly undecided: readonly PlanDesign[];
  /** Held when screened, and not on fresh seeds. */
  readonly refuted: readonly PlanDesign[];
  readonly prices: readonly PlanPrice[];
  /** The need that costs most; absent where none costs anything. */
  readonly binding?: string;
  readonly rejected: readonly PlanRejected[];
  /** Closed forms held against the simulation: how many agree, and which do not. */
  readonly agreed: number;
  readonly disagreements: readonly PlanDisagreement[];
  /** How many designs there are; how many of them were told before, implied, simulated, or not looked at as too dear. */
  readonly counts: {
    readonly designs: number;
    readonly toldBefore: number;
    readonly implied: number;
    readonly simulated: number;
    readonly dearer: number;
    /** Runs that the answer took, those that the prices of needs took, and what `runs` of every design would be. */
    readonly runs: number;
    readonly forPrices: number;
    readonly exhaustive: number;
  };
  /** All that were simulated, the cheapest first. */
  readonly designs: readonly PlanDesign[];
}

const orInfinite = z.number().nullable();
const designShape = z.object({
  values: z.array(z.string()),
  sets: z.array(z.string()),
  hash: z.string(),
  state: z.enum(['holds', 'fails', 'undecided']),
  runs: z.number(),
  seed: z.number(),
  cost: z.number(),
  month: orInfinite,
  monthBefore: orInfinite,
  load: z.enum(['stable', 'backlogged', 'overloaded']),
  targets: z.array(targetShape),
});

/** The shape of a saved plan, as far as a reader would stumble without it. */
export const planSchema = z.object({
  format: z.literal(planFormat),
  version: z.string(),
  scenario: z.object({ name: z.string(), file: z.string(), hash: z.string(), text: z.string() }),
  seed: z.number(),
  runs: z.number(),
  maxRuns: z.number(),
  variables: z.array(z.object({ path: z.string(), values: z.array(z.string()), monotone: z.boolean() })),
  where: z.array(z.string()),
  leftOut: z.number(),
  minimised: z.string(),
  asked: z.enum(['needs', 'keeps-up']),
  needs: z.array(z.string()),
  verdict: z.enum(['found', 'undecided', 'infeasible']),
  winner: designShape.extend({ attempt: z.number(), alpha: z.number() }).optional(),
  regret: z
    .object({
      inputs: z.array(z.object({ path: z.string(), low: z.string(), mid: z.string(), high: z.string() })),
      draws: z.number(),
      weight: z.number(),
      designs: z.number(),
      finalists: z.array(
        z.object({
          values: z.array(z.string()),
          sets: z.array(z.string()),
          cost: z.number(),
          kept: probabilityShape,
          regret: z.number(),
          worst: z.number(),
          isPossible: z.boolean(),
        }),
      ),
      unheld: z.number(),
      chosen: z
        .object({
          values: z.array(z.string()),
          sets: z.array(z.string()),
          kept: probabilityShape,
          cost: z.number(),
        })
        .optional(),
      runs: z.number(),
    })
    .optional(),
  runnerUp: designShape.optional(),
  nearestMiss: designShape.optional(),
  undecided: z.array(designShape),
  refuted: z.array(designShape),
  prices: z.array(z.object({ need: z.string(), saved: z.number() })),
  rejected: z.array(
    z.object({
      why: z.enum(['impossible', 'capacity', 'too-dear', 'need', 'load', 'survival']),
      what: z.string(),
      designs: z.number(),
      implied: z.number(),
      values: z.array(z.array(z.string())),
      nearest: z.object({ values: z.array(z.string()), margin: orInfinite }),
    }),
  ),
  agreed: z.number(),
  disagreements: z.array(
    z.object({ metric: z.string(), unit: z.enum(dimensions), value: z.number(), model: z.string() }),
  ),
  counts: z.object({
    designs: z.number(),
    toldBefore: z.number(),
    implied: z.number(),
    simulated: z.number(),
    dearer: z.number(),
    runs: z.number(),
    forPrices: z.number(),
    exhaustive: z.number(),
  }),
  designs: z.array(designShape),
});
