const indexRange = 2 ** 22;
const instantRange = 2 ** 31;

/** Calls before the run, of several callers, put in order of time. Typed columns: there may be millions. */
export class CallLog {
  size = 0;
  private instants = new Float64Array(1024);
  private streams = new Uint16Array(1024);
  private origins = new Uint16Array(1024);
  private keys: Float64Array<ArrayBuffer>;

  constructor(private readonly keySlots: number) {
    this.keys = new Float64Array(1024 * keySlots);
  }

  /** More than four million calls are not kept: the latest to be told are dropped. */
  add(instant: number, stream: number, origin: number, keys: readonly number[]): void {
    if (this.size === indexRange) return;
    if (this.size === this.instants.length) this.widen();
    const at = this.size;
    this.instants[at] = instant;
    this.streams[at] = stream;
    this.origins[at] = origin;
    for (let slot = 0; slot < this.keySlots; slot += 1) this.keys[at * this.keySlots + slot] = keys[slot];
    this.size += 1;
  }

  /**
   * Tells all calls in order of time.
   * @param from no call is earlier (negative seconds); calls closer than |from| / 2³¹ are told in the order of adding
   * @param visit gets a list of keys that is only good until the next call
   */
  inOrder(
    from: number,
    visit: (instant: number, stream: number, origin: number, keys: readonly number[]) => void,
  ): void {
    const order = new Float64Array(this.size);
    for (let at = 0; at < this.size; at += 1) {
      const share = Math.min(1 - 2 ** -31, Math.max(0, 1 - this.instants[at] / from));
      // A sort of numbers without a comparator is several times faster than one of places.
      order[at] = Math.floor(share * instantRange) * indexRange + at;
    }
    order.sort();
    const keys = new Array<number>(this.keySlots).fill(Number.NaN);
    for (const packed of order) {
      const at = packed % indexRange;
      for (let slot = 0; slot < this.keySlots; slot += 1) keys[slot] = this.keys[at * this.keySlots + slot];
      visit(this.instants[at], this.streams[at], this.origins[at], keys);
    }
  }

  private widen(): void {
    const length = this.instants.length * 2;
    const longer = <A extends Float64Array | Uint16Array>(made: A, from: A): A => {
      made.set(from);
      return made;
    };
    this.instants = longer(new Float64Array(length), this.instants);
    this.streams = longer(new Uint16Array(length), this.streams);
    this.origins = longer(new Uint16Array(length), this.origins);
    this.keys = longer(new Float64Array(length * this.keySlots), this.keys);
  }
}
