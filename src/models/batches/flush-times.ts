/** How long flushes take by how many entries they have: a straight line through what was seen, by least squares. */
export class FlushTimes {
  private count = 0;
  private meanSize = 0;
  private meanTime = 0;
  /** Σ (size − mean)², and Σ (size − mean)(time − mean). */
  private spread = 0;
  private together = 0;

  /** @param seconds that a flush of `size` entries took */
  add(size: number, seconds: number): void {
    this.count += 1;
    const off = size - this.meanSize;
    this.meanSize += off / this.count;
    this.meanTime += (seconds - this.meanTime) / this.count;
    this.spread += off * (size - this.meanSize);
    this.together += off * (seconds - this.meanTime);
  }

  /** Seconds that a flush of `size` entries takes, on the mean; NaN where what was seen does not say. */
  expected(size: number): number {
    if (this.count === 0) return Number.NaN;
    if (this.spread === 0) return size === this.meanSize ? this.meanTime : Number.NaN;
    const slope = Math.max(0, this.together / this.spread);
    const seconds = this.meanTime + slope * (size - this.meanSize);
    return seconds > 0 ? seconds : Number.NaN;
  }
}
