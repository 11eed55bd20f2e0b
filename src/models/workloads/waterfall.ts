import type { TimeSpent } from '../time-spent.ts';

const bucketsAnOctave = 32;

/** An operation by its identity, with how long it took (nanoseconds). */
export interface Example {
  readonly high: number;
  readonly low: number;
  readonly latency: number;
}

/**
 * Where the time of answered operations went: sums by segment, kept by latency so that the slow ones can be looked at
 * apart (32 buckets an octave). The parts of an operation add up to its latency.
 */
export class Waterfall {
  /** By bucket, counted from one of no latency at all; those in which nothing fell are missing. */
  private readonly buckets: (Sums | undefined)[] = [];

  constructor(private readonly segments: number) {}

  /**
   * @param latency nanoseconds; what the segments do not explain goes to `rest`
   * @param operation whose latency it was: of each bucket the slowest is remembered
   */
  add(
    latency: number,
    spent: TimeSpent,
    rest: number,
    operation: { readonly high: number; readonly low: number },
  ): void {
    const bucket = latency <= 0 ? 0 : 1 + octavePart(latency);
    let sums = bucket < this.buckets.length ? this.buckets[bucket] : undefined;
    if (sums === undefined) sums = this.begin(bucket);
    const { ticks } = sums;
    sums.count += 1;
    if (latency > sums.slowest) {
      sums.slowest = latency;
      sums.high = operation.high;
      sums.low = operation.low;
    }
    const explained = spent.addTo(ticks);
    ticks[rest] += latency - explained;
  }

  private begin(bucket: number): Sums {
    while (this.buckets.length <= bucket) this.buckets.push(undefined);
    const sums = { count: 0, ticks: new Float64Array(this.segments), slowest: -1, high: 0, low: 0 };
    this.buckets[bucket] = sums;
    return sums;
  }

  /** Buckets in order of latency: [lowest latency in seconds, operations, seconds by segment]. */
  read(): WaterfallRecord[] {
    return this.buckets.flatMap((sums, bucket) =>
      sums === undefined
        ? []
        : {
            from: bucket === 0 ? 0 : 2 ** ((bucket - 1) / bucketsAnOctave) / 1e9,
            count: sums.count,
            seconds: Array.from(sums.ticks, (time) => time / 1e9),
            slowest: { high: sums.high, low: sums.low, latency: sums.slowest },
          },
    );
  }
}

interface Sums {
  count: number;
  readonly ticks: Float64Array;
  slowest: number;
  high: number;
  low: number;
}

export interface WaterfallRecord {
  readonly from: number;
  readonly count: number;
  readonly seconds: number[];
  readonly slowest: Example;
}

/**
 * ⌊32 · log₂⌋ of a number from 1 on, without the logarithm: the exponent of the double says the octave, the first eight
 * bits of its fraction which of the octave's parts it is, or the one before; a comparison decides.
 */
function octavePart(value: number): number {
  scratch[0] = value;
  const word = words[highWord];
  words[highWord] = (word & 0xfffff) | 0x3ff00000;
  const part = firstParts[(word >>> 12) & 0xff];
  return ((word >>> 20) - 1023) * bucketsAnOctave + (scratch[0] >= partStarts[part + 1] ? part + 1 : part);
}

const scratch = new Float64Array([1]);
const words = new Uint32Array(scratch.buffer);
/** The machine's byte order. */
const highWord = words[0] === 0 ? 1 : 0;
/** Where each part of the octave from 1 to 2 starts, its end included. */
const partStarts = Float64Array.from(
  { length: bucketsAnOctave + 1 },
  (_, part) => 2 ** (part / bucketsAnOctave),
);
/** The part in which each 256th of that octave begins. */
const firstParts = Int32Array.from({ length: 256 }, (_, cell) =>
  Math.floor(Math.log2(1 + cell / 256) * bucketsAnOctave),
);
