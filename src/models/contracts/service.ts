import type { Gate } from '../../sim/stations/gate.ts';
import type { Cursor, Host } from '../cursor.ts';
import type { Step } from '../step.ts';

/** An instance, as steps that run on it see it. */
export interface ServiceHost extends Host {
  readonly place: number;
  /** Name of the service. */
  readonly service: string;
  /** Does `ticks` nanoseconds of work on its cores and goes on at `next`. */
  work(cursor: Cursor, ticks: number, next: Step): void;
  /** Its connection pool to a store, if it bounds one. */
  connections(store: string): Gate | undefined;
  /** Its executor of this name, if it has one. */
  executor?(name: string): Executor | undefined;
  /** Calls back when it dies, before anybody inside hears of it: what was in its memory is lost. */
  whenDead(died: () => void): void;
  /**
   * Calls back when it has been let go and its requests are done: its process ends in order, and may still do what it
   * does on its way out. Not where it dies before.
   */
  whenStopped?(stopped: () => void): void;
}

/** What happens to a task that finds an executor's queue full: it throws, its caller runs it, or it is dropped. */
export type Refusal = 'abort' | 'caller-runs' | 'discard';

/** A fixed number of threads of an instance with one queue, on which branches run. */
export interface Executor {
  /** What would happen to a task that is handed over now, counted where it is refused; null: it is taken. */
  refusal(): Refusal | null;
  /** Takes a branch that nobody holds yet: it runs from `first` once it has a thread; enters `task` if it has to wait. */
  run(child: Cursor, task: Step & { readonly first: Step }): void;
  /** A branch that waited has its thread: it goes on at `first`, and gives the thread back at the end of that list. */
  begin(child: Cursor, first: Step): void;
  /** A cursor waits from now on for tasks that it has handed over; perhaps on one of this executor's own threads. */
  joining(parent: Cursor): void;
  /** It does no more. */
  joined(parent: Cursor): void;
}

/** One place in the design from which an operation of a service is called. */
export interface CallSite {
  /** Places of the regions where the service stands. */
  readonly regions: readonly number[];
  /** Whether an instance in a region is ready. */
  serves(region: number): boolean;
  /**
   * Sends a cursor into the operation in a region: it leaves its place now, arrives at an instance after the network's
   * delay, and goes on at `next` once the answer is back where it left.
   */
  enter(cursor: Cursor, region: number, next: Step): void;
}

/** A service that operations can be called on. */
export interface Callee {
  readonly name: string;
  /** @param path names the call site: its draws (delay, choice of instance) are its own */
  callSite(operation: string, path: string): CallSite;
  /** For callers that live on its instances. */
  readonly residence?: Residence;
}

/** Instances as a home for callers of their own: what lives on one calls it without network and balancer. */
export interface Residence {
  /** The instances of a region that are ready, the longest there first. */
  residents(region: number): readonly ServiceHost[];
  /** Calls back whenever an instance has become ready or has gone. */
  watch(changed: (region: number) => void): void;
  /** @param path names the call site, as for `callSite` */
  localSite(operation: string, path: string): LocalCallSite;
}

/** One place on instances from which an operation of the same instance is called. */
export interface LocalCallSite {
  /** Sends a cursor into the operation on this instance, where it waits for a thread; goes on at `next`. */
  enter(cursor: Cursor, host: ServiceHost, next: Step): void;
}

export const servicesSection = 'services';
