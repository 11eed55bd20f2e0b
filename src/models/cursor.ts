import type { EventTarget } from '../sim/event-queue.ts';
import type { Simulation } from '../sim/simulation.ts';
import type { Gate, GateCustomer } from '../sim/stations/gate.ts';
import type { LineCustomer } from '../sim/stations/line.ts';
import type { SharedCustomer } from '../sim/stations/shared.ts';
import type { Operation } from './operation.ts';
import type { Step } from './step.ts';

/** Why an attempt failed, as it is counted: `rejected`, `timed-out`, `unplaceable-key`, `crashed`, … */
export type Failure = string;

/** What an attempt (or a branch of one) reports to. Called once, at the instant when the answer is there. */
export interface Root {
  completed(cursor: Cursor): void;
  failed(cursor: Cursor, reason: Failure): void;
  /** What it waits for is carried by another cursor from now on (the first one's host died and it works on alone). */
  replaced?(cursor: Cursor, by: Cursor): void;
}

/** What a cursor stands inside of and holds something of: a service instance's thread, a database connection. */
export interface FrameOwner {
  /**
   * The cursor leaves, with an answer or (failure not null) without: give back what it held.
   * @returns nanoseconds that the answer takes to the caller's place
   */
  leave(cursor: Cursor, callerPlace: number, failure: Failure | null): number;
}

/** The machine-like thing on which a cursor's `work` runs. */
export interface Host {
  readonly alive: boolean;
}

/**
 * An attempt under way: a cursor over the compiled steps of an operation, with a stack of what it stands inside of.
 *
 * Cursors are pooled; `token` grows for ever, so that an event of a former life finds a newer token and does nothing.
 * Time is credited to segments as it passes (`spendUntil`), so that the parts of a latency add up to it.
 */
export class Cursor implements EventTarget, GateCustomer, LineCustomer, SharedCustomer {
  /** The identity under which this cursor draws and is ordered among ties. */
  high = 0;
  low = 0;
  /** Packs attempt, branch, iteration and index of a draw: see `operation.ts`. */
  word = 0;
  operation!: Operation;
  root!: Root;
  /** Where it is: index of a region or origin. */
  place = 0;
  host: Host | null = null;
  /** Instant up to which time is credited (may lie ahead, at the departure it waits for). */
  since = 0;
  readonly spent: Float64Array;
  /** Free for the step that the cursor stands on: survives until it goes on. */
  scratch = 0;
  failing: Failure | null = null;

  private token = 0;
  private pending: Step | null = null;
  private waitSegment = 0;
  /** The Gate at which it waits, or whose unit it was given and has not yet taken over. */
  private gate: Gate | null = null;
  private isGranted = false;
  private readonly owners: FrameOwner[] = [];
  private readonly nexts: Step[] = [];
  private readonly places: number[] = [];
  private readonly hosts: (Host | null)[] = [];
  private readonly marks: number[] = [];
  private readonly holds: boolean[] = [];

  constructor(
    readonly simulation: Simulation,
    private readonly pool: CursorPool,
    segments: number,
  ) {
    this.spent = new Float64Array(segments);
  }

  get now(): number {
    return this.simulation.now;
  }

  get depth(): number {
    return this.owners.length;
  }

  /** What was entered last. */
  get innermost(): FrameOwner | undefined {
    return this.owners[this.owners.length - 1];
  }

  /** Goes on to a step at once. */
  go(step: Step): void {
    step.enter(this);
  }

  /** Goes on to a step at a later instant (integer nanoseconds). */
  resumeAt(instant: number, step: Step): void {
    this.pending = step;
    this.token = (this.token + 1) | 0;
    this.simulation.schedule(instant, this.high, this.low, this.word, this, this.token);
  }

  /** As `resumeAt`, for a departure from a Line: before all other events of that instant. */
  departAt(instant: number, step: Step, waitSegment: number): void {
    this.pending = step;
    this.waitSegment = waitSegment;
    this.token = (this.token + 1) | 0;
    this.simulation.scheduleDeparture(instant, this.high, this.low, this.word, this, this.token);
  }

  /** Goes on at this instant after the event now running: for whoever is let in by somebody else's leaving. */
  resumeSoon(step: Step): void {
    this.pending = step;
    this.token = (this.token + 1) | 0;
    this.simulation.soon(this, this.token);
  }

  /**
   * Asks a Gate for a unit. When 'granted' the unit is the cursor's; when 'queued' it goes on at `step` once the unit
   * is its own (the step calls `taken`); when 'full' nothing has happened.
   */
  acquire(gate: Gate, step: Step): 'granted' | 'queued' | 'full' {
    const answer = gate.acquire(this.simulation.now, this);
    if (answer === 'queued') {
      this.gate = gate;
      this.awaitAt(step);
    }
    return answer;
  }

  /** The unit that was waited for is now in the hands of whoever pushes a frame for it. */
  taken(): void {
    this.gate = null;
    this.isGranted = false;
  }

  /** Waits for `finished` or a child; `step` is where it goes on. */
  awaitAt(step: Step): void {
    this.pending = step;
    this.token = (this.token + 1) | 0;
  }

  fire(token: number): void {
    if (token !== this.token) return;
    (this.pending as Step).enter(this);
  }

  granted(): void {
    this.isGranted = true;
    this.simulation.soon(this, this.token);
  }

  finished(): void {
    this.simulation.soon(this, this.token);
  }

  /** The Line's capacity changed: the departure moved, and with it the time that this cursor waits. */
  replan(departure: number): void {
    this.spent[this.waitSegment] += departure - this.since;
    this.since = departure;
    this.departAt(departure, this.pending as Step, this.waitSegment);
  }

  /** Credits the time since the last credit, up to `instant`, to a segment. */
  spendUntil(segment: number, instant: number): void {
    this.spent[segment] += instant - this.since;
    this.since = instant;
  }

  /** Enters something that holds on to the cursor until it leaves; `next` follows once the answer is back here. */
  push(owner: FrameOwner, next: Step, place: number, host: Host | null): void {
    this.owners.push(owner);
    this.nexts.push(next);
    this.places.push(this.place);
    this.hosts.push(this.host);
    this.marks.push(0);
    this.holds.push(false);
    this.place = place;
    this.host = host;
  }

  /** A number that the innermost frame's owner keeps with the frame (an instant of arrival). */
  get mark(): number {
    return this.marks[this.marks.length - 1];
  }

  set mark(value: number) {
    this.marks[this.marks.length - 1] = value;
  }

  /** Whether the innermost frame holds a unit (a thread) that its owner must give back. */
  get holding(): boolean {
    return this.holds[this.holds.length - 1];
  }

  set holding(value: boolean) {
    this.holds[this.holds.length - 1] = value;
  }

  /** Leaves what was entered last, with an answer, and goes on after it. */
  pop(): void {
    const next = this.nexts.pop() as Step;
    const callerPlace = this.places.pop() as number;
    const delay = (this.innermost as FrameOwner).leave(this, callerPlace, null);
    this.drop();
    this.place = callerPlace;
    this.host = this.hosts.pop() as Host | null;
    if (delay > 0) this.resumeAt(this.simulation.now + delay, next);
    else next.enter(this);
  }

  /** Gives up: leaves everything that was entered, innermost first, each time after the answer's way back. */
  fail(reason: Failure): void {
    this.failing = reason;
    this.token = (this.token + 1) | 0;
    this.leaveGate();
    while (this.owners.length > 0) {
      this.nexts.pop();
      const callerPlace = this.places.pop() as number;
      const delay = (this.innermost as FrameOwner).leave(this, callerPlace, reason);
      this.drop();
      this.place = callerPlace;
      this.host = this.hosts.pop() as Host | null;
      if (delay > 0) {
        this.resumeAt(this.simulation.now + delay, failOn);
        return;
      }
    }
    this.root.failed(this, reason);
  }

  private drop(): void {
    this.owners.pop();
    this.marks.pop();
    this.holds.pop();
  }

  /**
   * The host under the cursor has died. What stands above its frame works on with nobody to answer to; what is below
   * hears of the failure now. The dead frame's owner is asked to leave too.
   */
  sever(host: Host, reason: Failure, orphans: Root): void {
    const frame = this.frameOn(host);
    if (frame < 0) return;
    const carrier = this.pool.take();
    carrier.adopt(this, frame + 1);
    this.cut(frame + 1);
    this.root.replaced?.(this, carrier);
    this.root = orphans;
    if (this.owners.length === 0) this.release();
    carrier.fail(reason);
  }

  /** The outermost frame whose inside is on this host. */
  private frameOn(host: Host): number {
    for (let frame = 0; frame < this.owners.length; frame += 1) {
      if ((frame + 1 < this.owners.length ? this.hosts[frame + 1] : this.host) === host) return frame;
    }
    return -1;
  }

  private cut(frames: number): void {
    this.owners.splice(0, frames);
    this.nexts.splice(0, frames);
    this.places.splice(0, frames);
    this.hosts.splice(0, frames);
    this.marks.splice(0, frames);
    this.holds.splice(0, frames);
  }

  /** Takes over another cursor's identity and its `frames` lowest frames. */
  private adopt(other: Cursor, frames: number): void {
    this.high = other.high;
    this.low = other.low;
    this.word = other.word;
    this.operation = other.operation;
    this.root = other.root;
    this.spent.set(other.spent);
    this.since = Math.min(other.since, this.simulation.now);
    for (let frame = 0; frame < frames; frame += 1) {
      this.owners.push(other.owners[frame]);
      this.nexts.push(other.nexts[frame]);
      this.places.push(other.places[frame]);
      this.hosts.push(other.hosts[frame]);
      this.marks.push(other.marks[frame]);
      this.holds.push(other.holds[frame]);
    }
    const isWhole = frames === other.owners.length;
    this.place = isWhole ? other.place : other.places[frames];
    this.host = isWhole ? other.host : other.hosts[frames];
  }

  /** Ends this life; the cursor may be taken again. Call it last, from the root. */
  release(): void {
    this.token = (this.token + 1) | 0;
    this.leaveGate();
    this.pool.give(this);
  }

  private leaveGate(): void {
    if (this.gate === null) return;
    if (this.isGranted) this.gate.release(this.simulation.now);
    else this.gate.leave(this.simulation.now, this);
    this.taken();
  }

  /** @internal what the pool does before a new life */
  renew(): void {
    this.spent.fill(0);
    this.failing = null;
    this.host = null;
    this.scratch = 0;
    this.since = this.simulation.now;
    this.owners.length = 0;
    this.nexts.length = 0;
    this.places.length = 0;
    this.hosts.length = 0;
    this.marks.length = 0;
    this.holds.length = 0;
  }
}

/** Cursors of one run, taken and given back. */
export class CursorPool {
  private readonly idle: Cursor[] = [];
  private segments = 0;
  taken = 0;

  constructor(private readonly simulation: Simulation) {}

  /** Fixes how many segments time can be credited to: all steps are compiled. */
  seal(segments: number): void {
    this.segments = segments;
  }

  take(): Cursor {
    this.taken += 1;
    const cursor = this.idle.pop() ?? new Cursor(this.simulation, this, this.segments);
    cursor.renew();
    return cursor;
  }

  give(cursor: Cursor): void {
    this.taken -= 1;
    this.idle.push(cursor);
  }
}

/** Where a failing cursor goes on once the bad news has travelled. */
const failOn = {
  enter(cursor: Cursor): void {
    cursor.fail(cursor.failing as Failure);
  },
} as Step;
