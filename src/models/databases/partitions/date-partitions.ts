import { nameOfUnit, type PartitionUnit, startOfUnit, unitAt } from './calendar.ts';

/**
 * The partitions that there are at an instant of a run, by number: 0 is the oldest that the run begins with. The one of
 * now is the newest; one falls off the other end whenever a new one is made.
 *
 * Queries find theirs by binary search among the bounds; it is what the planner's pruning comes to for one column and no
 * default partition (a test compares them).
 */
export class DatePartitions {
  /** Instants at which they begin, in ticks of the run. */
  private readonly starts: Float64Array;
  private readonly first: number;
  newest: number;

  /**
   * @param kept how many there are at a time
   * @param startAt seconds of Unix time at which the run starts
   * @param end of the run, in ticks
   */
  constructor(
    private readonly unit: PartitionUnit,
    private readonly kept: number,
    startAt: number,
    end: number,
  ) {
    const now = unitAt(unit, startAt);
    this.first = now - kept + 1;
    this.newest = kept - 1;
    const last = unitAt(unit, startAt + end / 1e9) + 1;
    this.starts = Float64Array.from({ length: last - this.first + 1 }, (_, index) =>
      Math.round((startOfUnit(unit, this.first + index) - startAt) * 1e9),
    );
  }

  get oldest(): number {
    return this.newest - this.kept + 1;
  }

  /** When the next one is made, in ticks of the run; Infinity where the run is over before. */
  get nextAt(): number {
    return this.starts[this.newest + 1] ?? Number.POSITIVE_INFINITY;
  }

  /** A new one is made; the oldest is dropped. */
  rollOver(): void {
    this.newest += 1;
  }

  /** The partition that an instant lies in; below the oldest for what is kept no more, never above the newest. */
  at(instant: number): number {
    const { newest, starts } = this;
    if (instant >= starts[newest]) return newest;
    let low = this.oldest - 1;
    let high = newest - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle] <= instant) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** `2026-01` or `2026-01-14`. */
  nameOf(partition: number): string {
    return nameOfUnit(this.unit, this.first + partition);
  }

  /** Seconds that a partition covers. */
  secondsOf(partition: number): number {
    const number = this.first + partition;
    return startOfUnit(this.unit, number + 1) - startOfUnit(this.unit, number);
  }
}
