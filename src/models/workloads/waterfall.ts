const bucketsAnOctave = 32;

/**
 * Where the time of answered operations went: sums by segment, kept by latency so that the slow ones can be looked at
 * apart (32 buckets an octave). The parts of an operation add up to its latency.
 */
export class Waterfall {
  private readonly buckets = new Map<number, { count: number; ticks: Float64Array }>();

  constructor(private readonly segments: number) {}

  /** @param latency nanoseconds; what the segments do not explain goes to `rest` */
  add(latency: number, spent: Float64Array, rest: number): void {
    const bucket = latency <= 0 ? -1 : Math.floor(Math.log2(latency) * bucketsAnOctave);
    let sums = this.buckets.get(bucket);
    if (sums === undefined) {
      sums = { count: 0, ticks: new Float64Array(this.segments) };
      this.buckets.set(bucket, sums);
    }
    const { ticks } = sums;
    sums.count += 1;
    let explained = 0;
    for (let segment = 0; segment < spent.length; segment += 1) {
      const time = spent[segment];
      if (time !== 0) {
        ticks[segment] += time;
        explained += time;
      }
    }
    ticks[rest] += latency - explained;
  }

  /** Buckets in order of latency: [lowest latency in seconds, operations, seconds by segment]. */
  read(): WaterfallRecord[] {
    return [...this.buckets.entries()]
      .sort(([a], [b]) => a - b)
      .map(([bucket, { count, ticks }]) => ({
        from: bucket < 0 ? 0 : 2 ** (bucket / bucketsAnOctave) / 1e9,
        count,
        seconds: Array.from(ticks, (time) => time / 1e9),
      }));
  }
}

export interface WaterfallRecord {
  readonly from: number;
  readonly count: number;
  readonly seconds: number[];
}
