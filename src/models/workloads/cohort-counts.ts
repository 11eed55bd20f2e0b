import type { Cohorts } from '../algorithms/recovery/cohort-windows.ts';

/** Bins that a run's length is divided into at most. */
const most = 100_000;

/** Operations of one origin by the second in which they arrived, and what became of them. */
export class CohortCounts implements Cohorts {
  readonly binWidth: number;
  private readonly binTicks: number;
  private arrivals = new Float64Array(1024);
  private goods = new Float64Array(1024);
  private bads = new Float64Array(1024);
  /** Bins of which something is known: up to the latest arrival. */
  bins = 0;

  /** @param length nanoseconds of the run */
  constructor(length: number) {
    this.binWidth = Math.max(1, Math.ceil(length / 1e9 / most));
    this.binTicks = this.binWidth * 1e9;
  }

  arrivedIn(bin: number): number {
    return this.arrivals[bin];
  }

  goodIn(bin: number): number {
    return this.goods[bin];
  }

  badIn(bin: number): number {
    return this.bads[bin];
  }

  /** @param times operations that arrived at this instant (nanoseconds) */
  arrived(instant: number, times = 1): void {
    const bin = Math.floor(instant / this.binTicks);
    if (bin >= this.bins) this.reach(bin + 1);
    this.arrivals[bin] += times;
  }

  /** One that arrived at this instant was answered. */
  good(instant: number): void {
    this.goods[Math.floor(instant / this.binTicks)] += 1;
  }

  bad(instant: number, times = 1): void {
    this.bads[Math.floor(instant / this.binTicks)] += times;
  }

  /** The clock stands at this instant: what nobody arrived in is known, too. */
  reachInstant(instant: number): void {
    const bins = Math.floor(instant / this.binTicks);
    if (bins > this.bins) this.reach(bins);
  }

  private reach(bins: number): void {
    this.bins = bins;
    if (bins <= this.arrivals.length) return;
    const size = Math.max(bins, this.arrivals.length * 2);
    this.arrivals = longer(this.arrivals, size);
    this.goods = longer(this.goods, size);
    this.bads = longer(this.bads, size);
  }
}

function longer(counts: Float64Array, size: number): Float64Array<ArrayBuffer> {
  const grown = new Float64Array(size);
  grown.set(counts);
  return grown;
}
