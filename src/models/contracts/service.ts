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
  /** Calls back when it dies, before anybody inside hears of it: what was in its memory is lost. */
  whenDead(died: () => void): void;
  /**
   * Calls back when it has been let go and its requests are done: its process ends in order, and may still do what it
   * does on its way out. Not where it dies before.
   */
  whenStopped?(stopped: () => void): void;
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
