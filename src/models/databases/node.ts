import { Gate } from '../../sim/stations/gate.ts';
import { Line } from '../../sim/stations/line.ts';
import type { Silence } from '../contracts/network.ts';
import type { Cursor, Failure, Host, Root } from '../cursor.ts';
import type { Frame } from '../frame.ts';
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
  /** Whether callers have it among those that they may ask; as those who look after it know. */
  isListed = true;
  /** Its machine is dead without a word; null: where it is dead, connections to it are refused. */
  silence: Silence | null = null;
  /** How many times longer than usual its cores and its disk take. */
  slowness = 1;
  diskSlowness = 1;
  /** It may not accept writes: its lease has run out. */
  isFenced = false;
  /** It was primary, there is another one, and it goes on for those who do not hear of that. */
  isRival = false;
  /** Looks in a row at which it could not be reached. */
  misses = 0;
  /** Looks in a row at which its primary did not hear of it. */
  silences = 0;
  /** Whether a write that waits for all waits for it. */
  isInStep = true;
  /** Requests at it, each knows its place here; null where nodes do not die. */
  private inside: Frame[] | null = null;
  readonly connections: Gate;
  readonly cores: Line;
  readonly served = new Served();
  /** Where callers count what they have sent here. */
  group!: CopyGroup;
  placeInGroup = 0;

  /**
   * @param place number of its region
   * @param replica its number among the shard's replicas; −1 for the primary; changes with a failover
   */
  constructor(
    readonly shard: Shard,
    readonly place: number,
    public replica: number,
    limits: { readonly cores: number; readonly maxConnections: number },
  ) {
    this.cores = new Line(limits.cores);
    this.connections = new Gate(limits.maxConnections);
  }

  get isPrimary(): boolean {
    return this.replica < 0;
  }

  /** Whether those who hear of it take it for the primary. */
  get leads(): boolean {
    return this.isPrimary || this.isRival;
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

  /** Its end is thought of: it remembers who is at it. */
  canDie(): void {
    this.inside = [];
  }

  occupy(cursor: Cursor): void {
    if (this.inside === null) return;
    const { frame } = cursor;
    frame.slot = this.inside.length;
    this.inside.push(frame);
  }

  vacate(cursor: Cursor): void {
    const { inside } = this;
    const { slot } = cursor.frame;
    if (inside === null || slot < 0) return;
    cursor.frame.slot = -1;
    const last = inside.pop() as Frame;
    if (slot === inside.length) return;
    inside[slot] = last;
    last.slot = slot;
  }

  /** It dies at this instant: whoever is at it fails. */
  die(now: number, reason: Failure): void {
    this.alive = false;
    const inside = this.inside ?? [];
    this.inside = [];
    for (const frame of inside) frame.slot = -1;
    const cursors = new Set(inside.map((frame) => frame.cursor));
    this.cores.crash(now);
    for (const waiting of this.connections.crash(now) as Cursor[]) waiting.taken();
    for (const cursor of cursors) cursor.sever(this, reason, nobody);
  }

  /** Something answers there again. */
  speaks(): void {
    const { silence } = this;
    this.silence = null;
    silence?.end();
  }
}

/** Whom what a dead node had called reports to: nodes call nothing. */
const nobody: Root = {
  completed: (cursor) => cursor.release(),
  failed: (cursor) => cursor.release(),
};
