import type { TierLengths } from './config.ts';
import type { DatePartitions } from './date-partitions.ts';

/**
 * Where the partitions of one shard are kept: hot from a number on, warm from another one on, cold below. A partition is
 * in its new tier once the work is done that brings it there.
 */
export class Tiers {
  private hotFrom: number;
  private warmFrom: number;
  /** Partitions of each tier in the range last counted. */
  hot = 0;
  warm = 0;
  cold = 0;

  constructor(
    private readonly partitions: DatePartitions,
    readonly lengths: TierLengths,
  ) {
    this.hotFrom = partitions.newest - lengths.hot + 1;
    this.warmFrom = this.hotFrom - lengths.warm;
  }

  /** Counts the partitions of a range, both ends included, tier by tier. */
  count(from: number, to: number): void {
    const { hotFrom, warmFrom } = this;
    this.hot = Math.max(0, to - Math.max(from, hotFrom) + 1);
    this.warm = Math.max(0, Math.min(to, hotFrom - 1) - Math.max(from, warmFrom) + 1);
    this.cold = Math.max(0, Math.min(to, warmFrom - 1) - from + 1);
  }

  isWarm(partition: number): boolean {
    return partition < this.hotFrom && partition >= this.warmFrom;
  }

  isCold(partition: number): boolean {
    return partition < this.warmFrom && partition >= this.partitions.oldest;
  }

  /** A partition is compressed now, and all older ones with it. */
  compressed(partition: number): void {
    this.hotFrom = Math.max(this.hotFrom, partition + 1);
  }

  /** A partition is in object storage now. */
  archived(partition: number): void {
    this.hotFrom = Math.max(this.hotFrom, partition + 1);
    this.warmFrom = Math.max(this.warmFrom, partition + 1);
  }
}
