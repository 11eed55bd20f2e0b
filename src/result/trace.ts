/** A stretch of time that went to one station. Instants are nanoseconds of the run: whole numbers, so that parts add up. */
export interface TracePart {
  readonly station: string;
  readonly phase: string;
  /** Whether somebody else was waited for. */
  readonly waits: boolean;
  /** Whether it is the way between two places. */
  readonly isWay: boolean;
  readonly from: number;
  readonly to: number;
  /** Number of the span in which it lies; −1 in none. */
  readonly span: number;
  /** In the doing of something that several operations share (a flush): how its parts follow each other is not known. */
  readonly isShared: boolean;
}

/** What was stood inside of: a service's operation, a shard of a database. */
export interface TraceSpan {
  readonly name: string;
  /** Where: the name of a region or origin. */
  readonly place: string;
  readonly from: number;
  readonly to: number;
  /** Number of the span around it; −1 for none. */
  readonly around: number;
}

/** An attempt, a branch, a part that several shards do, or a list that nobody waits for. */
export interface TraceThread {
  readonly name: string;
  /** Number of the thread that began it; −1 where the caller did. */
  readonly parent: number;
  readonly isAwaited: boolean;
  readonly place: string;
  readonly from: number;
  readonly to: number;
  readonly failure: string | null;
  /** When whoever began it stopped waiting for it, and why; it may have worked on. */
  readonly givenUp: { readonly at: number; readonly reason: string } | null;
  readonly spans: readonly TraceSpan[];
  readonly parts: readonly TracePart[];
  /** Threads that it waited for, each the last of those it waited for together: their time is part of its own. */
  readonly critical: readonly number[];
  readonly isCut: boolean;
}

/** One try, as the caller sees it. */
export interface TraceAttempt {
  readonly thread: number;
  readonly from: number;
  /** When the caller stopped waiting for it; null where the run ended before. */
  readonly to: number | null;
  readonly failure: string | null;
}

/** One operation on its way. */
export interface TraceOperation {
  /** `1-5b9d10c2-2f1`: by which `--trace-request` finds it. */
  readonly id: string;
  /** Whose it was: `workloads.orders`. */
  readonly caller: string;
  readonly place: string;
  readonly arrivedAt: number;
  /** null: it never ended. */
  readonly endedAt: number | null;
  readonly failure: string | null;
  /** Why it is here: `p99`, `slowest`, a failure; absent of the sample. */
  readonly reason?: string;
  readonly attempts: readonly TraceAttempt[];
  readonly threads: readonly TraceThread[];
}

/** Operations of one run, on their way. */
export interface Trace {
  readonly scenario: { readonly name: string; readonly file: string };
  readonly version: string;
  readonly seed: number;
  /** The first is 1. */
  readonly run: number;
  /** Of the run: the same as without a trace. */
  readonly fingerprint: string;
  readonly operations: readonly TraceOperation[];
}
