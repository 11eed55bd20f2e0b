/**
 * A replica's way from the primary's log to its own tables: a link that keeps the order of the log, and one process that
 * applies record after record.
 *
 * Rule: a record is there at the later of its own arrival and its predecessor's; it is applied once its predecessor is
 * and its own work is done. This is the recursion of a Line with one server, run ahead of the clock: the log is its only
 * feeder. (A Line would credit its work too early by what it runs ahead; here it is cut at the window's edges.)
 * Cost: two comparisons a record; no event.
 */
export class ApplyLine {
  private linkClear = 0;
  private free = 0;
  private busyTicks = 0;

  /** @param window instants between which busy time is counted */
  constructor(private readonly window: { readonly from: number; readonly to: number }) {}

  /** The next records of the log arrive at this instant at the earliest, and after all before them. */
  ship(arrival: number): void {
    if (arrival > this.linkClear) this.linkClear = arrival;
  }

  /** @returns the instant at which the next record, which takes `work` nanoseconds, is applied */
  apply(work: number): number {
    const start = this.linkClear > this.free ? this.linkClear : this.free;
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
