import type { Dimension } from '../units/index.ts';
import type { PointState, StationAtLoad } from './limit.ts';
import type { LoadReason, LoadState, TargetResult } from './result.ts';

export const roadmapFormat = 'headroom.roadmap/1';

/** The design of one month under the load of that month. */
export interface RoadmapPoint {
  readonly month: number;
  /** Of the scenario's load. */
  readonly factor: number;
  /** Phases that are in use. */
  readonly phases: readonly string[];
  readonly hash: string;
  readonly state: PointState;
  readonly runs: number;
  readonly load: LoadState;
  readonly loadReasons: readonly LoadReason[];
  readonly targets: readonly TargetResult[];
  readonly fullest?: StationAtLoad;
  /** Dollars a month; null where nothing has a price. */
  readonly cost: number | null;
  readonly fingerprint: string;
}

/** What comes of the roadmap if phases do not come: the months from when that matters, up to the first that fails. */
export interface RoadmapCourse {
  /** The phase that slips; absent where none of them comes. */
  readonly slips?: string;
  /** Phases that do not come, those that wait for it included. */
  readonly without: readonly string[];
  /** When the phase is due. */
  readonly due?: number;
  readonly points: readonly RoadmapPoint[];
}

/** A design month by month, as its load grows and its phases come. */
export interface RoadmapReport {
  readonly format: typeof roadmapFormat;
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
  readonly curve: 'exponential' | 'linear';
  readonly asked: 'needs' | 'keeps-up';
  readonly phases: readonly { readonly name: string; readonly title?: string; readonly month: number }[];
  /** Every month, all phases on time. */
  readonly onTime: readonly RoadmapPoint[];
  readonly courses: readonly RoadmapCourse[];
  /** Units of the metrics that targets name. */
  readonly units: Readonly<Record<string, Dimension>>;
}
