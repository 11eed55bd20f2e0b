/**
 * A log-linear histogram of non-negative numbers of any unit: 512 equal sub-buckets in each octave (each factor of two),
 * so that a bucket is at most 0.2% wide; exact buckets for 0 and for +∞ beside them.
 *
 * Rule: the sign, exponent and top nine mantissa bits of a double, read as an integer, number its bucket.
 * Source: the layout of HdrHistogram (Gil Tene), with the double's own bits in the place of a configured range.
 * Counts are integers; count, sum, minimum and maximum are kept as recorded. Quantiles are interpolated.
 * Cost: 4 to 8 ns a value; 4 KiB for each octave from the smallest to the largest value above 0. Merging is exact, and
 * in any order the same but for the rounding of the sum.
 */
export class Histogram {
  /** How many values, those at 0 and at +∞ included. */
  count = 0;
  /** Sum of the finite values. */
  sum = 0;
  /** Values of exactly 0. */
  zeros = 0;
  /** Values of +∞: what failed, or never ended. */
  infinite = 0;
  /** Smallest value recorded; +∞ of an empty histogram. */
  min = Number.POSITIVE_INFINITY;
  /** Largest finite value recorded; 0 if there is none. */
  max = 0;

  /** Counts of neighbouring buckets, whole octaves, from bucket `first` on. */
  private counts = new Float64Array(0);
  private first = 0;

  /**
   * @param value at least 0, or +∞
   * @param count how many times, a whole number
   * @throws RangeError for a negative value or NaN, which can only be a mistake of the caller
   */
  record(value: number, count = 1): void {
    if (value > 0 && value < Number.POSITIVE_INFINITY) {
      DOUBLE[0] = value;
      const at = (WORDS[HIGH_WORD] >>> DROPPED_BITS) - this.first;
      if (at >= 0 && at < this.counts.length) this.counts[at] += count;
      else this.addToBucket(at + this.first, count);
      this.sum += value * count;
      if (value > this.max) this.max = value;
    } else if (value === 0) {
      this.zeros += count;
    } else if (value === Number.POSITIVE_INFINITY) {
      this.infinite += count;
    } else {
      throw new RangeError(`a histogram holds values from 0 to +∞, not ${value}`);
    }
    if (value < this.min) this.min = value;
    this.count += count;
  }

  /** Mean of all values: +∞ as soon as one of them is; NaN of an empty histogram. */
  get mean(): number {
    return this.infinite > 0 ? Number.POSITIVE_INFINITY : this.sum / this.count;
  }

  /** Mean of the finite values; NaN if there are none. */
  get finiteMean(): number {
    return this.sum / (this.count - this.infinite);
  }

  /**
   * The value that a share `q` of all values does not exceed, interpolated inside its bucket and never outside
   * [min, max]; +∞ where it falls among the infinite ones; NaN of an empty histogram.
   *
   * @param q from 0 to 1
   */
  quantile(q: number): number {
    if (!(q >= 0 && q <= 1)) throw new RangeError(`a quantile is asked for a share from 0 to 1, not ${q}`);
    if (this.count === 0) return Number.NaN;
    const rank = q * this.count;
    if (this.infinite === this.count || rank > this.count - this.infinite) return Number.POSITIVE_INFINITY;
    if (rank <= this.zeros && this.zeros > 0) return 0;
    let below = this.zeros;
    for (const [bucket, count] of this.buckets()) {
      if (below + count >= rank) {
        const start = bucketStart(bucket);
        const value = start + ((rank - below) / count) * (bucketStart(bucket + 1) - start);
        return Math.min(Math.max(value, this.min), this.max);
      }
      below += count;
    }
    return this.max;
  }

  /** The share of all values that do not exceed `value`, interpolated inside its bucket; NaN of an empty histogram. */
  shareUpTo(value: number): number {
    if (this.count === 0 || Number.isNaN(value)) return Number.NaN;
    if (value === Number.POSITIVE_INFINITY) return 1;
    if (value < this.min) return 0;
    if (value >= this.max) return (this.count - this.infinite) / this.count;
    let below = this.zeros;
    for (const [bucket, count] of this.buckets()) {
      const start = bucketStart(bucket);
      if (start >= value) break;
      below += count * Math.min(1, (value - start) / (bucketStart(bucket + 1) - start));
    }
    return below / this.count;
  }

  /** Adds what another histogram holds; `other` is left as it is. */
  merge(other: Histogram): this {
    for (const [bucket, count] of other.buckets()) this.addToBucket(bucket, count);
    this.count += other.count;
    this.sum += other.sum;
    this.zeros += other.zeros;
    this.infinite += other.infinite;
    this.min = Math.min(this.min, other.min);
    this.max = Math.max(this.max, other.max);
    return this;
  }

  /** Forgets everything and keeps the memory: the end of a warm-up. */
  clear(): void {
    this.count = this.sum = this.zeros = this.infinite = this.max = 0;
    this.min = Number.POSITIVE_INFINITY;
    this.counts.fill(0);
  }

  /** The finite values above 0 as [bucket, count], in rising order, empty buckets left out. */
  *buckets(): Generator<[bucket: number, count: number]> {
    const { counts, first } = this;
    for (let at = 0; at < counts.length; at++) if (counts[at] > 0) yield [first + at, counts[at]];
  }

  /** Adds to one bucket by its number; count, sum and ends are the caller's: for readers of `buckets()`. */
  addToBucket(bucket: number, count: number): void {
    if (bucket < this.first || bucket >= this.first + this.counts.length) this.makeRoomFor(bucket);
    this.counts[bucket - this.first] += count;
  }

  private makeRoomFor(bucket: number): void {
    const octave = bucket - (bucket % SUB_BUCKETS);
    const isEmpty = this.counts.length === 0;
    const first = isEmpty ? octave : Math.min(octave, this.first);
    const end = isEmpty ? 0 : this.first + this.counts.length;
    const roomier = new Float64Array(Math.max(octave + SUB_BUCKETS, end) - first);
    if (!isEmpty) roomier.set(this.counts, this.first - first);
    this.counts = roomier;
    this.first = first;
  }
}

/** The smallest value of a bucket; a bucket ends where the next one starts. */
export function bucketStart(bucket: number): number {
  WORDS[HIGH_WORD] = bucket << DROPPED_BITS;
  WORDS[1 - HIGH_WORD] = 0;
  return DOUBLE[0];
}

const SUB_BUCKETS = 512;
const DROPPED_BITS = 20 - 9; // of the mantissa's 20 bits in the high word of a double

const DOUBLE = new Float64Array(1);
const WORDS = new Uint32Array(DOUBLE.buffer);
DOUBLE[0] = 1;
const HIGH_WORD = WORDS[0] === 0 ? 1 : 0; // the machine's byte order
