/** How a service looks to the load balancer. */
export interface Destination {
  /** Places of the regions where it stands, in the scenario's order. */
  readonly regions: readonly number[];
  /** Whether an instance there is ready. */
  serves(region: number): boolean;
}

/** Decides to which region a caller's request goes. */
export interface Router {
  /**
   * Where a request goes while nothing has failed.
   * @param origin place of the caller
   * @param candidates places of the regions where the called service stands
   * @param uniform a draw of the request's own
   * @returns the place of the region, or -1 when there is none
   */
  route(origin: number, candidates: readonly number[], uniform: number): number;
  /**
   * The name under which callers reach a service.
   * @param allowed of its regions those that the callers' data may go to
   */
  entrance(destination: Destination, allowed: readonly number[], callers: Callers): Entrance;
  /** Whether the health checks say that a region can be reached; true where nothing is checked. */
  isHealthy(region: number): boolean;
  /** How far the callers of regions that came back after a fault have come back to them, as far as is known now. */
  returnsAfter(fault: string): readonly Return[];
}

/** Those who ask for a service's address, and when they ask again. */
export interface Callers {
  readonly workload: string;
  readonly asks: 'each-time' | 'on-connect' | 'on-error' | 'never';
}

/** How a caller came by where he sends a request: he was told, he has kept the address, or his connection is open. */
export type Way = 'answer' | 'address' | 'connection';

/** How far the callers of one workload and origin have come back to their region. */
export interface Return {
  readonly workload: string;
  /** Absent where callers are beside the first region. */
  readonly origin?: string;
  /** The region that has come back. */
  readonly home: string;
  /** Of their requests that go there while all regions are well, those that went there in the last seconds. */
  readonly share: number;
  /** Whether that is all but one in a hundred, of everybody who belongs there. */
  readonly isOver: boolean;
  /** Where most of the others go, and why; absent where there are none. */
  readonly elsewhere?: { readonly region: string; readonly why: string };
}

/** A name under which a service is reached: who asks for its address is given a region. */
export interface Entrance {
  /**
   * @param origin place of the caller
   * @param caller a number of his: he asks the same resolver each time
   * @param uniform a draw of the request's own
   * @returns the place of a region; `refused` where the only ones are forbidden, `nowhere` where there is none
   */
  resolve(origin: number, caller: number, uniform: number): number;
  /** An attempt is sent to a region. @param origin place of the caller */
  sent(origin: number, region: number, way: Way): void;
  /**
   * An attempt that was sent to a region has ended.
   * @param seconds from its sending to its answer, the way to the caller left out; Infinity where none came
   */
  ended(region: number, seconds: number): void;
  /** Whether somebody wants to hear how attempts end. */
  readonly listens: boolean;
}

/** No region. */
export const nowhere = -1;
/** No region that the callers' data may go to, but others. */
export const refused = -2;

export const routingSection = 'routing';
