import type { ZodType } from 'zod';
import type { MeterFamily, Scope } from '../metrics/index.ts';
import type { NodeNeed } from './contracts/node-need.ts';
import type { BilledLoad, CostRow } from './cost.ts';
import type { Design } from './design.ts';
import type { FaultDefinition } from './fault.ts';
import type { CallRates, Route } from './load.ts';
import type { Loss } from './loss.ts';
import type { Phase } from './milestones.ts';
import type { RecoveryPoint } from './recovery-point.ts';
import type { StepConfig, StepDefinition } from './step.ts';
import type { Topology } from './topology.ts';
import type { Callable, Traffic } from './traffic.ts';
import type { Vital } from './vital.ts';
import type { Wiring } from './wiring.ts';

/** A mistake that a kind finds in its own section once shapes are right: placed at a path below the section's entry. */
export interface Finding {
  /** Path from the entry: `['replicas', 'us-east']`. */
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly expected?: string;
  readonly hint?: string;
  readonly severity?: 'error' | 'warning';
}

/** Something that the author left out and Headroom filled in, with where the number comes from. */
export interface Assumption {
  readonly about: string;
  readonly value: string;
  readonly source: string;
  /** It is the mid of a range, which the author does not know well. */
  readonly uncertain?: true;
}

/** Closed forms by metric and view, each with the name of its model: `latency.p99` by `M/M/1`. */
export type Exact = Readonly<Record<string, { readonly value: number; readonly model: string }>>;

/** Servers that something passes through, all of an entry's together. */
export interface Capacity {
  /** What they are: `thread`, `core`. */
  readonly of: string;
  readonly servers: number;
  /** Seconds of one of them that a step takes on the mean, at least, when an operation of `owner` runs it. */
  seconds(owner: string, step: StepConfig): number;
}

/** A number of an entry that gives it more capacity. */
export interface Lever {
  /** Path below the entry: `['threads']`. */
  readonly path: readonly string[];
  readonly from: number;
  /** The next step up. */
  readonly to: number;
}

/** Where keys go in one entry of the design. */
export interface Placement {
  /** What a place is: `shard`, `partition`. */
  readonly noun: string;
  readonly count: number;
  /** Throws UnplaceableKey for a text that the function cannot take. */
  place(key: string): number;
  /** What a place is called, where that is not its number. */
  nameOf?(place: number): string;
}

/**
 * One kind of thing that a scenario can have: a folder of src/models and a line in the list of kinds.
 *
 * From this alone come validation with positions, editor completion, the reference page, metric ids, cost rows and
 * the contract tests. Kinds meet each other only through the interfaces in src/models/contracts.
 */
// biome-ignore lint/suspicious/noExplicitAny: a list of kinds holds kinds of every configuration
export interface Kind<C = any> {
  /** The scenario's key: `services`. */
  readonly section: string;
  /** One of them: `service`. */
  readonly noun: string;
  readonly about: string;
  /**
   * `named`: a map of names to entries; `single`: the section is the entry, with defaults when absent; `implied`: no
   * section of the file, what it is about stands elsewhere (in operations' steps). Its one entry has the name '', and
   * its findings' paths count from the top of the file.
   */
  readonly shape: 'named' | 'single' | 'implied';
  /** Whether an entry does nothing as long as no other part of the scenario names it: a pool without services. */
  readonly waitsToBeNamed?: boolean;
  /** One entry's schema: units, defaults, descriptions. */
  readonly schema: ZodType<C>;
  readonly steps?: readonly StepDefinition[];
  /** Sorts of failure that it knows, for the section `faults`. */
  readonly faults?: readonly FaultDefinition[];
  /** Paths below an entry whose string value is a file to be read in place: `autoscale.manifest`. */
  readonly files?: readonly string[];
  /** What can be measured of any scenario's entries, for the reference and `headroom explain`. */
  readonly families: readonly MeterFamily[];
  /** What will be measured of this scenario: of its families. Pure: the ids exist before the run. */
  scopes(name: string, config: C, design: Design): Scope[];
  /** What the schema cannot see: references across sections are checked elsewhere, this is about sense. */
  check?(name: string, config: C, design: Design): Finding[];
  /** What the scenario leaves open and this kind assumes. */
  assumptions?(name: string, config: C, design: Design): Assumption[];
  /** Operations a second that this entry is expected to bring, at an instant (seconds of Unix time). Pure. */
  demand?(name: string, config: C, design: Design): (instant: number) => number;
  /**
   * Whether load, capacity or what is whole change over time because of this entry: a profile, an autoscaler, a fault.
   * Then nobody can tell a warm-up from it. Pure.
   */
  varies?(name: string, config: C, design: Design): boolean;
  /** Phases of the way back from a fault that it may go through (`Wiring.milestones`). Pure. */
  phases?(name: string, config: C, design: Design): readonly Phase[];
  /** The number, by its path below the entry, that all load of this entry is multiplied by; and what it is. Pure. */
  loadFactor?(name: string, config: C): { readonly path: readonly string[]; readonly value: number };
  /** What bounds how much it does, wherever its calls are sent. Pure. */
  capacities?(name: string, config: C, design: Design): readonly Capacity[];
  /**
   * What its owner would change for more capacity, the likeliest first; what has no bound gives none. Pure.
   */
  levers?(name: string, config: C, design: Design): readonly Lever[];
  /** Callers that this entry brings, for what is worked out before a run. Pure. */
  traffic?(name: string, config: C, design: Design): Traffic;
  /** The operations that can be called on this entry, by their name. Pure. */
  operations?(name: string, config: C, design: Design): Readonly<Record<string, Callable>>;
  /** One-way delay in seconds from place to place by name, without jitter: of the kind that is the network. Pure. */
  delays?(name: string, config: C, design: Design): (from: string, to: string) => number;
  /**
   * Where callers are sent while all of the regions that they are offered are well, by the delay from place to place: of
   * the kind that sends them. Pure.
   */
  routes?(name: string, config: C, design: Design, delay: (from: string, to: string) => number): Route;
  /** What it does no more while a place is lost, wherever its callers are sent then, one line each. Pure. */
  stoppedBy?(name: string, config: C, design: Design, lost: Place): readonly string[];
  /** How busy calls of these rates keep it in each of its regions, at the most that it can be scaled to. Pure. */
  busyAt?(name: string, config: C, design: Design, rates: CallRates): Readonly<Record<string, number>>;
  /**
   * What closed forms say of its metrics when a Poisson stream of `rate` a second calls one of its operations. Of an
   * `implied` kind: when it calls `service.operation`; the metrics' names begin with what they are of. Pure.
   */
  exact?(name: string, config: C, operation: string, rate: number, design: Design): Exact;
  /** Share of all draws that its most used value gets: of a population of keys. Pure. */
  hottestShare?(name: string, config: C, design: Design): number;
  /** Where a key's real text is kept: shard, partition or slot. For `headroom place`. */
  placement?(name: string, config: C, design: Design): Placement;
  build(name: string, config: C, wiring: Wiring): Component | object;
}

/** A region, or one of its zones (from 1). */
export interface Place {
  readonly region: string;
  readonly zone?: number;
}

/** How much of what stands in a region has been in use so far: two sums over time, in any unit of their own. */
export interface Occupancy {
  readonly region: string;
  readonly busy: number;
  readonly there: number;
}

/** A kind brought to life for one run. All hooks are optional; they are called in this order. */
export interface Component {
  /** All components exist: look others up, compile steps. */
  connect?(): void;
  /** The clock stands at 0: prefill (`begin: steady`), schedule the first events. */
  start?(): void;
  /** The warm-up is over: what is metered over time starts here. */
  openWindow?(now: number): void;
  /** The measured window is over: give what is metered over time to the meters. */
  closeWindow?(now: number): void;
  /**
   * A region or a zone is lost at this instant, with all of this component that stands there (`strikes` tells which of
   * its copies): they die, and what was in their memory with them. The network has been told first: nothing that is sent
   * from now on gets in or out. A component that keeps nothing anywhere has no such hook.
   */
  lose?(loss: Loss): void;
  /**
   * What was lost is there again, empty-handed or, where `loss.data` is kept, with its disks. Told in the reverse order, so
   * that the network comes last.
   */
  restore?(loss: Loss): void;
  /** Whether what it keeps in a region is there and no older than elsewhere: the region may be given traffic again. */
  isCaughtUp?(place: number): boolean;
  /** Seconds by which what it keeps in a region is behind what is kept elsewhere: for whoever monitors regions. */
  lagIn?(place: number): number;
  /** What was lost with histories that ended; absent where nothing is kept that could be lost so. */
  recoveryPoints?(): readonly RecoveryPoint[];
  /** Where it can be seen how it is: for whoever compares that before and after a fault. From `start` on. */
  vitals?(): readonly Vital[];
  /** What waits to be done here, in operations or records: it grows without end where the load is too much. */
  backlog?(): number;
  /** Sums of time in use and time there by region up to now, for the timeline; `openWindow` may start them anew. */
  occupancy?(now: number): readonly Occupancy[];
  /** A bucket of the timeline ends at this instant: what can be seen of it now and then only is drawn by looking. */
  bucketEnds?(now: number): void;
  /** Counted operations that are still under way: the run goes on a little for them. */
  readonly unfinished?: number;
  /** Whether the run must go on after the window for something to be known: until it has come back from a fault. */
  readonly awaitsMore?: boolean;
  /** Operations that it asked for so far. */
  readonly operationCount?: number;
  /** The run is over for good. */
  end?(): void;
  /** What it leaves for the result beside its meters. */
  record?(): unknown;
  /** After the window: what it costs, from what the run saw; no prices yet. */
  costs?(): CostRow[];
  /** Prices all components' rows: what the price book does, once, after all `costs()`. */
  bill?(rows: readonly CostRow[], load: BilledLoad): CostRow[];
  /** After the window: nodes that it needs over a month, hour by hour. */
  nodeNeeds?(): NodeNeed[];
  /** What a drawing of the design shows of it. */
  topology?(): Topology;
}

/** Declares a kind with its configuration's type inferred from the schema. */
export const defineKind = <C>(kind: Kind<C>): Kind<C> => kind;
