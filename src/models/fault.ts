import type { ZodType } from 'zod';
import type { Design } from './design.ts';
import type { Finding } from './kind.ts';
import type { Wiring } from './wiring.ts';

export const faultsSection = 'faults';

/** Nanoseconds from one look whether a fault has been recovered from to the next. */
export const recoveryLook = 10e9;

/** What a fault is told when it begins. */
export interface FaultContext {
  readonly wiring: Wiring;
  /** The name that its author gave it. */
  readonly name: string;
  /** Nanoseconds for which it lasts; undefined where it has no end of its own. */
  readonly length: number | undefined;
}

/** A sort of failure that a kind brings: `fault: instance-crash` under `faults`. */
// biome-ignore lint/suspicious/noExplicitAny: a list of faults holds faults of every options
export interface FaultDefinition<O = any> {
  readonly fault: string;
  readonly about: string;
  /** Its own options, as the shape of an object; `fault`, `at`, `for` and `rate` are everybody's. */
  readonly shape: Readonly<Record<string, ZodType>>;
  /** Whether it must, may or cannot have an end (`for`). */
  readonly lasts: 'always' | 'may' | 'never';
  /** Whether what it strikes comes back by itself where nothing says how long it lasts. */
  readonly heals?: boolean;
  /**
   * How many things it may strike at this instant, over how many it strikes at once: of a random fault each has the given
   * time between failures. Absent, or undefined: it strikes one certain thing.
   */
  population?(options: O, context: FaultContext): number | undefined;
  /** Whether callers may get no answer at all: then each workload must say how long its callers wait. */
  readonly silences?: boolean;
  /** Whether health checks may find a region unhealthy by it, though callers are answered. Default: as it silences. */
  failsChecks?(options: O, design: Design): boolean;
  /** The region that is lost as a whole, with all that stands there. */
  takes?(options: O): string;
  /** The region in which all stands that it strikes; undefined where it may be elsewhere. Default: its option `region`. */
  where?(options: O, design: Design): string | undefined;
  /** What it strikes, as words: two faults that strike the same at the same time contradict each other. */
  targets?(options: O, design: Design): readonly string[];
  /** What the schema cannot see; paths count from the fault's entry. */
  check?(options: O, design: Design): Finding[];
  /**
   * It begins, at the current instant.
   * @returns what undoes it, called when its time is over; undefined where nothing is to be undone
   */
  begin(options: O, context: FaultContext): (() => void) | undefined;
}

/** Declares a fault with the type of its options. */
export const defineFault = <O>(definition: FaultDefinition<O>): FaultDefinition<O> => definition;

const known = new Map<string, FaultDefinition>();

/** Called once, by the list of kinds: routing asks what the faults of a design can do, whoever brings them. */
export function registerFaults(definitions: readonly FaultDefinition[]): void {
  for (const definition of definitions) known.set(definition.fault, definition);
}

/** The first fault of the design by which callers may get no answer at all; undefined without any. */
export const silenceOf = (design: Design): string | undefined =>
  design
    .entries<{ fault: string }>(faultsSection)
    .find(([, { fault }]) => known.get(fault)?.silences === true)?.[0];

/** Whether a fault of the design may have health checks find a region unhealthy. */
export const checksMayFail = (design: Design): boolean =>
  design.entries<{ fault: string }>(faultsSection).some(([, options]) => {
    const { silences = false, failsChecks } = known.get(options.fault) ?? {};
    return failsChecks?.(options, design) ?? silences;
  });
