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

const bucketWidthBits = 17; // 2^17 ns = 131 µs
const bucketCount = 8192; // the near wheel spans 1.07 s, the far wheel 2.4 h
const bucketWidth = 2 ** bucketWidthBits;
const nearSpan = bucketWidth * bucketCount;
const farSpan = nearSpan * bucketCount;
const none = -1;

/**
 * The pending events, popped in order of (time, rank, high, low, word).
 *
 * A hierarchical timing wheel before a small binary heap: an event waits in a bucket of the far or near wheel until
 * the clock reaches its bucket, and only the events of the current 131 µs are kept in heap order. Cost of a pop and a
 * push is near constant up to a million pending. Times are integer nanoseconds, exact to 2^53.
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

  private heap = new Int32Array(1024);
  private heapSize = 0;
  private readonly near = new Int32Array(bucketCount).fill(none);
  private nearSize = 0;
  private readonly far = new Int32Array(bucketCount).fill(none);
  private farSize = 0;
  private beyond = none;
  private beyondSize = 0;

  /** All events before this instant are in the heap. */
  private heapUntil = bucketWidth;
  private nearUntil = nearSpan;
  private farUntil = farSpan;

  /** The event taken last: its instant and token. */
  at = 0;
  token = 0;

  constructor() {
    this.thread(0);
  }

  get size(): number {
    return this.heapSize + this.nearSize + this.farSize + this.beyondSize;
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
    this.place(slot, at);
  }

  /** Takes the earliest event at or before `until`, or answers null and leaves the queue as it is. */
  pop(until: number): EventTarget | null {
    if (this.heapSize === 0 && !this.refill(until)) return null;
    const slot = this.heap[0];
    const at = this.times[slot];
    if (at > until) return null;
    this.removeTop();
    const target = this.targets[slot] as EventTarget;
    this.at = at;
    this.token = this.tokens[slot];
    this.targets[slot] = null;
    this.links[slot] = this.free;
    this.free = slot;
    return target;
  }

  private place(slot: number, at: number): void {
    if (at < this.heapUntil) {
      this.insert(slot);
    } else if (at < this.nearUntil) {
      const bucket = Math.floor(at / bucketWidth) % bucketCount;
      this.links[slot] = this.near[bucket];
      this.near[bucket] = slot;
      this.nearSize += 1;
    } else if (at < this.farUntil) {
      const bucket = Math.floor(at / nearSpan) % bucketCount;
      this.links[slot] = this.far[bucket];
      this.far[bucket] = slot;
      this.farSize += 1;
    } else {
      this.links[slot] = this.beyond;
      this.beyond = slot;
      this.beyondSize += 1;
    }
  }

  /** Moves the wheels on until the heap holds an event or `until` is passed. */
  private refill(until: number): boolean {
    while (this.heapSize === 0) {
      if (this.heapUntil > until) return false;
      if (this.heapUntil >= this.nearUntil) {
        if (!this.turnFar(until)) return false;
      }
      if (this.nearSize === 0) {
        this.heapUntil = this.nearUntil;
        continue;
      }
      const bucket = Math.floor(this.heapUntil / bucketWidth) % bucketCount;
      this.heapUntil += bucketWidth;
      let slot = this.near[bucket];
      this.near[bucket] = none;
      while (slot !== none) {
        const link = this.links[slot];
        this.nearSize -= 1;
        this.insert(slot);
        slot = link;
      }
    }
    return true;
  }

  /** Spills the next bucket of the far wheel into the near wheel, skipping empty stretches of time. */
  private turnFar(until: number): boolean {
    if (this.farSize === 0) {
      if (this.beyondSize === 0) return false;
      this.turnBeyond();
    }
    while (this.heapUntil <= until) {
      if (this.nearUntil >= this.farUntil) this.turnBeyond();
      const bucket = Math.floor(this.nearUntil / nearSpan) % bucketCount;
      this.nearUntil += nearSpan;
      if (this.far[bucket] !== none) {
        this.spill(this.far, bucket);
        return true;
      }
      this.heapUntil = this.nearUntil;
    }
    return false;
  }

  private spill(wheel: Int32Array, bucket: number): void {
    let slot = wheel[bucket];
    wheel[bucket] = none;
    while (slot !== none) {
      const link = this.links[slot];
      this.farSize -= 1;
      this.place(slot, this.times[slot]);
      slot = link;
    }
  }

  private turnBeyond(): void {
    this.farUntil += farSpan;
    let slot = this.beyond;
    this.beyond = none;
    this.beyondSize = 0;
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
