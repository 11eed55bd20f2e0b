import { toTicks } from '../../sim/clock.ts';
import type { EventTarget } from '../../sim/event-queue.ts';
import type { Agenda, Simulation } from '../../sim/simulation.ts';
import {
  delayOfLosses,
  givenUpAfter,
  lossesInARow,
  open,
  opening,
  type Persistence,
  repetitionFrom,
  uniformLeft,
} from '../algorithms/transport/retransmission.ts';
import type { HeldUp, HeldUpWay } from '../contracts/network.ts';
import type { Turn } from '../milestones.ts';
import type { Hang, Hangs, Waiting } from './hangs.ts';

/** What a fault does to a link in one direction. */
export interface Trouble {
  /** Nothing passes. */
  readonly isCut?: boolean;
  /** By what the delay is multiplied. */
  readonly factor?: number;
  /** Nanoseconds that are added to it. */
  readonly added?: number;
  /** Share of the packets that are lost. */
  readonly loss?: number;
  /** Bytes a second that pass; the others wait in line. */
  readonly bandwidth?: number;
}

/** The way from one place to another in trouble: made when the first fault befalls it. */
export class Link {
  isCut = false;
  private factor = 1;
  private added = 0;
  private loss = 0;
  private bandwidth = Number.POSITIVE_INFINITY;
  /** When all that was sent over a clogged link has passed its narrows. */
  private clearAt = 0;
  /** Each with the fault that brings it. */
  private readonly troubles = new Map<Trouble, Turn | undefined>();
  private held: HeldMessage[] = [];
  /** At how many messages those are forgotten whose senders wait no more. */
  private forgetAt = 1024;
  private readonly onOpen: Persistence;
  private readonly onOpening = opening(toTicks(1));

  /**
   * @param base nanoseconds one way, without jitter
   * @param roundTrip nanoseconds, without jitter
   */
  constructor(
    private readonly simulation: Simulation,
    private readonly agenda: Agenda,
    private readonly base: number,
    private readonly roundTrip: number,
    private readonly jitter: number,
    private readonly hangs: Hangs,
  ) {
    this.onOpen = open(roundTrip, toTicks(1));
  }

  get now(): number {
    return this.simulation.now;
  }

  get isTroubled(): boolean {
    return this.troubles.size > 0;
  }

  /** What cut it; of several faults the first. Undefined where it is not cut. */
  get cutBy(): Turn | undefined {
    return [...this.troubles].find(([{ isCut }]) => isCut === true)?.[1];
  }

  begin(trouble: Trouble, cause?: Turn): void {
    this.troubles.set(trouble, cause);
    this.sumUp();
  }

  end(trouble: Trouble): void {
    const wasCut = this.isCut;
    this.troubles.delete(trouble);
    this.sumUp();
    if (wasCut && !this.isCut) this.letThrough();
  }

  private sumUp(): void {
    const all = [...this.troubles.keys()];
    this.isCut = all.some(({ isCut }) => isCut === true);
    this.factor = all.reduce((product, { factor = 1 }) => product * factor, 1);
    this.added = all.reduce((sum, { added = 0 }) => sum + added, 0);
    this.loss = 1 - all.reduce((passing, { loss = 0 }) => passing * (1 - loss), 1);
    this.bandwidth = Math.min(...all.map(({ bandwidth = Number.POSITIVE_INFINITY }) => bandwidth));
    if (this.bandwidth === Number.POSITIVE_INFINITY) this.clearAt = 0;
  }

  /** Nanoseconds of a message that is sent now; Infinity where nothing passes. */
  delay(uniform: number): number {
    if (this.isCut) return Number.POSITIVE_INFINITY;
    const losses = lossesInARow(this.loss, uniform);
    const left = uniformLeft(this.loss, uniform, losses);
    const way = this.base * (this.jitter === 0 ? 1 : 1 - this.jitter * Math.log(left));
    const queue = Math.max(0, this.clearAt - this.now);
    return Math.round(way * this.factor + this.added + queue + delayOfLosses(this.onOpen, losses));
  }

  /** A message enters the narrows: it and those after it wait until it is through. */
  carry(bytes: number): void {
    if (this.bandwidth === Number.POSITIVE_INFINITY) return;
    this.clearAt = Math.max(this.clearAt, this.now) + (bytes / this.bandwidth) * 1e9;
  }

  hold(message: HeldUp, wait: number, way: HeldUpWay): void {
    if (this.held.length >= this.forgetAt) this.forget();
    const held = new HeldMessage(this, message, wait, way, this.now, this.hangAt(way));
    this.held.push(held);
    this.agenda.at(held.endsAt, held, HeldMessage.end);
  }

  private hangAt({ whose }: HeldUpWay): Hang | undefined {
    const cause = whose === undefined ? undefined : this.cutBy;
    return whose === undefined || cause === undefined ? undefined : this.hangs.of(whose, cause);
  }

  /** Callers who went away meanwhile. */
  private forget(): void {
    this.held = this.held.filter((each) => each.matters);
    this.forgetAt = Math.max(1024, 2 * this.held.length);
  }

  /** The link is whole: each sender learns it at its next repetition. */
  private letThrough(): void {
    this.forget();
    for (const message of this.held) {
      const at = message.repetitionFrom(this.now);
      if (at < message.endsAt) this.agenda.at(at, message, HeldMessage.repetition);
    }
  }

  /** How a sender persists. */
  persistence(isOpening: boolean): Persistence {
    return isOpening ? this.onOpening : this.onOpen;
  }

  /** A repetition got through. */
  letOn(message: HeldUp, _wait: number, { uniform, isOpening }: HeldUpWay): void {
    // What opens a connection has still to be answered before the message itself can leave.
    message.comesThrough(this.now + this.delay(uniform) + (isOpening ? this.roundTrip : 0));
  }
}

/** A message that its sender repeats. */
class HeldMessage implements EventTarget, Waiting {
  static readonly repetition = 0;
  static readonly end = 1;
  readonly endsAt: number;
  private readonly isByTcp: boolean;
  private isThrough = false;

  constructor(
    private readonly link: Link,
    private readonly message: HeldUp,
    private readonly wait: number,
    private readonly way: HeldUpWay,
    readonly sentAt: number,
    private readonly hang: Hang | undefined,
  ) {
    const { isOpening, patience = Number.POSITIVE_INFINITY } = way;
    const byTcp = Math.round(givenUpAfter(link.persistence(isOpening)));
    this.endsAt = sentAt + Math.min(patience, byTcp);
    this.isByTcp = byTcp <= patience;
    hang?.begins(this);
  }

  get matters(): boolean {
    return !this.isThrough && this.message.awaits(this.wait);
  }

  /** Instant of the first repetition from `now` on. */
  repetitionFrom(now: number): number {
    const { link, way, sentAt } = this;
    return sentAt + Math.round(repetitionFrom(link.persistence(way.isOpening), now - sentAt));
  }

  fire(what: number): void {
    const { hang, link, message, way } = this;
    if (!this.matters) {
      hang?.forget(this);
      return;
    }
    if (what === HeldMessage.end) {
      this.isThrough = true;
      hang?.gaveUp(this, this.isByTcp);
      message.givenUp();
      return;
    }
    if (link.isCut) return;
    this.isThrough = true;
    hang?.getsThrough(this);
    link.letOn(message, this.wait, way);
  }
}
