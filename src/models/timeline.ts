import { Histogram } from '../sim/statistics/histogram.ts';

/** What something that happened is to those who bring a design through an incident. */
export interface Meaning {
  readonly sort:
    | 'fault'
    | 'alert'
    | 'health'
    | 'routes'
    | 'judged'
    | 'promoted'
    | 'quorum'
    | 'old-primary'
    | 'gave-up'
    | 'caught-up'
    | 'ramp'
    | 'scaling';
  /** What several of them are together, told once with how many there were: `shards promoted in eu-west`. */
  readonly as?: string;
  /** Of how many, where that is known. */
  readonly of?: number;
  /** What a number was before and is now: instances. */
  readonly change?: readonly [number, number];
}

/** Something that happened once in a run and belongs on the timeline: a scaling decision, an interruption. */
export interface Occurrence extends Partial<Meaning> {
  /** Seconds from the start of the run. */
  readonly at: number;
  readonly component: string;
  readonly what: string;
}

/** What a series' number of one bucket is: how often, the last level, or what was seen in it and nowhere else. */
export type SeriesKind = 'count' | 'level' | 'seen';

const mostNoted = { other: 500, meant: 2000 } as const;

/** Numbers by bucket of simulated time (1/240 of the run each), for drawing: mean of a level, sum of a count. */
export class TimeSeries {
  readonly series = new Map<string, { unit: string; of: SeriesKind; values: Float64Array }>();
  readonly occurrences: Occurrence[] = [];
  private readonly noted = { other: 0, meant: 0 };
  private readonly bucketTicks: number;
  private readonly latencySeries: LatencySeries[] = [];
  /** The bucket last asked for, and the instants that are in it. */
  private bucket = 0;
  private from = 0;
  private until = 0;

  constructor(
    readonly length: number,
    readonly buckets = 240,
  ) {
    this.bucketTicks = length / buckets;
  }

  get bucketSeconds(): number {
    return this.bucketTicks / 1e9;
  }

  /** The bucket of an instant. Nearly all who ask are in the one that was asked for last: no division for them. */
  private bucketOf(now: number): number {
    if (now < this.from || now >= this.until) this.turnTo(now);
    return this.bucket;
  }

  private turnTo(now: number): void {
    this.bucket = Math.floor(now / this.bucketTicks);
    this.from = Math.ceil(this.bucket * this.bucketTicks);
    this.until = Math.floor((this.bucket + 1) * this.bucketTicks);
  }

  /** A counter by bucket; call the answer with the instant and how many. */
  counter(name: string, unit: string): (now: number, times: number) => void {
    const values = new Float64Array(this.buckets);
    this.series.set(name, { unit, of: 'count', values });
    return (now, times) => {
      const bucket = this.bucketOf(now);
      if (bucket < values.length) values[bucket] += times;
    };
  }

  /** A level sampled by whoever owns it; the last value set in a bucket stands for it, gaps carry on. */
  level(name: string, unit: string): (now: number, value: number) => void {
    const values = this.empty(name, unit, 'level');
    return (now, value) => {
      const bucket = this.bucketOf(now);
      if (bucket < values.length) values[bucket] = value;
    };
  }

  /** Values that whoever asked writes, bucket by bucket; those never written are gaps. */
  sampled(name: string, unit: string): Float64Array {
    return this.empty(name, unit, 'seen');
  }

  private empty(name: string, unit: string, of: SeriesKind): Float64Array {
    const values = new Float64Array(this.buckets).fill(Number.NaN);
    this.series.set(name, { unit, of, values });
    return values;
  }

  /** Latencies (seconds) by bucket of the instant of the answer: their p50 and p99 become series. */
  latencies(name: string): (now: number, seconds: number) => void {
    const series = new LatencySeries(this.buckets);
    this.latencySeries.push(series);
    this.series.set(`${name}.p50`, { unit: 'duration', of: 'seen', values: series.p50 });
    this.series.set(`${name}.p99`, { unit: 'duration', of: 'seen', values: series.p99 });
    return (now, seconds) => series.observe(this.bucketOf(now), seconds);
  }

  /** Nothing more will be observed. */
  finish(): void {
    for (const series of this.latencySeries) series.endBucket();
    // What is known of an instant only later was noted later.
    this.occurrences.sort((one, other) => one.at - other.at);
  }

  /** Notes an occurrence; a run keeps the first 500, and 2,000 of those that mean something to an incident. */
  note(now: number, component: string, what: string, meaning?: Meaning): void {
    const sort = meaning === undefined ? 'other' : 'meant';
    this.noted[sort] += 1;
    if (this.noted[sort] <= mostNoted[sort])
      this.occurrences.push({ at: now / 1e9, component, what, ...meaning });
  }
}

/** Answers come in order of time: one histogram serves one bucket after the other. */
class LatencySeries {
  readonly p50: Float64Array;
  readonly p99: Float64Array;
  private readonly histogram = new Histogram();
  private bucket = 0;

  constructor(private readonly buckets: number) {
    this.p50 = new Float64Array(buckets).fill(Number.NaN);
    this.p99 = new Float64Array(buckets).fill(Number.NaN);
  }

  observe(bucket: number, seconds: number): void {
    if (bucket !== this.bucket) {
      this.endBucket();
      this.bucket = bucket;
    }
    this.histogram.record(seconds);
  }

  endBucket(): void {
    const { histogram, bucket } = this;
    if (bucket < this.buckets && histogram.count > 0) {
      this.p50[bucket] = histogram.quantile(0.5);
      this.p99[bucket] = histogram.quantile(0.99);
    }
    histogram.clear();
  }
}
