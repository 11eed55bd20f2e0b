import type { EventTarget } from '../sim/event-queue.ts';
import { childIdentity } from '../sim/random/childIdentity.ts';
import type { Simulation } from '../sim/simulation.ts';
import type { Gate, GateCustomer } from '../sim/stations/gate.ts';
import type { LineCustomer } from '../sim/stations/line.ts';
import type { SharedCustomer } from '../sim/stations/shared.ts';
import type { HeldUp, HeldUpWay, Silence } from './contracts/network.ts';
import { finish } from './control/finish.ts';
import type { CursorPool } from './cursor-pool.ts';
import type { Frame } from './frame.ts';
import type { Whose } from './milestones.ts';
import type { Operation } from './operation.ts';
import type { Step } from './step.ts';
import { TimeSpent } from './time-spent.ts';
import type { CursorTrace } from './trace/cursor-trace.ts';

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
   * @returns nanoseconds that the answer takes to the caller's place, as `cursor.wayBack` says
   */
  leave(cursor: Cursor, callerPlace: number, failure: Failure | null): number;
  /** What it is part of: how long its callers hang where it is silent is told of that. */
  whose?(cursor: Cursor): Whose | undefined;
  /** What people call it, for whoever looks at one request; nothing for what is no place of its own. */
  titleFor?(cursor: Cursor): string;
}

/** What a cursor waits for that must hear of it when the cursor is stopped. */
export interface Attended {
  /** @param wait the number of the wait that was stopped: not for those who have been answered since */
  cancelled(wait: number): void;
  /** Why a cursor is not answered that still waits for it, where that has a name of its own; null where it has none. */
  reasonFor?(cursor: Cursor): Failure | null;
}

/** The machine-like thing on which a cursor's `work` runs. */
export interface Host {
  readonly alive: boolean;
  /** The cursor's innermost frame is on it from now on: it is severed when the host dies. */
  occupy?(cursor: Cursor): void;
  /** The innermost frame is about to be left. */
  vacate?(cursor: Cursor): void;
}

/**
 * An attempt under way: a cursor over the compiled steps of an operation, with a stack of what it stands inside of.
 *
 * Cursors are pooled; `token` grows for ever, so that an event of a former life finds a newer token and does nothing.
 * Time is credited to segments as it passes (`spendUntil`), so that the parts of a latency add up to it.
 */
export class Cursor implements EventTarget, GateCustomer, LineCustomer, SharedCustomer, HeldUp {
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
  readonly spent: TimeSpent;
  /** Free for the step that the cursor stands on: survives until it goes on. */
  scratch = 0;
  /** Instant until which that step waits for an answer: free for it, too. */
  answerBy = Number.POSITIVE_INFINITY;
  /** Instant as of which what it has last read, or found in a cache, is current; −1 before that. */
  readAt = -1;
  /** Instant at which its last write was committed; −1 before that. */
  committedAt = -1;
  failing: Failure | null = null;
  /** Instant until which somebody waits for its answer, as far as it was told: work that is later is not begun. */
  deadline = Number.POSITIVE_INFINITY;
  /** Whom it waits for, if they want to know when it is stopped; stale once it waits for something else. */
  attended: Attended | null = null;
  /** Records its way; null where nobody looks, which is nearly always. */
  trace: CursorTrace | null = null;

  private token = 0;
  private pending: Step | null = null;
  private waitSegment = 0;
  /** The Gate at which it waits, or whose unit it was given and has not yet taken over. */
  private gate: Gate | null = null;
  private isGranted = false;
  /** The wait in which it computes: nothing stops a computation half-way. */
  private computation = -1;
  /** What was entered last. */
  private top: Frame | null = null;
  /** Where a message of its is held up by a link that nothing passes. */
  private held: (typeof heldUp)[keyof typeof heldUp] = heldUp.nowhere;
  private heldSegment = 0;
  /** What it hears nothing from, while all links are whole; null: what holds it up is a link. */
  private silence: Silence | null = null;
  /** The draw of the way back that was last asked for. */
  private wayUniform = 0;
  private wayPatience: number | undefined;
  /** Whose answer it is that hangs on its way back. */
  private answering: Whose | undefined;

  constructor(
    readonly simulation: Simulation,
    private readonly pool: CursorPool,
    segments: number,
  ) {
    this.spent = new TimeSpent(segments);
  }

  get now(): number {
    return this.simulation.now;
  }

  /** Whether it stands inside of nothing. */
  get isOutside(): boolean {
    return this.top === null;
  }

  /** Who owns what was entered last. */
  get innermost(): FrameOwner | undefined {
    return this.top?.owner;
  }

  /** What was entered last. */
  get frame(): Frame {
    return this.top as Frame;
  }

  /** Where it went first: the place of the outermost thing that it stands inside of. */
  get firstPlace(): number {
    let { place } = this;
    for (let frame = this.top; frame?.below; frame = frame.below) ({ place } = frame);
    return place;
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
   * Travels to where it stands now, having entered it, from another place; goes on at `step`. Where nothing passes, it
   * is held up: it hangs, holding what it holds, until the link is whole again or TCP gives up, and then fails back at
   * `from` (`unreachable`) without having been here.
   * @param uniform a draw of this way's own
   * @param isOpening whether a connection is opened for it (see `HeldUpWay`)
   * @param patience nanoseconds for which it is held up, where it does not hang for as long as TCP repeats
   */
  arriveFrom(from: number, uniform: number, step: Step, isOpening = true, patience?: number): void {
    this.travel(from, this.place, uniform, step, heldUp.goingIn, isOpening, patience);
  }

  /** Travels to another place and goes on there at `step`, having entered nothing: as `arriveFrom` otherwise. */
  reach(to: number, uniform: number, step: Step, isOpening = false): void {
    this.travel(this.place, to, uniform, step, heldUp.beside, isOpening);
  }

  private travel(
    from: number,
    to: number,
    uniform: number,
    step: Step,
    held: Cursor['held'],
    isOpening: boolean,
    patience?: number,
  ): void {
    const { network } = this.pool;
    const delay = network.delay(from, to, uniform);
    if (delay === 0) {
      step.enter(this);
    } else if (delay === Number.POSITIVE_INFINITY) {
      this.held = held;
      this.hold(from, to, uniform, step, isOpening, patience);
    } else {
      const arrival = this.simulation.now + delay;
      this.spendUntil(network.segment(from, to), arrival);
      this.resumeAt(arrival, step);
    }
  }

  /** As `arriveFrom`, where what it has entered is dead without a word. */
  arriveInSilence(from: number, silence: Silence, uniform: number, step: Step): void {
    this.held = heldUp.goingIn;
    this.silence = silence;
    this.hold(from, this.place, uniform, step, true);
  }

  /** Whether it has arrived at what it entered last, for whose owner `leave` is; if not, there is no way back. */
  get hasArrived(): boolean {
    return this.held !== heldUp.goingIn;
  }

  /**
   * For an owner's `leave`: nanoseconds that the answer takes from here to the caller, credited; 0 where it never came here,
   * Infinity where nothing passes.
   * @param uniform a draw of this way's own
   * @param patience nanoseconds for which the caller waits where nothing passes; as long as TCP does, if not said
   */
  wayBack(callerPlace: number, uniform: number, patience?: number): number {
    if (this.held === heldUp.goingIn) return 0;
    const { network } = this.pool;
    const delay = network.delay(this.place, callerPlace, uniform);
    if (delay === Number.POSITIVE_INFINITY) return this.shutBehind(uniform, patience);
    if (delay > 0) this.spendUntil(network.segment(this.place, callerPlace), this.simulation.now + delay);
    return delay;
  }

  /** As `wayBack`, from what is dead without a word: its caller hears nothing before something answers there again. */
  noWayBack(silence: Silence, uniform: number): number {
    if (this.held === heldUp.goingIn) return 0;
    this.silence = silence;
    return this.shutBehind(uniform, undefined);
  }

  /** The way back from the frame that is being left is shut. */
  private shutBehind(uniform: number, patience: number | undefined): number {
    this.wayUniform = uniform;
    this.wayPatience = patience;
    this.answering = this.frame.owner.whose?.(this);
    return Number.POSITIVE_INFINITY;
  }

  /**
   * Hangs, having entered nothing, on a way that nothing passes: for whoever has asked for the delay himself.
   * @returns a number by which `awaits` knows this wait
   */
  hang(from: number, to: number, uniform: number, step: Step, isOpening: boolean): number {
    this.held = heldUp.beside;
    return this.hold(from, to, uniform, step, isOpening);
  }

  /** As `hang`, at something that is dead without a word. */
  hangInSilence(silence: Silence, from: number, to: number, uniform: number, step: Step): void {
    this.silence = silence;
    this.hang(from, to, uniform, step, false);
  }

  /**
   * As `hang`, for whoever waits no longer than until an instant.
   * @param silence what is dead there without a word; null: the link is cut
   * @param inVain where it goes on at that instant, or when TCP gives up before
   * @param segment to which the time is credited that was waited in vain
   */
  hangUntil(
    instant: number,
    way: HeldUpWay,
    silence: Silence | null,
    step: Step,
    inVain: Step,
    segment: number,
  ): void {
    const { network } = this.pool;
    this.held = heldUp.beside;
    this.heldSegment = network.segment(way.from, way.to);
    const wait = this.awaitAt(step);
    const patience = new Patience(this, wait, instant, inVain, segment);
    (silence ?? network).hold(patience, wait, way);
    if (instant < Number.POSITIVE_INFINITY)
      this.simulation.schedule(instant, this.high, this.low, this.word, patience, wait);
  }

  /** @internal it has waited long enough for what holds it up */
  stopWaiting(inVain: Step, segment: number): void {
    this.held = heldUp.nowhere;
    this.token = (this.token + 1) | 0;
    this.spendUntil(segment, this.simulation.now);
    inVain.enter(this);
  }

  private hold(
    from: number,
    to: number,
    uniform: number,
    step: Step,
    isOpening: boolean,
    patience?: number,
  ): number {
    const { network } = this.pool;
    this.heldSegment = network.segment(from, to);
    const wait = this.awaitAt(step);
    const holder = this.silence ?? network;
    this.silence = null;
    const whose = this.held === heldUp.goingIn ? this.frame.owner.whose?.(this) : this.answering;
    this.answering = undefined;
    holder.hold(this, wait, { from, to, uniform, isOpening, patience, whose });
    return wait;
  }

  /** Whether it hangs between its root and what the root called: when the root gives up, nobody else need know. */
  get isWithCaller(): boolean {
    if (this.held === heldUp.nowhere) return false;
    return this.top === null || (this.held === heldUp.goingIn && this.top.below === null);
  }

  comesThrough(instant: number): void {
    this.held = heldUp.nowhere;
    this.spendUntil(this.heldSegment, instant);
    this.resumeAt(instant, this.pending as Step);
  }

  givenUp(): void {
    this.spendUntil(this.heldSegment, this.simulation.now);
    this.fail('unreachable');
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

  /**
   * Waits for `finished` or a child; `step` is where it goes on.
   * @returns a number by which `awaits` knows this wait
   */
  awaitAt(step: Step): number {
    this.pending = step;
    this.token = (this.token + 1) | 0;
    return this.token;
  }

  /** Whether it still waits as it did when `awaitAt` gave this number: not failed, released or taken anew meanwhile. */
  awaits(wait: number): boolean {
    return wait === this.token;
  }

  /** What it waits for now is a computation of its own thread. */
  computes(): void {
    this.computation = this.token;
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
    this.trace?.replanned(this.waitSegment, departure - this.since);
    this.spent.add(this.waitSegment, departure - this.since);
    this.since = departure;
    const isComputing = this.computation === this.token;
    this.departAt(departure, this.pending as Step, this.waitSegment);
    if (isComputing) this.computes();
  }

  /** Credits the time since the last credit, up to `instant`, to a segment. */
  spendUntil(segment: number, instant: number): void {
    if (this.trace !== null) this.trace.spent(segment, this.since, instant, this.simulation.now);
    this.spent.add(segment, instant - this.since);
    this.since = instant;
  }

  /** Nanoseconds that have been credited. */
  get lifeTime(): number {
    return this.spent.total;
  }

  /** It has waited for another cursor, up to now: the time of that one, the last to be done, is its own. */
  absorb(other: Cursor): void {
    const { now } = this.simulation;
    this.spent.addAll(other.spent);
    if (this.trace !== null) this.trace.absorbed(other.trace, other.spent, this.since, now);
    this.since = now;
  }

  /** Enters something that holds on to the cursor until it leaves; `next` follows once the answer is back here. */
  push(owner: FrameOwner, next: Step, place: number, host: Host | null): void {
    const frame = this.pool.frame();
    frame.cursor = this;
    frame.owner = owner;
    frame.below = this.top;
    frame.next = next;
    frame.place = this.place;
    frame.host = this.host;
    frame.high = this.high;
    frame.low = this.low;
    frame.word = this.word;
    frame.mark = 0;
    frame.holding = false;
    this.top = frame;
    this.place = place;
    this.host = host;
    if (this.trace !== null) this.trace.entered(owner.titleFor?.(this), place, this.simulation.now);
  }

  /**
   * Draws under an identity of its own until the frame just entered is left: what is run there may be run again from
   * elsewhere (an operation that is called twice, a list that is repeated), and must not draw the same again.
   * @param site number of the place in the design (`Wiring.site`)
   */
  rename(site: number): void {
    childIdentity(this.high, this.low, site, this.word, words);
    this.high = words.high;
    this.low = words.low;
    this.word = 0;
  }

  /** A number that the innermost frame's owner keeps with the frame (an instant of arrival). */
  get mark(): number {
    return this.frame.mark;
  }

  set mark(value: number) {
    this.frame.mark = value;
  }

  /** Whether the innermost frame holds a unit (a thread) that its owner must give back. */
  get holding(): boolean {
    return this.frame.holding;
  }

  set holding(value: boolean) {
    this.frame.holding = value;
  }

  /** Leaves what was entered last, with an answer, and goes on after it. */
  pop(): void {
    const { frame, place } = this;
    const { next } = frame;
    const delay = frame.owner.leave(this, frame.place, null);
    this.stepOut(frame);
    if (delay > 0) this.comeBack(place, delay, next);
    else next.enter(this);
  }

  /** The answer is on its way from `place`, back to where the cursor is again. */
  private comeBack(place: number, delay: number, next: Step): void {
    if (delay !== Number.POSITIVE_INFINITY) {
      this.resumeAt(this.simulation.now + delay, next);
      return;
    }
    this.held = heldUp.comingBack;
    this.hold(place, this.place, this.wayUniform, next, false, this.wayPatience);
  }

  /** Gives up: leaves everything that was entered, innermost first, each time after the answer's way back. */
  fail(reason: Failure): void {
    this.failing = reason;
    if (this.trace !== null) this.trace.failed(reason, this.simulation.now);
    this.token = (this.token + 1) | 0;
    this.leaveGate();
    if (this.held !== heldUp.goingIn) this.held = heldUp.nowhere;
    for (let frame = this.top; frame !== null; frame = this.top) {
      const { place } = this;
      const delay = frame.owner.leave(this, frame.place, reason);
      this.held = heldUp.nowhere;
      this.stepOut(frame);
      if (delay > 0) {
        this.comeBack(place, delay, failOn);
        return;
      }
    }
    this.root.failed(this, reason);
  }

  private stepOut(frame: Frame): void {
    this.top = frame.below;
    if (this.trace !== null) this.trace.left(this.simulation.now);
    this.goBackTo(frame);
    this.pool.keep(frame);
  }

  private goBackTo(before: Pick<Frame, 'place' | 'host' | 'high' | 'low' | 'word'>): void {
    this.place = before.place;
    this.host = before.host;
    this.high = before.high;
    this.low = before.low;
    this.word = before.word;
  }

  /**
   * The host under the cursor has died. Whoever waits below hears of the failure now, from another cursor that takes over
   * what the dead host held; what had been called from there works on in this one, with nobody to answer to.
   */
  sever(host: Host, reason: Failure, orphans: Root): void {
    const { last, above } = this.lastFrameOn(host);
    if (last === null) return;
    if (above !== null) {
      this.partFrom(above, reason, orphans);
      // What had been called from the dead host may have come back to it.
      this.sever(host, reason, orphans);
      return;
    }
    const carrier = this.carrierFrom(last, null);
    this.top = null;
    this.release();
    carrier.fail(reason);
  }

  /**
   * Nobody wants its answer any more, and word of that has come to where it was sent: that stops, once it does not compute,
   * and gives back what it holds. What it has called in turn works on, except for those who attend to it.
   */
  cancel(orphans: Root): void {
    let outer: Frame | null = null;
    let bottom = this.top;
    // Its answer is on the way, or it has not begun.
    if (bottom === null || this.failing !== null) return;
    for (; bottom.below !== null; bottom = bottom.below) outer = bottom;
    const { above } = this.lastFrameOn(outer === null ? this.host : outer.host);
    if (above !== null) {
      this.partFrom(above, cancelled, orphans);
    } else if (this.computation === this.token) {
      this.pending = stopped;
    } else {
      const { attended, token } = this;
      this.fail(cancelled);
      attended?.cancelled(token);
    }
  }

  /** What was called from below goes on with nobody to answer to; what stands below fails. */
  private partFrom(above: Frame, reason: Failure, orphans: Root): void {
    const carrier = this.carrierFrom(above.below as Frame, above);
    above.below = null;
    above.next = finish;
    this.root = orphans;
    carrier.fail(reason);
  }

  /** Another cursor, that has this one's frames from `last` down and its root; `above` is what stood on them. */
  private carrierFrom(last: Frame, above: Frame | null): Cursor {
    const carrier = this.pool.take();
    carrier.takeOver(this, last, above);
    this.root.replaced?.(this, carrier);
    return carrier;
  }

  /** The innermost of the frames on a host, counted from the first time that the cursor came there; what is above it. */
  private lastFrameOn(host: Host | null): { last: Frame | null; above: Frame | null } {
    let last: Frame | null = null;
    let above: Frame | null = null;
    let outer: Frame | null = null;
    let isOn = false;
    for (let frame = this.top; frame !== null; frame = frame.below) {
      const inside = outer === null ? this.host : outer.host;
      if (inside === host && !isOn) {
        last = frame;
        above = outer;
      }
      isOn = inside === host;
      outer = frame;
    }
    return { last, above };
  }

  /** Takes over another cursor's identity and its frames from `last` down; `above` is what stood on them. */
  private takeOver(other: Cursor, last: Frame, above: Frame | null): void {
    this.operation = other.operation;
    this.root = other.root;
    this.spent.clear();
    this.spent.addAll(other.spent);
    this.since = other.since;
    this.readAt = other.readAt;
    this.committedAt = other.committedAt;
    this.goBackTo(above ?? other);
    this.top = last;
    let kept = 0;
    for (let frame: Frame | null = last; frame !== null; frame = frame.below) {
      frame.cursor = this;
      kept += 1;
    }
    this.trace = other.trace;
    other.trace = this.trace?.parted(kept, other.place, this.simulation.now) ?? null;
  }

  /** Ends this life; the cursor may be taken again. Call it last, from the root. */
  release(): void {
    this.token = (this.token + 1) | 0;
    this.leaveGate();
    if (this.trace !== null) this.trace.ended(this.simulation.now);
    this.trace = null;
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
    this.spent.clear();
    this.failing = null;
    this.host = null;
    this.scratch = 0;
    this.readAt = -1;
    this.committedAt = -1;
    this.since = this.simulation.now;
    this.deadline = Number.POSITIVE_INFINITY;
    this.top = null;
    this.held = heldUp.nowhere;
    this.silence = null;
  }
}

/** A cursor that is held up and waits no longer than until an instant. */
class Patience implements HeldUp, EventTarget {
  constructor(
    private readonly cursor: Cursor,
    private readonly wait: number,
    private readonly until: number,
    private readonly inVain: Step,
    private readonly segment: number,
  ) {}

  awaits(): boolean {
    return this.cursor.awaits(this.wait);
  }

  comesThrough(instant: number): void {
    if (instant <= this.until) this.cursor.comesThrough(instant);
  }

  givenUp(): void {
    this.fire();
  }

  fire(): void {
    const { cursor, inVain, segment } = this;
    if (this.awaits()) cursor.stopWaiting(inVain, segment);
  }
}

const words = { high: 0, low: 0 };

/** Ways on which a message can be held up: into the innermost frame, beside all frames, back from one that was left. */
const heldUp = { nowhere: 0, goingIn: 1, beside: 2, comingBack: 3 } as const;

/** What happens to an attempt that its caller has given up. */
const cancelled: Failure = 'cancelled';

/** Where a cursor goes on that was stopped while it computed. */
const stopped = {
  enter(cursor: Cursor): void {
    cursor.fail(cancelled);
  },
} as Step;

/** Where a failing cursor goes on once the bad news has travelled. */
const failOn = {
  enter(cursor: Cursor): void {
    cursor.fail(cursor.failing as Failure);
  },
} as Step;
