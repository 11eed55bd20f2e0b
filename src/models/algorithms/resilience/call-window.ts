/**
 * The results of the last calls: the last so many of them, or those of the last so many seconds.
 *
 * Rule: by count, a ring in which a result takes the place of the oldest. By time, one bucket for each second of the
 * clock, the current one included; a bucket goes as a whole when its second is that many seconds old.
 * Source: resilience4j af9e7c979, core/metrics/FixedSizeSlidingWindowMetrics.java, SlidingTimeWindowMetrics.java.
 * Cost: O(1) a result, O(seconds passed) for time, at most the window's.
 */
export interface CallWindow {
  /** Calls in it as of the last `advance` or `record`. */
  readonly calls: number;
  readonly failed: number;
  readonly slow: number;
  /** Forgets what is too old at `now` (nanoseconds). */
  advance(now: number): void;
  record(now: number, isFailed: boolean, isSlow: boolean): void;
}

export class CountWindow implements CallWindow {
  calls = 0;
  failed = 0;
  slow = 0;
  private readonly results: Uint8Array;
  private next = 0;

  constructor(size: number) {
    this.results = new Uint8Array(size);
  }

  advance(): void {}

  record(_now: number, isFailed: boolean, isSlow: boolean): void {
    const { results, next } = this;
    if (this.calls < results.length) {
      this.calls += 1;
    } else {
      this.failed -= results[next] & 1;
      this.slow -= results[next] >> 1;
    }
    results[next] = (isFailed ? 1 : 0) | (isSlow ? 2 : 0);
    if (isFailed) this.failed += 1;
    if (isSlow) this.slow += 1;
    this.next = (next + 1) % results.length;
  }
}

export class TimeWindow implements CallWindow {
  calls = 0;
  failed = 0;
  slow = 0;
  private readonly buckets: { calls: number; failed: number; slow: number }[];
  private second = 0;

  /** @param seconds whole */
  constructor(seconds: number) {
    this.buckets = Array.from({ length: seconds }, () => ({ calls: 0, failed: 0, slow: 0 }));
  }

  advance(now: number): void {
    const second = Math.floor(now / 1e9);
    const { buckets } = this;
    const passed = Math.min(second - this.second, buckets.length);
    for (let back = passed - 1; back >= 0; back -= 1) this.empty(buckets[(second - back) % buckets.length]);
    if (passed > 0) this.second = second;
  }

  private empty(bucket: { calls: number; failed: number; slow: number }): void {
    this.calls -= bucket.calls;
    this.failed -= bucket.failed;
    this.slow -= bucket.slow;
    bucket.calls = 0;
    bucket.failed = 0;
    bucket.slow = 0;
  }

  record(now: number, isFailed: boolean, isSlow: boolean): void {
    this.advance(now);
    const bucket = this.buckets[this.second % this.buckets.length];
    for (const counts of [bucket, this]) {
      counts.calls += 1;
      if (isFailed) counts.failed += 1;
      if (isSlow) counts.slow += 1;
    }
  }
}
