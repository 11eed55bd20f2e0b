import type { TargetResult } from '../../result/index.ts';
import type { Dimension } from '../../units/index.ts';

/**
 * What the page shows, as the script inside it gets it: texts that a report words, numbers that the page draws. Names of
 * the scenario are in it as they are; the page shows them as text and nothing else.
 */
export interface PageData {
  readonly head: Head;
  readonly tiles: readonly Tile[];
  readonly targets: readonly TargetRow[];
  readonly topology: TopologyData;
  readonly timeline: TimelineData;
  readonly curves: readonly CurveData[];
  readonly spreads: readonly SpreadData[];
  readonly waterfalls: readonly WaterfallData[];
  readonly cost: CostData;
  readonly failures: readonly (readonly [workload: string, reason: string, count: string, means: string])[];
  /** Requests that stand for others, and the command that tells what happened to each. */
  readonly replays: readonly (readonly [what: string, command: string])[];
  readonly assumptions: readonly (readonly [about: string, value: string, source: string])[];
  /** Every metric: id and estimate. */
  readonly metrics: readonly (readonly [id: string, estimate: string])[];
  readonly scenario: string;
  readonly again: Again;
}

export type Status = TargetResult['status'] | 'none';

export interface Head {
  readonly name: string;
  readonly title?: string;
  readonly runs: string;
  readonly status: Status;
  /** `Holds`, `Does not hold`. */
  readonly word: string;
  readonly sentence: string;
  readonly reasons: readonly string[];
}

export interface Tile {
  readonly label: string;
  readonly value: string;
  readonly note: string;
  readonly status: Status;
  /** Id of the box that it is about. */
  readonly box?: string;
}

export interface TargetRow {
  readonly text: string;
  /** Which of the metrics that a `*` names. */
  readonly part?: string;
  readonly level: 'need' | 'claim';
  readonly status: TargetResult['status'];
  readonly measured: string;
  readonly margin: string;
  /** Measured over limit, where both are finite and the limit is not zero: 1 is at the limit. */
  readonly ratio?: number;
  readonly isUpper: boolean;
  /** Of what happens once a run: in how many runs the limit was kept. */
  readonly within?: string;
  readonly reason?: string;
  readonly because?: string;
  readonly box: string;
}

export interface TopologyData {
  readonly regions: readonly { readonly name: string; readonly share?: string }[];
  /** Regions that look the same, drawn as one stack: numbers of `regions`. */
  readonly stacks: readonly (readonly number[])[];
  readonly callers: readonly {
    readonly id: string;
    readonly title: string;
    readonly calls: readonly string[];
    readonly rate: string;
  }[];
  readonly rows: readonly TopologyRow[];
}

export interface TopologyRow {
  readonly id: string;
  readonly title: string;
  readonly kind: string;
  /** How many calls lie between callers outside and this; those that nobody calls are deepest. */
  readonly depth: number;
  readonly calls: readonly string[];
  /** By number of the region. */
  readonly boxes: readonly (TopologyBox | null)[];
  readonly shares?: readonly number[];
}

export interface TopologyBox {
  readonly count: number;
  readonly role?: string;
  readonly utilization?: number;
  /** Of the timeline: how busy, and how many. */
  readonly series?: string;
  readonly counts?: string;
}

export interface TimelineData {
  /** Seconds a bucket, and how many. */
  readonly bucket: number;
  readonly buckets: number;
  readonly warmUp: number;
  readonly series: Readonly<Record<string, readonly (number | null)[]>>;
  readonly charts: readonly ChartData[];
  readonly faults: readonly FaultBar[];
  readonly occurrences: readonly { readonly at: number; readonly box: string; readonly text: string }[];
}

export interface ChartData {
  readonly box: string;
  readonly title: string;
  readonly unit: Dimension;
  readonly lines: readonly { readonly label: string; readonly series: string; readonly design?: number }[];
  /** Shown before anyone asks for more. */
  readonly isFirst: boolean;
}

/** A fault from onset to end, what happened after it, and what it cost. */
export interface FaultBar {
  readonly name: string;
  readonly fault: string;
  /** Seconds from the start of the run. */
  readonly at: number;
  readonly until?: number;
  /** When everybody was answered in time again, in the first run. */
  readonly recoveredAt?: number;
  /** Where the time of the recovery went, in order; `text` says more of each. */
  readonly phases: readonly {
    readonly name: string;
    readonly at: number;
    readonly until: number;
    readonly text: string;
  }[];
  /** What is to be said of it: how long its phases took, what was lost, whether the system stood up again. */
  readonly notes: readonly string[];
  /** What happened after it, in the first run. */
  readonly lines: readonly { readonly at: number; readonly since: string; readonly text: string }[];
  readonly rto?: string;
  readonly rpo?: string;
}

export interface CurveData {
  readonly box: string;
  readonly title: string;
  readonly unit: Dimension;
  readonly lines: readonly {
    readonly label: string;
    /** Of several that are compared: it has one look everywhere. */
    readonly design?: number;
    /** [log10 1/(1 − share), value]. */
    readonly points: readonly (readonly [number, number])[];
  }[];
  /** Targets on this curve. */
  readonly limits: readonly { readonly at: number; readonly value: number; readonly text: string }[];
  readonly isFirst: boolean;
}

export interface SpreadData {
  readonly box: string;
  readonly title: string;
  readonly shares: readonly number[];
  readonly hottest: string;
  /** Of an even share. */
  readonly factor: number;
}

export interface WaterfallData {
  readonly box: string;
  readonly title: string;
  readonly mean: number;
  readonly p99: number;
  readonly parts: readonly {
    readonly box: string;
    readonly station: string;
    readonly phase: string;
    readonly waits: boolean;
    readonly mean: number;
    readonly p99: number;
  }[];
}

export interface CostData {
  readonly month: string;
  readonly notes: readonly string[];
  readonly components: readonly {
    readonly box: string;
    readonly title: string;
    readonly month: number;
    readonly items: readonly {
      readonly item: string;
      readonly amount: string;
      readonly each: string;
      readonly month: number;
      readonly basis: string;
    }[];
  }[];
  readonly mix: readonly {
    readonly bought: string;
    readonly share: number;
    readonly month: number;
    readonly monthOnDemand: number;
  }[];
}

export interface Again {
  readonly command: string;
  readonly fingerprint: string;
  readonly seed: number;
  readonly version: string;
  readonly hash: string;
  readonly next: readonly (readonly [command: string, why: string])[];
}
