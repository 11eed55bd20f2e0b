import { GroupCommit } from './group-commit.ts';

/**
 * A replica's way from the primary's log to its own tables: a link that keeps the order of the log, a log of its own
 * (where it flushes one), and one process that applies record after record.
 *
 * Rule: a record is there at the later of its own arrival and its predecessor's; what arrives while the replica's log is
 * being flushed shares the next flush; a record is applied once it is durable there, its predecessor is applied, and its
 * own work is done. This is the recursion of a Line with one server, run ahead of the clock: the log is its only feeder.
 * (A Line would credit its work too early by what it runs ahead; here it is cut at the window's edges.)
 * Source: PostgreSQL's WAL receiver flushes what it has received and only then lets the startup process replay it.
 * Cost: a few comparisons a record; no event.
 */
export class ApplyLine {
  private linkClear = 0;
  private durable = 0;
  private free = 0;
  private busyTicks = 0;
  private readonly log: GroupCommit | null;

  /**
   * @param window instants between which busy time is counted
   * @param isFlushed whether the replica flushes what it receives before it applies it
   */
  constructor(
    private readonly window: { readonly from: number; readonly to: number },
    isFlushed = false,
  ) {
    this.log = isFlushed ? new GroupCommit(window) : null;
  }

  /**
   * The next records of the log arrive at this instant at the earliest, and after all before them.
   * @param flushTicks of a flush of the replica's log, should one begin with them
   */
  ship(arrival: number, flushTicks = 0): void {
    if (arrival > this.linkClear) this.linkClear = arrival;
    const { linkClear, log } = this;
    this.durable = linkClear;
    if (log === null) return;
    if (log.isFirst(linkClear)) log.open(linkClear, flushTicks);
    this.durable = log.join(linkClear);
  }

  /** What was on its way or waited here unreceived is gone; it goes on with what comes from `now` on, after `free`. */
  restart(now: number, free: number): void {
    this.linkClear = now;
    this.durable = now;
    this.free = free;
  }

  /** When it has applied all that was shipped. */
  get freeAt(): number {
    return this.free;
  }

  /** When the records last shipped are there. */
  get receivedAt(): number {
    return this.linkClear;
  }

  /** When they are on the replica's disk. */
  get durableAt(): number {
    return this.durable;
  }

  /** @returns the instant at which the next record, which takes `work` nanoseconds, is applied */
  apply(work: number): number {
    const start = this.durable > this.free ? this.durable : this.free;
    const applied = start + work;
    this.free = applied;
    const { from, to } = this.window;
    this.busyTicks += Math.max(0, Math.min(applied, to) - Math.max(start, from));
    return applied;
  }

  /** Nanoseconds of the window that are spent applying; exact once the window is over. */
  get appliedTicks(): number {
    return this.busyTicks;
  }
}
