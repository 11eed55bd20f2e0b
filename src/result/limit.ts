import { z } from 'zod';
import type { LoadReason, LoadState, TargetResult } from './result.ts';

export const limitFormat = 'headroom.limit/1';

/**
 * `holds`: every need is kept, and no backlog grows. `fails`: one is broken, or a backlog grows. `undecided`: the runs cannot
 * tell.
 */
export type PointState = 'holds' | 'fails' | 'undecided';

/** By how much the load can grow. */
export interface Headroom {
  /** The largest factor that was seen to hold: `low`. 0 where none was. */
  readonly value: number;
  readonly low: number;
  /** The least factor above it that was seen to fail; null where none was. */
  readonly high: number | null;
}

/** A metric at one load, with its 95% interval. null: infinite. */
export interface Measured {
  readonly value: number | null;
  readonly low?: number | null;
  readonly high?: number | null;
}

/** One load that was tried. */
export interface LimitPoint {
  readonly factor: number;
  /** What makes this load of the scenario, as `--set` takes it. */
  readonly sets: readonly string[];
  readonly state: PointState;
  readonly runs: number;
  readonly load: LoadState;
  readonly loadReasons: readonly LoadReason[];
  /** What this load asks for more than it can do, by a closed form: no run is long enough to hold there. */
  readonly full?: CapacityBound;
  readonly targets: readonly TargetResult[];
  /** Of each caller, by its id. */
  readonly callers: Readonly<Record<string, CallerAtLoad>>;
  /** The busiest, the tightest first. */
  readonly stations: readonly StationAtLoad[];
  /** Dollars; null where nothing has a price. */
  readonly month: number | null;
}

export interface CallerAtLoad {
  /** Operations a second. */
  readonly throughput: number | null;
  readonly mean: Measured;
  readonly p50: Measured;
  readonly p95: Measured;
  readonly p99: Measured;
}

export interface StationAtLoad {
  readonly station: string;
  readonly of?: string;
  readonly utilization: number;
}

/** What becomes full first, as far as it can be told without trying. */
export interface CapacityBound {
  readonly station: string;
  readonly of?: string;
  /** The factor of this load at which it is full. */
  readonly atMost: number;
  /** Whether a closed form says so, or how busy it was seen to be. */
  readonly by: 'closed form' | 'measured utilization';
}

/** A change that was tried where the load is too much. */
export interface Lift {
  /** As `--set` takes it. */
  readonly set: string;
  readonly from: number;
  readonly to: number;
  readonly state: PointState;
}

/** Why the load can grow no more. */
export interface Breaking {
  /** The load at which these were seen. */
  readonly factor: number;
  /** Needs that are broken (or undecided) there, the worst first. */
  readonly targets: readonly TargetResult[];
  readonly loadReasons: readonly LoadReason[];
  /** What is full at this load by a closed form. */
  readonly full?: CapacityBound;
  /** Where most of the waiting is, or what is fullest. */
  readonly station?: StationAtLoad & {
    /** Seconds that an operation of the workload waits there, near the 99th percentile. */
    readonly wait?: number;
    readonly workload?: string;
  };
  /** What was changed at this load to see whether it holds then, one at a time. */
  readonly lifts: readonly Lift[];
}

/** How far the load can grow until the first need breaks. */
export interface Limit {
  readonly format: typeof limitFormat;
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
  /** Runs at each load, and how many there may be where a need is undecided. */
  readonly runs: number;
  readonly maxRuns: number;
  /** Operations that a run simulates at most: a longer one is cut to its busiest stretch. null: none is cut. */
  readonly mostOperations: number | null;
  /** Whose load grows; absent: all. */
  readonly of?: readonly string[];
  readonly headroom: Headroom;
  /** `keeps-up`: the scenario sets no needs, so it is asked that nothing piles up and nobody is turned away. */
  readonly asked: 'needs' | 'keeps-up';
  /** Needs that say how much is done, not how well: not asked of less than the scenario's own load. */
  readonly notAskedBelow: readonly string[];
  /** Of the scenario's own run. */
  readonly bound?: CapacityBound;
  /** Absent where no load failed. */
  readonly breaks?: Breaking;
  /** Loads below the headroom that fail: the needs are not monotone in the load. */
  readonly holes: readonly number[];
  /** Loads that make no scenario, and why. */
  readonly skipped: readonly { readonly factor: number; readonly why: string }[];
  /** Where throughput over latency is largest; absent where that is at an end of what was tried. */
  readonly knee?: { readonly caller: string; readonly factor: number };
  /** In the order of their factors. */
  readonly points: readonly LimitPoint[];
}

const orInfinite = z.number().nullable();
const measured = z.object({ value: orInfinite, low: orInfinite.optional(), high: orInfinite.optional() });
const state = z.enum(['holds', 'fails', 'undecided']);
const station = z.object({ station: z.string(), of: z.string().optional(), utilization: z.number() });
const bound = z.object({
  station: z.string(),
  of: z.string().optional(),
  atMost: z.number(),
  by: z.string(),
});
const reason = z.object({
  component: z.string(),
  what: z.enum(['grows', 'turns-away', 'no-quorum']),
  count: z.number(),
  share: z.number(),
});
export const targetShape = z.object({
  target: z.string(),
  metric: z.string(),
  operator: z.enum(['<', '<=', '>', '>=']),
  level: z.enum(['fail', 'warn']),
  status: z.enum(['pass', 'fail', 'warn', 'inconclusive', 'no-data']),
  value: orInfinite,
  limit: z.number(),
  margin: orInfinite,
  reason: z.string().optional(),
});

/** The shape of a saved limit, as far as a reader would stumble without it. */
export const limitSchema = z.object({
  format: z.literal(limitFormat),
  version: z.string(),
  scenario: z.object({ name: z.string(), file: z.string(), hash: z.string(), text: z.string() }),
  seed: z.number(),
  runs: z.number(),
  maxRuns: z.number(),
  mostOperations: z.number().nullable(),
  headroom: z.object({ value: z.number(), low: z.number(), high: z.number().nullable() }),
  asked: z.enum(['needs', 'keeps-up']),
  notAskedBelow: z.array(z.string()),
  bound: bound.optional(),
  breaks: z
    .object({
      factor: z.number(),
      targets: z.array(targetShape),
      loadReasons: z.array(reason),
      full: bound.optional(),
      station: station.optional(),
      lifts: z.array(z.object({ set: z.string(), from: z.number(), to: z.number(), state })),
    })
    .optional(),
  holes: z.array(z.number()),
  skipped: z.array(z.object({ factor: z.number(), why: z.string() })),
  knee: z.object({ caller: z.string(), factor: z.number() }).optional(),
  points: z.array(
    z.object({
      factor: z.number(),
      sets: z.array(z.string()),
      state,
      runs: z.number(),
      load: z.enum(['stable', 'backlogged', 'overloaded']),
      loadReasons: z.array(reason),
      full: bound.optional(),
      targets: z.array(targetShape),
      callers: z.record(
        z.string(),
        z.object({ throughput: orInfinite, mean: measured, p50: measured, p95: measured, p99: measured }),
      ),
      stations: z.array(station),
      month: orInfinite,
    }),
  ),
});
