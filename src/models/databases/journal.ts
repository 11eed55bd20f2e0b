import type { EventTarget } from '../../sim/event-queue.ts';
import type { Attended, Cursor, Failure } from '../cursor.ts';
import type { Step } from '../step.ts';
import type { ReplicaWait } from './shard.ts';

/** How a write that waits for replicas goes on. */
export interface Waiting {
  /** Where it goes on once as many have answered. */
  readonly answered: Step;
  /** Where it goes on when its deadline has passed. */
  readonly late: Step;
  /** Whether it is acknowledged even so. */
  readonly isAcknowledgedLate: boolean;
}

/** A statement that the primary has committed and that some replica has not received yet, or that still waits for answers. */
export class Entry implements EventTarget, Attended {
  /** Its place in the order of commit. */
  number = 0;
  /** Rows of it in the commit log: those after `before`, up to `last`. */
  before = 0;
  last = 0;
  committedAt = 0;
  /** When its client was told; Infinity as long as it was not. */
  acknowledgedAt = Number.POSITIVE_INFINITY;
  bytes = 0;
  applyTicks = 0;
  /** By replica: when it has (or will have) received it; Infinity as long as that cannot be told. */
  readonly received: number[];
  /** By replica: when its answer is back at the primary; Infinity as long as that cannot be told. */
  readonly answers: number[];
  /** What its writer waits for; null where it waits for nobody. */
  asks: ReplicaWait | null = null;
  cursor: Cursor | null = null;
  wait = 0;
  deadline = Number.POSITIVE_INFINITY;
  waiting: Waiting | null = null;
  /** Number of the last plan of its going on. */
  plan = 0;
  isLate = false;

  constructor(
    replicas: number,
    private readonly goesOn: (entry: Entry) => void,
    private readonly isWithoutQuorum: () => boolean,
  ) {
    // There may be a million of them after an outage: typed arrays would take four times the room.
    this.received = new Array<number>(replicas).fill(Number.POSITIVE_INFINITY);
    this.answers = new Array<number>(replicas).fill(Number.POSITIVE_INFINITY);
  }

  get rowCount(): number {
    return this.last - this.before;
  }

  fire(plan: number): void {
    if (plan === this.plan) this.goesOn(this);
  }

  /** Whoever stops its writer stops the waiting, too: nothing else is to be done. */
  cancelled(): void {}

  reasonFor(cursor: Cursor): Failure | null {
    return cursor === this.cursor && this.isAwaited && this.isWithoutQuorum() ? 'no-quorum' : null;
  }

  /** Whether its writer still waits for replicas. */
  get isAwaited(): boolean {
    return this.cursor?.awaits(this.wait) === true;
  }
}

/**
 * The statements of a shard that are not safely everywhere, in the order of commit: what has to be sent again to a replica
 * whose stream broke, and what is lost with a primary. Statements that everybody has received are forgotten.
 */
export class Journal {
  private entries: Entry[] = [];
  private head = 0;
  private readonly spare: Entry[] = [];
  /** Number of the next statement. */
  next = 0;

  constructor(
    private readonly replicas: number,
    private readonly goesOn: (entry: Entry) => void,
    private readonly isWithoutQuorum: () => boolean,
  ) {}

  /** Number of the oldest statement that is kept; `next` where none is. */
  get oldest(): number {
    return this.next - (this.entries.length - this.head);
  }

  entry(number: number): Entry {
    return this.entries[this.head + number - this.oldest];
  }

  add(now: number): Entry {
    this.forget(now);
    const entry = this.spare.pop() ?? new Entry(this.replicas, this.goesOn, this.isWithoutQuorum);
    entry.number = this.next;
    entry.committedAt = now;
    entry.acknowledgedAt = Number.POSITIVE_INFINITY;
    entry.received.fill(Number.POSITIVE_INFINITY);
    entry.answers.fill(Number.POSITIVE_INFINITY);
    entry.cursor = null;
    entry.waiting = null;
    entry.plan += 1;
    this.entries.push(entry);
    this.next += 1;
    return entry;
  }

  /** The history after a statement did not happen. @returns what is gone */
  truncate(from: number): Entry[] {
    const gone = this.entries.splice(this.head + Math.max(0, from - this.oldest));
    this.next -= gone.length;
    return gone;
  }

  private forget(now: number): void {
    while (this.head < this.entries.length) {
      const entry = this.entries[this.head];
      if (!isEverywhere(entry, now) || entry.isAwaited) break;
      // An event of its former life finds another plan.
      entry.plan += 1;
      entry.cursor = null;
      this.spare.push(entry);
      this.head += 1;
    }
    if (this.head < 1024 || this.head * 2 < this.entries.length) return;
    this.entries = this.entries.slice(this.head);
    this.head = 0;
  }
}

function isEverywhere({ received }: Entry, now: number): boolean {
  for (let replica = 0; replica < received.length; replica += 1) if (received[replica] > now) return false;
  return true;
}
