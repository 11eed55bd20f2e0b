import { Histogram } from '../sim/statistics/histogram.ts';

/** Something that happened once in a run and belongs on the timeline: a scaling decision, an interruption. */
export interface Occurrence {
  /** Seconds from the start of the run. */
  readonly at: number;
  readonly component: string;
  readonly what: string;
}

/** Numbers by bucket of simulated time (1/240 of the run each), for drawing: mean of a level, sum of a count. */
export class TimeSeries {
  readonly series = new Map<string, { unit: string; values: Float64Array }>();
  readonly occurrences: Occurrence[] = [];
  private readonly bucketTicks: number;
  private readonly histograms = new Map<string, Histogram[]>();

  constructor(
    readonly length: number,
    readonly buckets = 240,
  ) {
    this.bucketTicks = length / buckets;
  }

  get bucketSeconds(): number {
    return this.bucketTicks / 1e9;
  }

  /** A counter by bucket; call the answer with the instant and how many. */
  counter(name: string, unit: string): (now: number, times: number) => void {
    const values = new Float64Array(this.buckets);
    this.series.set(name, { unit, values });
    return (now, times) => {
      const bucket = Math.floor(now / this.bucketTicks);
      if (bucket < values.length) values[bucket] += times;
    };
  }

  /** A level sampled by whoever owns it; the last value set in a bucket stands for it, gaps carry on. */
  level(name: string, unit: string): (now: number, value: number) => void {
    const values = new Float64Array(this.buckets).fill(Number.NaN);
    this.series.set(name, { unit, values });
    return (now, value) => {
      const bucket = Math.floor(now / this.bucketTicks);
      if (bucket < values.length) values[bucket] = value;
    };
  }

  /** Latencies by bucket of the instant of the answer (seconds): their p50 and p99 become series when the run is over. */
  latencies(name: string): (now: number, seconds: number) => void {
    const histograms: Histogram[] = [];
    this.histograms.set(name, histograms);
    return (now, seconds) => {
      const bucket = Math.floor(now / this.bucketTicks);
      if (bucket >= this.buckets) return;
      histograms[bucket] ??= new Histogram();
      histograms[bucket].record(seconds);
    };
  }

  /** Turns the latencies of buckets into series. */
  finish(): void {
    for (const [name, histograms] of this.histograms) {
      for (const [suffix, quantile] of [
        ['p50', 0.5],
        ['p99', 0.99],
      ] as const) {
        const values = Float64Array.from(
          { length: this.buckets },
          (_, bucket) => histograms[bucket]?.quantile(quantile) ?? Number.NaN,
        );
        this.series.set(`${name}.${suffix}`, { unit: 'duration', values });
      }
    }
  }

  /** Notes an occurrence; a run keeps the first 500. */
  note(now: number, component: string, what: string): void {
    if (this.occurrences.length < 500) this.occurrences.push({ at: now / 1e9, component, what });
  }
}
