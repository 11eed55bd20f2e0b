/** A write, as much of it as tells whether an entry has it. */
export interface AcknowledgedWrite {
  /** When the new value was committed (nanoseconds). */
  readonly committedAt: number;
  /** When its writer had been told so: from then on who reads the old value reads a stale one. */
  readonly knownAt: number;
}

/** Nanoseconds for which writes are remembered for the sake of loads that began before them. */
const recall = 300e9;
const smallest = 1024;
const none = -1;

/**
 * The acknowledged writes of the last five minutes, in order of acknowledgement, found by entry.
 *
 * A ring of columns, since every write comes and goes and almost none is asked for: each stands in a chain of those whose
 * entries fall into the same bucket, newest first. A chain is followed no further back than what could answer the
 * question, and its end is told by the place that the oldest remembered write has, so nothing is ever unlinked.
 */
export class WriteLog {
  private numbers = new Float64Array(smallest);
  private committed = new Float64Array(smallest);
  private known = new Float64Array(smallest);
  /** By write: the write before it in its bucket. */
  private previous = new Float64Array(smallest);
  /** By bucket: the last write in it. As many as the ring has room for. */
  private latest = new Float64Array(smallest).fill(none);
  /** Writes are numbered from the run's first; those from `first` to `end` are remembered. */
  private first = 0;
  private end = 0;

  /** Remembers a write; `knownAt` never goes back. */
  append(number: number, committedAt: number, knownAt: number): void {
    this.forget(knownAt - recall);
    if (this.end - this.first === this.numbers.length) this.grow();
    const at = this.end & (this.numbers.length - 1);
    this.numbers[at] = number;
    this.committed[at] = committedAt;
    this.known[at] = knownAt;
    this.link(this.end, number);
    this.end += 1;
  }

  /** The oldest write of an entry that was committed after an instant; undefined where there is none. */
  oldestAfter(number: number, asOf: number): AcknowledgedWrite | undefined {
    const mask = this.numbers.length - 1;
    let found = none;
    for (let write = this.latest[bucketOf(number, mask)]; write >= this.first; ) {
      const at = write & mask;
      // Whoever was told before that instant was told of a commit before it.
      if (this.known[at] <= asOf) break;
      if (this.numbers[at] === number && this.committed[at] > asOf) found = at;
      write = this.previous[at];
    }
    return found === none ? undefined : { committedAt: this.committed[found], knownAt: this.known[found] };
  }

  private forget(before: number): void {
    const mask = this.numbers.length - 1;
    while (this.first < this.end && this.known[this.first & mask] < before) this.first += 1;
  }

  private link(write: number, number: number): void {
    const mask = this.numbers.length - 1;
    const bucket = bucketOf(number, mask);
    this.previous[write & mask] = this.latest[bucket];
    this.latest[bucket] = write;
  }

  private grow(): void {
    const { length } = this.numbers;
    const moved = (column: Float64Array) => {
      const longer = new Float64Array(2 * length);
      for (let write = this.first; write < this.end; write += 1) {
        longer[write & (2 * length - 1)] = column[write & (length - 1)];
      }
      return longer;
    };
    this.numbers = moved(this.numbers);
    this.committed = moved(this.committed);
    this.known = moved(this.known);
    this.previous = new Float64Array(2 * length);
    this.latest = new Float64Array(2 * length).fill(none);
    for (let write = this.first; write < this.end; write += 1) {
      this.link(write, this.numbers[write & (2 * length - 1)]);
    }
  }
}

/** Multiplicative hashing (Knuth, TAOCP vol. 3, 6.4): the high bits of the product are the good ones. */
function bucketOf(number: number, mask: number): number {
  const folded = (number | 0) ^ Math.imul((number / 4294967296) | 0, 0x85ebca6b);
  return Math.imul(folded, 0x9e3779b1) >>> Math.clz32(mask);
}
