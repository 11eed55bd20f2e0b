/** The measured part of a run, in integer nanoseconds; `open` while the clock is inside it. */
export class MeasuredWindow {
  open = false;
  private unsteadyTicks = 0;
  private unsteadySince: number | undefined;

  constructor(
    readonly from: number,
    readonly to: number,
  ) {}

  get seconds(): number {
    return (this.to - this.from) / 1e9;
  }

  /** Without the times in which a fault was felt, as far as it was said when. */
  get steadySeconds(): number {
    const open = this.unsteadySince === undefined ? 0 : this.overlap(this.unsteadySince, this.to);
    return (this.to - this.from - this.unsteadyTicks - open) / 1e9;
  }

  /** From now on it is steady, or not. */
  turn(now: number, isSteady: boolean): void {
    if (isSteady && this.unsteadySince !== undefined)
      this.unsteadyTicks += this.overlap(this.unsteadySince, now);
    this.unsteadySince = isSteady ? undefined : now;
  }

  private overlap(from: number, to: number): number {
    return Math.max(0, Math.min(to, this.to) - Math.max(from, this.from));
  }

  contains(instant: number): boolean {
    return instant >= this.from && instant < this.to;
  }
}
