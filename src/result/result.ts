import type { Better, Estimator, Operator } from '../metrics/index.ts';
import type { Dimension } from '../units/index.ts';

/** Format of the document; the number grows when a reader of the old one would be misled. */
export const resultFormat = 'headroom.result/1';

/** Whether an estimate can be leaned on: thin, few observations in the tail; none, nothing seen; unbounded, infinite. */
export type Backing = 'ok' | 'thin' | 'none' | 'unbounded';

/** What is kept of each run for one metric. */
export interface RunValue {
  /** The run's value is `num / den`; null stands for an infinite number. */
  readonly num: number | null;
  readonly den: number;
  /** Observations behind it. */
  readonly n: number;
  /** The run ended before what was timed did: it took longer than `num`. */
  readonly censored?: boolean;
  /** The run's largest value, where the metric is one; null is infinite. */
  readonly max?: number | null;
}

/** One metric's estimate over all runs. */
export interface MetricResult {
  /** In the base unit (seconds, bytes, …); null where there is none, or where it is infinite (see `data`). */
  readonly value: number | null;
  readonly unit: Dimension;
  readonly better: Better;
  /** 95% interval; absent where one run gives none, or where nothing is estimated. */
  readonly low?: number | null;
  readonly high?: number | null;
  readonly kind: Estimator;
  readonly data: Backing;
  readonly runs: readonly RunValue[];
  /** What a closed form says, where one exists, and its name. */
  readonly exact?: { readonly value: number; readonly model: string };
  readonly why?: string;
}

export type TargetStatus = 'pass' | 'fail' | 'warn' | 'inconclusive' | 'no-data';

/** A target held against its metric. */
export interface TargetResult {
  /** As its author wrote it. */
  readonly target: string;
  readonly metric: string;
  readonly operator: Operator;
  readonly level: 'fail' | 'warn';
  /** Without the times from the onset of a fault until it was recovered from, and had settled. */
  readonly during?: 'steady';
  readonly status: TargetStatus;
  readonly value: number | null;
  readonly low?: number | null;
  readonly high?: number | null;
  readonly limit: number;
  /** How far inside the limit, as a share of it; negative when broken. */
  readonly margin: number | null;
  readonly because?: string;
  /** One line: why it fails, or why it cannot be said. */
  readonly reason?: string;
}

export interface Bottleneck {
  /** Id of the station: `services.desk`, `databases.main.shards.3`. */
  readonly station: string;
  /** What of it is busy, where that is not all of it: `threads`, `primary`, `commit`. */
  readonly of?: string;
  readonly utilization: number;
  /** Its owner's share of all waiting. */
  readonly waitShare: number;
  /** The factor of this load at which it is full; absent where its work does not grow with the load alone. */
  readonly atMost?: number;
}

/** Who brings load: `workloads.orders`. */
export interface CallerResult {
  readonly id: string;
  /** What it calls: `order-service.create`. */
  readonly call: string;
  /** What each session calls first, where that is something else. */
  readonly opens?: string;
}

/** One part of where a request's time goes. */
export interface WaterfallPart {
  readonly station: string;
  readonly phase: string;
  readonly waits: boolean;
  /** Seconds, mean over all answered operations. */
  readonly mean: number;
  /** Seconds, mean over the operations near the 99th percentile. */
  readonly p99: number;
}

export interface WaterfallResult {
  readonly workload: string;
  /** Answered operations of all runs. */
  readonly count: number;
  /** Mean latency of answered operations, seconds: the sum of the parts' means. */
  readonly mean: number;
  readonly p99: number;
  readonly parts: readonly WaterfallPart[];
}

/** A meter's values: the curve of the merged runs, and the runs' own histograms. */
export interface DistributionResult {
  readonly unit: Dimension;
  readonly count: number;
  /** [share of values that are no larger, value]; null is infinite. */
  readonly curve: readonly (readonly [number, number | null])[];
  /** Each run's histogram, as its JSON. */
  readonly runs: readonly unknown[];
}

/** One number a bucket. */
export interface SeriesResult {
  readonly unit: string;
  /** `count`: things that happened in the bucket; `level`: what held at its end; `seen`: of what was seen in it. */
  readonly of: 'count' | 'level' | 'seen';
  readonly values: readonly (number | null)[];
}

export interface TimelineResult {
  /** Seconds from the start of the run at which each bucket begins. */
  readonly at: readonly number[];
  readonly warmUp: number;
  /** Mean over runs, by name of the series; null where nothing was seen. */
  readonly series: Record<string, SeriesResult>;
  /** Of the first run. */
  readonly occurrences: readonly OccurrenceResult[];
}

/** Something that happened once in a run. */
export interface OccurrenceResult {
  /** Seconds from the start of the run. */
  readonly at: number;
  readonly component: string;
  readonly what: string;
  /** What it is to those who bring a design through an incident; absent where it is none of their business. */
  readonly sort?:
    | 'fault'
    | 'alert'
    | 'health'
    | 'routes'
    | 'judged'
    | 'promoted'
    | 'quorum'
    | 'old-primary'
    | 'gave-up'
    | 'caught-up'
    | 'ramp'
    | 'scaling';
  /** What several of them are together: `shards promoted in eu-west`. */
  readonly as?: string;
  /** Of how many, where that is known. */
  readonly of?: number;
  /** What a number was before, and is from then on. */
  readonly change?: readonly [number, number];
}

export interface CostResultRow {
  readonly component: string;
  readonly item: string;
  readonly region?: string;
  readonly quantity: number;
  readonly unit: string;
  /** $ for one of the unit: kept for an hour (`per: hour`), or used up (`per: each`). */
  readonly price?: number;
  readonly per?: 'hour' | 'each';
  readonly confidence?: string;
  readonly source?: string;
  readonly hour?: number;
  readonly month?: number;
  readonly basis: 'fixed' | 'measured' | 'extrapolated';
  readonly monthOnDemand?: number;
}

export interface TopologyResult {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly regions: Record<
    string,
    { readonly count: number; readonly utilization?: number; readonly role?: string }
  >;
  readonly calls: readonly string[];
  readonly cells?: readonly { readonly name: string; readonly share: number }[];
}

/** A phase of the way back from a fault: from the first who took part to begin to the last to end. In the first run. */
export interface PhaseResult {
  /** As in its metric, `faults.<fault>.<name>`. */
  readonly name:
    | 'detect'
    | 'decide'
    | 'dns'
    | 'routes'
    | 'promote'
    | 'hang'
    | 'catchUp'
    | 'ramp'
    | 'failBack'
    | 'warmUp'
    | 'drain';
  /** Whether it followed the fault's beginning or its end. */
  readonly after: 'onset' | 'end';
  /** Seconds from the start of the run. */
  readonly at: number;
  readonly until: number;
  /** Of that time, for how long somebody took part. */
  readonly seconds: number;
  /** It had not ended with the run. */
  readonly isOpen?: true;
  /** How many took part, and who was the last. */
  readonly parts: number;
  readonly last: { readonly component: string; readonly part?: string };
}

/**
 * How it went on after a fault: `recovered`, as callers felt it; `settling`, well again, but not yet for long enough;
 * `stuck`, not well although the fault was over; `lasts`, not well and the fault still there; `amiss-before`, not well before
 * the fault either.
 */
export type AftermathState = 'recovered' | 'settling' | 'stuck' | 'lasts' | 'amiss-before';

/** Something that is not as it was before a fault, and keeps a system down. */
export interface HoldResult {
  readonly sign: 'retries' | 'in-vain' | 'misses' | 'waiting' | 'lag';
  /** Id of what it is seen at: `caches.positions.in.us-east`. */
  readonly of: string;
  /** Shares, or means of levels, over five minutes: before the fault, and at the end of the run. */
  readonly before: number;
  readonly after: number;
  /** It goes on growing. */
  readonly grows?: true;
}

export interface AftermathResult {
  /** Of each run. */
  readonly runs: readonly AftermathState[];
  /** Runs that were stuck. */
  readonly stuck: number;
  /** What keeps the first of those down: first what brings load by itself, then what has piled up. */
  readonly holds: readonly HoldResult[];
}

/** A fault of the scenario. */
export interface FaultResult {
  readonly name: string;
  /** Which sort: `surge`, `broker-crash`. */
  readonly fault: string;
  /** Seconds from the start of the run. */
  readonly at: number;
  /** Absent where nothing ended it within the run. */
  readonly until?: number;
  /** When everybody was answered in time again, in the first run; absent where that run ended before. */
  readonly recoveredAt?: number;
  /** Of a fault at random times: each time that it was there in that run; `at` and `until` are the first's. */
  readonly occurrences?: readonly { readonly at: number; readonly until?: number }[];
  /** Where the time of the recovery went, in the order of time; phases overlap. */
  readonly phases?: readonly PhaseResult[];
  /** Callers who felt it in the first run, and when they were well again: absent where that run ended before. */
  readonly recoveries?: readonly {
    readonly workload: string;
    readonly origin?: string;
    readonly at?: number;
  }[];
  readonly aftermath?: AftermathResult;
  /** Callers who had not come back to their region in the end, in the first run that had such; absent where all had. */
  readonly away?: readonly AwayResult[];
}

/** Callers who still go elsewhere although their region is back. */
export interface AwayResult {
  readonly workload: string;
  readonly origin?: string;
  readonly home: string;
  /** Share of their requests that go home. */
  readonly returned: number;
  /** Where most of the others go, and why. */
  readonly to: string;
  readonly why: string;
}

/** Operations that failed, by reason, with what the reason means. */
export interface FailureResult {
  readonly workload: string;
  readonly reason: string;
  /** Mean over runs. */
  readonly count: number;
  readonly means: string;
}

/** An operation that stands for others, and can be looked at again: `headroom run FILE --trace-request ID`. */
export interface ExampleResult {
  readonly workload: string;
  /** The run that it was in; the first is 1. */
  readonly run: number;
  /** `1-5b9d10c2-2f1`: its run and its identity. */
  readonly operation: string;
  /** Seconds from the call until it was answered or given up; null where it never ended. */
  readonly latency: number | null;
  readonly outcome: 'answered' | 'failed' | 'unfinished';
  /** What it is an example of: `p99` (of those answered, where failures reach that far), `slowest`, or how it failed. */
  readonly reason: string;
}

export type LoadState = 'stable' | 'backlogged' | 'overloaded';

/** One reason why the load is more than the design keeps up with. */
export interface LoadReason {
  /** Id of what falls behind or turns away: `workloads.orders`, `consumers.ledger`. */
  readonly component: string;
  /**
   * `grows`: more waits there at the end of a run than at its beginning, so that latency and lag depend on how long the
   * run is. `turns-away`: operations are rejected, or time out. `no-quorum`: its writes could not be acknowledged for a
   * time, which is why others fall behind.
   */
  readonly what: 'grows' | 'turns-away' | 'no-quorum';
  /** Operations or records a run, on the mean; without a quorum, seconds. */
  readonly count: number;
  /** The same as a share of the operations that arrived, or of the run. */
  readonly share: number;
}

/** Whether a workload's latency has settled before it is measured. */
export interface WarmUpResult {
  /** Id of the workload: `workloads.orders`. */
  readonly workload: string;
  /**
   * `settled`: the measured window is alike throughout. `late`: its first part is unlike the rest in all runs. `unsettled`:
   * MSER-5 would leave out more than half of it.
   */
  readonly state: 'settled' | 'late' | 'unsettled';
  /** Seconds from the beginning of the measured window that ought to have been warm-up. */
  readonly cut: number;
  /** Seconds of warm-up that leave them out: what `run.warmUp` is to be at least. */
  readonly warmUp: number;
}

/** How far the load can grow: what `headroom limit` found, in short. */
export interface ResultHeadroom {
  /** The largest factor of the load that was seen to hold: `low`. 0 where none was. */
  readonly value: number;
  readonly low: number;
  /** The least above it that was seen to fail; null where none was. */
  readonly high: number | null;
  /** What breaks first, and where. */
  readonly breaks?: { readonly targets: readonly string[]; readonly station?: string };
}

/** The one document that a run prints with --json; every report is made from it. */
export interface Result {
  readonly format: typeof resultFormat;
  readonly version: string;
  readonly scenario: {
    readonly name: string;
    readonly title?: string;
    readonly file: string;
    readonly hash: string;
    readonly text: string;
    /** Changes of the command line, `path=value`; they are in `text` and not in `file`. */
    readonly sets?: readonly string[];
    /** Runs that the command line asked for instead of the scenario. */
    readonly runsAsked?: number;
  };
  readonly seed: number;
  readonly runs: number;
  /** Changes with any change of behaviour: same scenario, seed and version give the same. */
  readonly fingerprint: string;
  /** All runs together. */
  readonly simulated: {
    readonly seconds: number;
    readonly operations: number;
    readonly warmUp: number;
    readonly startAt: number;
  };
  readonly verdict: 'pass' | 'warn' | 'fail';
  readonly load: LoadState;
  /** Why it is not stable; empty where it is. */
  readonly loadReasons: readonly LoadReason[];
  /** Of each workload whose latency can be judged: none where something changes over time, or a backlog grows. */
  readonly warmUps: readonly WarmUpResult[];
  readonly callers: readonly CallerResult[];
  readonly metrics: Record<string, MetricResult>;
  readonly targets: readonly TargetResult[];
  /** How far the load can grow, where the run was asked for it. */
  readonly headroom?: ResultHeadroom;
  readonly bottlenecks: readonly Bottleneck[];
  readonly waterfalls: readonly WaterfallResult[];
  readonly distributions: Record<string, DistributionResult>;
  readonly timeline: TimelineResult;
  /** What the scenario made go wrong, in the order of its text. */
  readonly faults: readonly FaultResult[];
  readonly failures: readonly FailureResult[];
  /** Of each workload: one near its 99th percentile, the slowest, one of each kind of failure. */
  readonly examples?: readonly ExampleResult[];
  readonly topology: { readonly regions: readonly string[]; readonly nodes: readonly TopologyResult[] };
  readonly cost: {
    readonly month: number | null;
    readonly rows: readonly CostResultRow[];
    readonly unpriced: readonly string[];
  };
  readonly assumptions: readonly {
    readonly about: string;
    readonly value: string;
    readonly source: string;
    /** It is the mid of a range of the scenario. */
    readonly uncertain?: true;
  }[];
}
