import { formatQuantity } from '../../units/index.ts';
import type { Stretch, Turn, Whose } from '../milestones.ts';
import type { Wiring } from '../wiring.ts';

/** How some of those who hang hung no more: how many, and the last of them. */
interface Ends {
  count: number;
  /** Instant, and nanoseconds that it had waited. */
  at: number;
  after: number;
}

/** A message that waits, as far as it matters here. */
export interface Waiting {
  /** Since when, nanoseconds. */
  readonly sentAt: number;
  /** Whether anybody still waits for it. */
  readonly matters: boolean;
}

/** Those who wait for one component's answer on ways that one fault has made silent. */
export class Hang {
  private readonly waiting = new Set<Waiting>();
  private stretch: Stretch | undefined;
  private readonly givenUp: Ends = { count: 0, at: 0, after: 0 };
  private readonly answered: Ends = { count: 0, at: 0, after: 0 };
  /** Whether the last who gave up did so because TCP let it wait no longer. */
  private isByTcp = false;

  constructor(
    private readonly wiring: Wiring,
    private readonly cause: Turn,
    readonly whose: Whose,
  ) {}

  begins(message: Waiting): void {
    this.waiting.add(message);
  }

  /** One of them mattered to nobody any more. */
  forget(message: Waiting): void {
    this.waiting.delete(message);
  }

  /** One of them gets through after all. */
  getsThrough(message: Waiting): void {
    this.ended(this.answered, message);
  }

  /** The sender of one of them gives up. */
  gaveUp(message: Waiting, isByTcp: boolean): void {
    this.ended(this.givenUp, message);
    this.isByTcp = isByTcp;
  }

  private ended(ends: Ends, message: Waiting): void {
    const { now } = this.wiring.simulation;
    this.waiting.delete(message);
    this.waited(message.sentAt, now);
    ends.at = now;
    ends.after = now - message.sentAt;
    ends.count += 1;
  }

  private waited(from: number, until: number): void {
    this.stretch ??= this.wiring.milestones.begin('hang', this.whose, from, this.cause);
    this.stretch.from = Math.min(this.stretch.from, from);
    this.stretch.until = until;
  }

  /** The run is over: who waits still, and the last of those who hung. */
  end(): void {
    for (const { matters, sentAt } of this.waiting)
      if (matters) this.waited(sentAt, Number.POSITIVE_INFINITY);
    const why = this.isByTcp ? ', as long as TCP repeats: no timeout of its client is shorter' : '';
    this.note(this.givenUp, 'gives up', why);
    this.note(this.answered, 'gets through after all', '');
  }

  private note({ after, at, count }: Ends, what: string, why: string): void {
    if (count === 0) return;
    const { whose, wiring } = this;
    const who = count === 1 ? 'the only caller' : `the last of ${formatQuantity(count, 'count')} callers`;
    const rest = `who hung in its silence ${what}, after ${formatQuantity(after / 1e9, 'duration')}${why}`;
    const text = `${whose.part === undefined ? '' : `${whose.part}: `}${who} ${rest}`;
    const all = whose.part === undefined ? {} : { as: `shards: the last caller ${rest}` };
    wiring.timeline.note(at, whose.component, text, { sort: 'gave-up', ...all });
  }
}

/** Who hangs where, on all links and at all that is dead without a word, put down to the fault that made it silent. */
export class Hangs {
  private readonly all = new Map<Turn, Map<string, Hang>>();

  constructor(private readonly wiring: Wiring) {}

  /** Those who hang at a component because of a fault. */
  of(whose: Whose, cause: Turn): Hang {
    const hangs = this.all.get(cause) ?? new Map<string, Hang>();
    this.all.set(cause, hangs);
    const name = whose.part === undefined ? whose.component : `${whose.component} ${whose.part}`;
    const hang = hangs.get(name) ?? new Hang(this.wiring, cause, whose);
    hangs.set(name, hang);
    return hang;
  }

  end(): void {
    for (const hangs of this.all.values()) for (const hang of hangs.values()) hang.end();
  }
}
