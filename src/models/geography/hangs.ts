import { formatQuantity } from '../../units/index.ts';
import type { Stretch, Turn, Whose } from '../milestones.ts';
import type { Wiring } from '../wiring.ts';

/** Those who wait for one component's answer on ways that one fault has made silent. */
export class Hang {
  private givenUp = 0;
  private stretch: Stretch | undefined;
  /** Of the last who gave up: when, after how many nanoseconds, and whether TCP let it wait no longer. */
  private last = { at: 0, after: 0, isByTcp: false };

  constructor(
    private readonly wiring: Wiring,
    private readonly cause: Turn,
    readonly whose: Whose,
  ) {}

  /** One of them has waited until now: has been answered after all, or gives up. @param sentAt since when, nanoseconds */
  waited(sentAt: number): void {
    const { milestones, simulation } = this.wiring;
    this.stretch ??= milestones.begin('hang', this.whose, sentAt, this.cause);
    this.stretch.from = Math.min(this.stretch.from, sentAt);
    this.stretch.until = simulation.now;
  }

  /** One of them has given up. */
  gaveUp(sentAt: number, isByTcp: boolean): void {
    const { now } = this.wiring.simulation;
    this.waited(sentAt);
    this.givenUp += 1;
    this.last = { at: now, after: now - sentAt, isByTcp };
  }

  /** One of them waits still, and the run is over. */
  lasts(sentAt: number): void {
    this.waited(sentAt);
    if (this.stretch !== undefined) this.stretch.until = Number.POSITIVE_INFINITY;
  }

  /** The run is over: tells of the last who gave up. */
  tell(): void {
    const { givenUp, last, whose, wiring } = this;
    if (givenUp === 0) return;
    const who = givenUp === 1 ? 'the only caller' : `the last of ${formatQuantity(givenUp, 'count')} callers`;
    const after = formatQuantity(last.after / 1e9, 'duration');
    const why = last.isByTcp ? ', as long as TCP repeats: no timeout of its client is shorter' : '';
    const rest = `who hung in its silence gives up, after ${after}${why}`;
    const what = `${whose.part === undefined ? '' : `${whose.part}: `}${who} ${rest}`;
    const all = whose.part === undefined ? {} : { as: `shards: the last caller ${rest}` };
    wiring.timeline.note(last.at, whose.component, what, { sort: 'gave-up', ...all });
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
    for (const hangs of this.all.values()) for (const hang of hangs.values()) hang.tell();
  }
}
