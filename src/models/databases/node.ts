import { Gate } from '../../sim/stations/gate.ts';
import { Line } from '../../sim/stations/line.ts';
import type { Host } from '../cursor.ts';
import type { CopyGroup } from './copy-group.ts';
import type { Shard } from './shard.ts';

/** What a node has finished in the measured window. */
export class Served {
  reads = 0;
  writes = 0;
  scans = 0;
  /** Rows written. */
  rows = 0;

  get operations(): number {
    return this.reads + this.writes + this.scans;
  }
}

/** A machine with one copy of one shard: connections that are held, cores that execute. */
export class Node implements Host {
  alive = true;
  readonly connections: Gate;
  readonly cores: Line;
  readonly served = new Served();
  /** Where callers count what they have sent here. */
  group!: CopyGroup;
  placeInGroup = 0;

  /**
   * @param place number of its region
   * @param replica its number among the shard's replicas; −1 for the primary
   */
  constructor(
    readonly shard: Shard,
    readonly place: number,
    readonly replica: number,
    limits: { readonly cores: number; readonly maxConnections: number },
  ) {
    this.cores = new Line(limits.cores);
    this.connections = new Gate(limits.maxConnections);
  }

  get isPrimary(): boolean {
    return this.replica < 0;
  }

  /** Requests that wait here, for a connection or a core. */
  waiting(now: number): number {
    return this.connections.queueLength + this.cores.queueLength(now);
  }

  sent(): void {
    this.group.inFlight[this.placeInGroup] += 1;
  }

  answered(): void {
    this.group.inFlight[this.placeInGroup] -= 1;
  }
}
