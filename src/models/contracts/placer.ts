/** What a pool of nodes tells an instance that it was asked to find room for. */
export interface Tenant {
  /** There is room, on a node that is up in this zone of the region (from 0): start now. */
  placed(now: number, zone: number): void;
  /** The node will be taken away at this instant (a spot notice, a drain). */
  noticed?(now: number, goneAt: number): void;
  /** The node has died without a word, and the instance with it; its room there is kept until it is given back. */
  silenced?(now: number): void;
  /** The node has died and is up again: start anew. */
  revived?(now: number): void;
  /** The node is gone, and the instance with it. */
  lost(now: number, reason: string): void;
}

/** Who has instances on a pool's nodes, as it can be known without a run: for what a month costs. */
export interface Tenancy {
  /** Cores that an instance requests. */
  readonly cores: number;
  /** Instances in a region at an instant (seconds of Unix time), once autoscalers have settled on its load. */
  instancesAt(region: number, instant: number): number;
}

/** A pool of nodes. */
export interface Placer {
  /** Asks for room for `cores` in a region; `placed` is called when there is, perhaps at once. */
  place(region: number, cores: number, tenant: Tenant): void;
  /** Gives the room back (or withdraws the request). */
  remove(tenant: Tenant): void;
  /** Says who will ask for room, before anybody does. */
  announce(tenancy: Tenancy): void;
}

export const poolsSection = 'pools';
