/** The measured part of a run, in integer nanoseconds; `open` while the clock is inside it. */
export class MeasuredWindow {
  open = false;

  constructor(
    readonly from: number,
    readonly to: number,
  ) {}

  get seconds(): number {
    return (this.to - this.from) / 1e9;
  }

  contains(instant: number): boolean {
    return instant >= this.from && instant < this.to;
  }
}
