/** Counts what happens; a total and a rate over the time since the start or the last reset. Instants in nanoseconds. */
export class Counter {
  total = 0;
  private since: number;

  constructor(now = 0) {
    this.since = now;
  }

  add(count = 1): void {
    this.total += count;
  }

  /** Starts the measurement anew: the end of a warm-up. */
  reset(now: number): void {
    this.total = 0;
    this.since = now;
  }

  /** Per second; NaN if no time has passed. */
  rate(now: number): number {
    return (this.total / (now - this.since)) * 1_000_000_000;
  }
}
