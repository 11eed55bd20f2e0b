/**
 * Stretches of the way back from a fault, in the order in which they usually begin; they overlap.
 *
 * detect: until it is known that something is lost. decide: until it is decided what to do about it. dns: until no resolver
 * gives an old answer within its TTL. routes: the same where addresses are anycast. promote: until there is a new primary.
 * hang: until nobody waits any more for an answer from what is silent. catchUp: until copies have what they lack. ramp: until a region is given all of its traffic again. failBack: until its
 * callers have come back to it. warmUp: until caches answer as often as before. drain: until what has piled up is gone.
 */
export const phases = [
  'detect',
  'decide',
  'dns',
  'routes',
  'promote',
  'hang',
  'catchUp',
  'ramp',
  'failBack',
  'warmUp',
  'drain',
] as const;
export type Phase = (typeof phases)[number];

/** The beginning or the end of a fault: what follows is put down to it. Instants in nanoseconds. */
export interface Turn {
  readonly fault: string;
  readonly side: 'onset' | 'end';
  readonly at: number;
}

/** Whose part in a phase it is: of a store one shard's, of a cache one region's. */
export interface Whose {
  /** Id of the component: `databases.trades`. */
  readonly component: string;
  /** Which of its parts: `shard 3`. */
  readonly part?: string;
}

/** One component's part in a phase, or that of one of its parts. */
export class Stretch {
  /** Infinity while it goes on. */
  until = Number.POSITIVE_INFINITY;

  constructor(
    readonly phase: Phase,
    readonly turn: Turn,
    readonly whose: Whose,
    public from: number,
  ) {}

  get isOpen(): boolean {
    return this.until === Number.POSITIVE_INFINITY;
  }

  /** It is over at this instant; what has ended stays so. */
  end(now: number): void {
    this.until = Math.min(this.until, now);
  }
}

/** What all components of a run did to come back from faults, as they tell it while it happens. */
export class Milestones {
  private last: Turn | undefined;
  private readonly stretches: Stretch[] = [];

  /** A fault begins or ends now. */
  turned(turn: Turn): void {
    this.last = turn;
  }

  /** What happens now is put down to this; whoever goes on later asks for it now. */
  get cause(): Turn | undefined {
    return this.last;
  }

  /**
   * A part of a phase begins. What no fault came before is nobody's, and not kept.
   * @param from where it began before now
   */
  begin(phase: Phase, whose: Whose, from: number, cause = this.last): Stretch {
    const turn = cause ?? { fault: '', side: 'onset', at: from };
    const stretch = new Stretch(phase, turn, whose, from);
    if (cause !== undefined) this.stretches.push(stretch);
    return stretch;
  }

  /** Something that began with its cause is over. */
  since(phase: Phase, whose: Whose, cause: Turn | undefined, now: number): void {
    if (cause !== undefined) this.begin(phase, whose, cause.at, cause).end(now);
  }

  /** What is put down to a fault, in the order of its beginning. */
  of(fault: string): readonly Stretch[] {
    return this.stretches.filter(({ turn }) => turn.fault === fault);
  }
}
