/** What each further row of a statement takes, in ticks. */
export class TicksOfRows {
  /** @param seconds of a core, and of the flush of the log */
  constructor(private readonly seconds: { readonly writeRow: number; readonly flushRow: number }) {}

  /** Of a core, for so many rows beyond the first. */
  work(rows: number): number {
    return rows === 0 ? 0 : Math.round(rows * this.seconds.writeRow * 1e9);
  }

  /** Of the flush of the log. */
  flush(rows: number): number {
    return rows === 0 ? 0 : Math.round(rows * this.seconds.flushRow * 1e9);
  }
}
