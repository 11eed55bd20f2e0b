/**
 * Nanoseconds by segment: where the time of an attempt has gone so far.
 *
 * An attempt spends time in a few of a design's many segments. Which ones is kept in 32 bits, each for all segments of one
 * number modulo 32, so that emptying and adding look only at what can be there.
 */
export class TimeSpent {
  private readonly ticks: Float64Array;
  private touched = 0;

  /** @param segments how many there are in the design */
  constructor(readonly segments: number) {
    this.ticks = new Float64Array(segments);
  }

  of(segment: number): number {
    return this.ticks[segment];
  }

  add(segment: number, ticks: number): void {
    this.ticks[segment] += ticks;
    this.touched |= 1 << (segment & 31);
  }

  addAll(other: TimeSpent): void {
    this.touched |= other.touched;
    other.addTo(this.ticks);
  }

  /** Adds all to sums by segment. @returns the sum of what was added */
  addTo(sums: Float64Array): number {
    const { ticks } = this;
    let sum = 0;
    for (let left = this.touched; left !== 0; left &= left - 1) {
      for (let at = lowestBit(left); at < ticks.length; at += 32) {
        sums[at] += ticks[at];
        sum += ticks[at];
      }
    }
    return sum;
  }

  get total(): number {
    const { ticks } = this;
    let sum = 0;
    for (let left = this.touched; left !== 0; left &= left - 1)
      for (let at = lowestBit(left); at < ticks.length; at += 32) sum += ticks[at];
    return sum;
  }

  clear(): void {
    const { ticks } = this;
    for (let left = this.touched; left !== 0; left &= left - 1)
      for (let at = lowestBit(left); at < ticks.length; at += 32) ticks[at] = 0;
    this.touched = 0;
  }
}

const lowestBit = (bits: number): number => 31 - Math.clz32(bits & -bits);
