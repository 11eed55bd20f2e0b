import type { Bottleneck, LoadReason, LoadState, Result, TargetResult } from './result.ts';

export const survivalFormat = 'headroom.survival/1';

/** fails: a need is broken, or the load is too much. undecided: the runs cannot tell. */
export type SurvivalStatus = 'holds' | 'fails' | 'undecided';

/** What is lost: a region, or one of its zones (from 1). */
export interface LostPlaceResult {
  /** `us-east`, `us-east.2`. */
  readonly name: string;
  readonly region: string;
  readonly zone?: number;
}

/** What routing alone says of a loss, before it is simulated. */
export interface RerouteResult {
  /** What surviving regions take over, as shares of all callers' calls. */
  readonly takers: readonly { readonly region: string; readonly share: number }[];
  /** Share of all callers' calls for which no region is left. */
  readonly stranded: number;
  /** What nobody takes over, a line each: the primary of a database without failover. */
  readonly stops: readonly string[];
  /** The service that is then the busiest, if it computes all that is asked of it; null is without end. */
  readonly tightest?: {
    readonly id: string;
    readonly region: string;
    readonly utilization: number | null;
    readonly before: number;
  };
}

/** The survivors of a loss, or everything (`lost` absent), measured from the takeover to the end of the run. */
export interface SurvivalCase {
  readonly lost?: LostPlaceResult;
  readonly reroute?: RerouteResult;
  readonly status: SurvivalStatus;
  readonly load: LoadState;
  readonly loadReasons: readonly LoadReason[];
  readonly targets: readonly TargetResult[];
  /** The tightest station of the survivors, and the first that bounds how far the load can grow. */
  readonly tightest?: Bottleneck;
  readonly bound?: Bottleneck;
  /** The need with the least room; the worst broken one where some are. */
  readonly worst?: TargetResult;
  /** How callers felt the loss: seconds until 99% were answered in time again; null is: never, in a run or more. */
  readonly rto?: { readonly median: number | null; readonly worst: number | null; readonly censored: number };
  /** Operations a run that were not answered in time until then. */
  readonly unanswered?: number;
  readonly failures: Result['failures'];
  readonly runs: number;
  readonly fingerprint: string;
}

/** Whether a design bears its load with a place lost, for several places. */
export interface Survival {
  readonly format: typeof survivalFormat;
  readonly version: string;
  readonly scenario: Result['scenario'];
  readonly seed: number;
  readonly runs: number;
  readonly verdict: SurvivalStatus;
  /** What was asked to be lost, in the words of the command line. */
  readonly asked: readonly string[];
  /** Seconds from the start of the run: when places are lost, from when on survivors are measured, and to when. */
  readonly times: { readonly at: number; readonly measuredFrom: number; readonly until: number };
  /** What the scenario has and this question has no use for. */
  readonly leftOut: { readonly faults: readonly string[]; readonly targets: readonly string[] };
  /** Where the scenario sets no need that survivors can be held against. */
  readonly isHeldAgainstAnswers: boolean;
  /** The same runs with nothing lost. */
  readonly baseline: SurvivalCase;
  /** The worst by re-routing first. */
  readonly cases: readonly SurvivalCase[];
  /** Units of the metrics that targets name. */
  readonly units: Readonly<Record<string, Result['metrics'][string]['unit']>>;
  /** What things are called, as in a result. */
  readonly topology: Result['topology'];
  readonly callers: Result['callers'];
}
