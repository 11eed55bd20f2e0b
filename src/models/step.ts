import type { ZodType } from 'zod';
import type { Variant } from '../scenario/index.ts';
import type { Cursor, FrameOwner } from './cursor.ts';
import type { Wiring } from './wiring.ts';

/**
 * One compiled step of an operation. `enter` is called with the cursor standing on it at the current instant; it goes
 * on by `cursor.go(this.next)` at once, or by `cursor.resumeAt(instant, this.next)`, or fails by `cursor.fail(reason)`.
 */
export abstract class Step {
  constructor(readonly next: Step) {}
  abstract enter(cursor: Cursor): void;
}

/** What a step is compiled in. */
export interface StepContext {
  readonly wiring: Wiring;
  /** Where it stands: `services.desk.serve.0`; names its draws and the time spent in it. */
  readonly path: string;
  /** Who runs it: `services.desk`; the box that a call's arrow leaves. */
  readonly owner: string;
  /** The step after it. */
  readonly next: Step;
  /** Compiles a nested list that goes on to `last` when done. */
  nested(steps: readonly StepConfig[], part: string, last: Step): Step;
}

/** A step as the scenario has it, after parsing. */
export interface StepConfig {
  readonly verb: string;
  // biome-ignore lint/suspicious/noExplicitAny: each verb has options of its own
  readonly options: any;
}

/** A stretch of a list of steps that somebody watches: its frame is entered before one step and left after another. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly owner: FrameOwner;
}

/** A verb that a kind (or control flow) brings to operations. */
// biome-ignore lint/suspicious/noExplicitAny: a list of verbs holds verbs of every options
export interface StepDefinition<O = any> {
  readonly verb: string;
  readonly about: string;
  readonly schema: ZodType<O>;
  /** The option that a bare value stands for: `to`, since `write: trades` is short for `{ to: trades }`. */
  readonly short?: Variant['short'];
  /** Step lists inside the options, for whoever walks an operation without running it. */
  readonly children?: (options: O) => readonly (readonly StepConfig[])[];
  /** How often its child number `child` runs for one pass, on the mean (1 when not given). */
  readonly times?: (options: O, child: number) => number;
  /** How often its children run at least, where they may be passed over. Absent: as often as on the mean. */
  readonly leastTimes?: number;
  /** Operations (`service.operation`) that one pass calls, each once. */
  readonly calls?: (options: O) => readonly string[];
  /** The topic that one pass causes a record of, if any. */
  readonly publishes?: (options: O) => string | undefined;
  /** Stretches of its list that it wants watched, it being step number `at`. */
  readonly spans?: (list: readonly StepConfig[], at: number, wiring: Wiring) => readonly Span[];
  /**
   * Whether it puts effects off beyond its operation's answer, or runs once for several records of a poll: a consumer's
   * operations then bring `poll` and `settlement`.
   */
  readonly putsOff?: boolean;
  compile(options: O, context: StepContext): Step;
}

export const defineStep = <O>(definition: StepDefinition<O>): StepDefinition<O> => definition;
