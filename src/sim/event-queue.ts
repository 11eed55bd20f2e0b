/** Something that happens at an instant of simulated time. */
export interface EventTarget {
  /** Called at the event's instant; `token` is the integer given when it was scheduled (stale events carry an old one). */
  fire(token: number): void;
}

/**
 * Which of two events of one instant comes first. Ties are decided by what an event *is*, never by when it was
 * scheduled: by rank, then by identity (operation, or component and its counter), then by the packed word.
 */
export const Rank = { departure: 0, component: 1, operation: 2 } as const;

const bucketWidth = 2 ** 17; // ns: 131 µs
const bucketCount = 8192; // the near wheel spans 1.07 s, the far wheel 2.4 h
const nearSpan = bucketWidth * bucketCount;
const farSpan = nearSpan * bucketCount;
const none = -1;

/** Buckets of one span of time each, as linked lists of slots, with a bit for each that is not empty. */
class Wheel {
  readonly first = new Int32Array(bucketCount).fill(none);
  private readonly filled = new Int32Array(bucketCount / 32);

  add(bucket: number, slot: number, links: Int32Array): void {
    links[slot] = this.first[bucket];
    this.first[bucket] = slot;
    this.filled[bucket >> 5] |= 1 << (bucket & 31);
  }

  /** Takes a bucket's list out. @returns its first slot */
  take(bucket: number): number {
    const slot = this.first[bucket];
    this.first[bucket] = none;
    this.filled[bucket >> 5] &= ~(1 << (bucket & 31));
    return slot;
  }

  /** The first bucket from `bucket` on that is not empty; `none` where all are. */
  next(bucket: number): number {
    if (bucket >= bucketCount) return none;
    const { filled } = this;
    let at = bucket >> 5;
    let bits = filled[at] & (-1 << (bucket & 31));
    while (bits === 0) {
      at += 1;
      if (at === filled.length) return none;
      bits = filled[at];
    }
    return (at << 5) + 31 - Math.clz32(bits & -bits);
  }
}

/**
 * The pending events, popped in order of (time, rank, high, low, word).
 *
 * A hierarchical timing wheel before a small binary heap: an event waits in a bucket of the far or near wheel until
 * the clock reaches its bucket, and only the events of the current 131 µs are kept in heap order. Cost of a pop and a
 * push is near constant up to a million pending. Times are integer nanoseconds, exact to 2^53.
 *
 * Before `heapUntil` all is in the heap; then the near wheel up to `nearFrom` + 1.07 s, the far wheel up to `farFrom`
 * + 2.4 h, and an unsorted list of what lies beyond. A wheel moves on only when all before it is empty.
 */
export class EventQueue {
  private capacity = 1024;
  private times = new Float64Array(this.capacity);
  private ranks = new Uint8Array(this.capacity);
  private highs = new Uint32Array(this.capacity);
  private lows = new Uint32Array(this.capacity);
  private words = new Uint32Array(this.capacity);
  private tokens = new Int32Array(this.capacity);
  private links = new Int32Array(this.capacity);
  private targets: (EventTarget | null)[] = new Array(this.capacity).fill(null);
  private free = 0;
  private count = 0;

  private heap = new Int32Array(1024);
  private heapSize = 0;
  private readonly near = new Wheel();
  private readonly far = new Wheel();
  private beyond = none;
  /** Of the events beyond. */
  private earliestBeyond = Number.POSITIVE_INFINITY;

  private heapUntil = bucketWidth;
  /** The bucket of the near wheel that begins at `heapUntil`. */
  private nearAt = 1;
  private nearFrom = 0;
  /** The bucket of the far wheel after the one that was spilled into the near wheel. */
  private farAt = 1;
  private farFrom = 0;

  /** The event taken last: its instant and token. */
  at = 0;
  token = 0;

  constructor() {
    this.thread(0);
  }

  get size(): number {
    return this.count;
  }

  push(
    at: number,
    rank: number,
    high: number,
    low: number,
    word: number,
    target: EventTarget,
    token: number,
  ): void {
    if (this.free === none) this.grow();
    const slot = this.free;
    this.free = this.links[slot];
    this.times[slot] = at;
    this.ranks[slot] = rank;
    this.highs[slot] = high;
    this.lows[slot] = low;
    this.words[slot] = word;
    this.tokens[slot] = token;
    this.targets[slot] = target;
    this.count += 1;
    if (at < this.heapUntil) this.insert(slot);
    else this.place(slot, at);
  }

  /** Takes the earliest event at or before `until`, or answers null and leaves the queue as it is. */
  pop(until: number): EventTarget | null {
    if (this.heapSize === 0 && !this.refill(until)) return null;
    const slot = this.heap[0];
    const at = this.times[slot];
    if (at > until) return null;
    this.removeTop();
    this.count -= 1;
    const target = this.targets[slot] as EventTarget;
    this.at = at;
    this.token = this.tokens[slot];
    this.targets[slot] = null;
    this.links[slot] = this.free;
    this.free = slot;
    return target;
  }

  /** Puts an event at or after `heapUntil` where it waits. */
  private place(slot: number, at: number): void {
    if (at < this.nearFrom + nearSpan) {
      this.near.add(Math.floor((at - this.nearFrom) / bucketWidth), slot, this.links);
    } else if (at < this.farFrom + farSpan) {
      this.far.add(Math.floor((at - this.farFrom) / nearSpan), slot, this.links);
    } else {
      this.links[slot] = this.beyond;
      this.beyond = slot;
      if (at < this.earliestBeyond) this.earliestBeyond = at;
    }
  }

  /** Moves the next bucket that is not empty into the heap, unless it begins after `until`. */
  private refill(until: number): boolean {
    for (;;) {
      const bucket = this.near.next(this.nearAt);
      if (bucket !== none) {
        const from = this.nearFrom + bucket * bucketWidth;
        if (from > until) return false;
        this.nearAt = bucket + 1;
        this.heapUntil = from + bucketWidth;
        let slot = this.near.take(bucket);
        while (slot !== none) {
          const link = this.links[slot];
          this.insert(slot);
          slot = link;
        }
        return true;
      }
      if (!this.turnFar(until) && !this.turnBeyond(until)) return false;
    }
  }

  /** The near wheel is empty: spreads the next bucket of the far wheel over it. */
  private turnFar(until: number): boolean {
    const bucket = this.far.next(this.farAt);
    if (bucket === none) return false;
    const from = this.farFrom + bucket * nearSpan;
    if (from > until) return false;
    this.farAt = bucket + 1;
    this.moveTo(from);
    this.placeAll(this.far.take(bucket));
    return true;
  }

  /** Both wheels are empty: moves them to where the earliest event beyond them is. */
  private turnBeyond(until: number): boolean {
    if (this.beyond === none || this.far.next(this.farAt) !== none) return false;
    const from = Math.floor(this.earliestBeyond / nearSpan) * nearSpan;
    if (from > until) return false;
    this.farFrom = from;
    this.farAt = 1;
    this.moveTo(from);
    const slot = this.beyond;
    this.beyond = none;
    this.earliestBeyond = Number.POSITIVE_INFINITY;
    this.placeAll(slot);
    return true;
  }

  private moveTo(from: number): void {
    this.nearFrom = from;
    this.nearAt = 0;
    this.heapUntil = from;
  }

  private placeAll(first: number): void {
    let slot = first;
    while (slot !== none) {
      const link = this.links[slot];
      this.place(slot, this.times[slot]);
      slot = link;
    }
  }

  private isBefore(a: number, b: number): boolean {
    const difference = this.times[a] - this.times[b];
    if (difference !== 0) return difference < 0;
    if (this.ranks[a] !== this.ranks[b]) return this.ranks[a] < this.ranks[b];
    if (this.highs[a] !== this.highs[b]) return this.highs[a] < this.highs[b];
    if (this.lows[a] !== this.lows[b]) return this.lows[a] < this.lows[b];
    return this.words[a] < this.words[b];
  }

  private insert(slot: number): void {
    if (this.heapSize === this.heap.length) {
      const larger = new Int32Array(this.heap.length * 2);
      larger.set(this.heap);
      this.heap = larger;
    }
    const heap = this.heap;
    let hole = this.heapSize;
    this.heapSize += 1;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      if (!this.isBefore(slot, heap[parent])) break;
      heap[hole] = heap[parent];
      hole = parent;
    }
    heap[hole] = slot;
  }

  private removeTop(): void {
    const heap = this.heap;
    this.heapSize -= 1;
    const size = this.heapSize;
    if (size === 0) return;
    const last = heap[size];
    let hole = 0;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= size) break;
      if (child + 1 < size && this.isBefore(heap[child + 1], heap[child])) child += 1;
      if (!this.isBefore(heap[child], last)) break;
      heap[hole] = heap[child];
      hole = child;
    }
    heap[hole] = last;
  }

  private grow(): void {
    const from = this.capacity;
    this.capacity = from * 2;
    const widen = <A extends Float64Array | Uint8Array | Uint32Array | Int32Array>(old: A): A => {
      const larger = new (old.constructor as new (length: number) => A)(this.capacity);
      larger.set(old);
      return larger;
    };
    this.times = widen(this.times);
    this.ranks = widen(this.ranks);
    this.highs = widen(this.highs);
    this.lows = widen(this.lows);
    this.words = widen(this.words);
    this.tokens = widen(this.tokens);
    this.links = widen(this.links);
    for (let slot = from; slot < this.capacity; slot += 1) this.targets.push(null);
    this.thread(from);
  }

  private thread(from: number): void {
    for (let slot = from; slot < this.capacity - 1; slot += 1) this.links[slot] = slot + 1;
    this.links[this.capacity - 1] = none;
    this.free = from;
  }
}
