import type { Turn, Whose } from '../milestones.ts';

/** A message that is held up on a link which nothing passes, as its sender's TCP repeats it. */
export interface HeldUp {
  /** Whether it still matters: `wait` is the number under which it was held. */
  awaits(wait: number): boolean;
  /** A repetition got through, and will be there at this instant. */
  comesThrough(instant: number): void;
  /** Its sender has given up. */
  givenUp(): void;
}

/**
 * The ways between places. A place is a number: regions first, in the scenario's order, then origins. A request's
 * delay is asked for with a uniform draw of its own, so that it does not depend on who else sends.
 */
export interface Network {
  readonly placeNames: readonly string[];
  readonly regionCount: number;
  /** Whether some link is not as it should be: then delays need a draw even where there is no distance. */
  readonly isDisturbed: boolean;
  /** The place of a region or origin by name. */
  placeOf(name: string): number;
  /**
   * One-way delay in nanoseconds of a message that is sent now, jitter, repetitions of what was lost and a clogged link's
   * queue included: a function of the uniform draw. Infinity where nothing passes: then it is held up (`hold`) until the
   * link is whole again, or its sender gives up. Whoever lets a cursor travel leaves that to the cursor.
   */
  delay(from: number, to: number, uniform: number): number;
  /** One-way delay in nanoseconds without jitter, whatever has befallen the link. */
  nominalDelay(from: number, to: number): number;
  /** Whether messages that are sent now arrive at all. */
  passes(from: number, to: number): boolean;
  /** The fault that cut the way; undefined where it passes. */
  cutBy(from: number, to: number): Turn | undefined;
  /** Something at a place is dead without a word while the links there are whole: a machine, or a zone's. */
  silence(place: number): Silence;
  /** Holds up a message whose delay was Infinity, sent now. */
  hold(message: HeldUp, wait: number, way: HeldUpWay): void;
  /**
   * Meters bytes that cross a link, for bandwidth and cost. Said before the message's delay is asked for, since on a
   * clogged link a message waits for its own bytes too.
   */
  carry(from: number, to: number, bytes: number): void;
  /** The segment to which time between two places is credited. */
  segment(from: number, to: number): number;
}

/** What nothing reaches and nothing leaves, though all links are whole: messages to it and from it are held up. */
export interface Silence {
  hold(message: HeldUp, wait: number, way: HeldUpWay): void;
  /** Something answers there again: whoever still waits learns it when his message is next repeated. */
  end(): void;
}

export interface HeldUpWay {
  readonly from: number;
  readonly to: number;
  /** The message's own draw. */
  readonly uniform: number;
  /** Whether it is a connection that is being opened: given up after 127 s instead of about 925 s. */
  readonly isOpening: boolean;
  /** Nanoseconds after which its sender gives up, where that is sooner. */
  readonly patience?: number;
  /** What it was sent to, or asked of: how long its callers hung is told of that. Absent: of nothing. */
  readonly whose?: Whose;
}

export const networkSection = 'network';
