/**
 * An open-addressing hash index from integer keys to entries 0 … size − 1, packed: key and expiry, and what else a
 * store keeps (links, counters), are plain arrays by entry. No allocation once its room is reached.
 *
 * Rule: linear probing at half load or less; deletion shifts back what probed past the hole, so there are no
 * tombstones. A slot keeps its key's hash beside the entry, so that keys are fetched only where they are likely the
 * same: in a large index each fetch is one from memory, and they are what it costs.
 * Source: Knuth, TAOCP vol. 3, 6.4, algorithm R; the mixer is the 32-bit finalizer of MurmurHash3 (public
 * domain).
 * Cost: 32 to 48 bytes an entry; a probe or two a search.
 */
export class KeyIndex {
  /** Key by entry. */
  keys: Float64Array;
  /** Expiry by entry; of a new entry, and of one given to another key, the caller's to set. */
  expiresAt: Float64Array;
  size = 0;
  /** By slot: entry + 1 (0 where there is none), then the hash of its key. */
  private slots: Int32Array;
  /** An index of `slots` is cut to it. */
  private mask: number;

  constructor(capacity: number) {
    this.keys = new Float64Array(capacity);
    this.expiresAt = new Float64Array(capacity);
    this.slots = new Int32Array(2 * slotCount(capacity));
    this.mask = this.slots.length - 1;
  }

  /** The key's entry, or −1. */
  find(key: number): number {
    const { slots, keys, mask } = this;
    const hash = mix(key);
    for (let slot = (hash << 1) & mask; ; slot = (slot + 2) & mask) {
      const entry = slots[slot] - 1;
      if (entry < 0 || (slots[slot + 1] === hash && keys[entry] === key)) return entry;
    }
  }

  /** Puts in a key that is not there; its entry is the last. Grows when full. */
  add(key: number): number {
    if (this.size === this.keys.length) this.grow();
    const entry = this.size++;
    this.keys[entry] = key;
    this.place(entry);
    return entry;
  }

  /**
   * Takes an entry out. The last entry takes its number: the caller moves its own columns from `size` to `entry`.
   */
  remove(entry: number): void {
    this.vacate(entry);
    const last = --this.size;
    if (entry === last) return;
    const slot = this.slotOf(last);
    this.keys[entry] = this.keys[last];
    this.expiresAt[entry] = this.expiresAt[last];
    this.slots[slot] = entry + 1;
  }

  /** Gives an entry to another key that is not there. */
  replace(entry: number, key: number): void {
    this.vacate(entry);
    this.keys[entry] = key;
    this.place(entry);
  }

  clear(): void {
    this.size = 0;
    this.slots.fill(0);
  }

  private place(entry: number): void {
    const { slots, mask } = this;
    const hash = mix(this.keys[entry]);
    let slot = (hash << 1) & mask;
    while (slots[slot] !== 0) slot = (slot + 2) & mask;
    slots[slot] = entry + 1;
    slots[slot + 1] = hash;
  }

  private slotOf(entry: number): number {
    const { slots, mask } = this;
    let slot = (mix(this.keys[entry]) << 1) & mask;
    while (slots[slot] !== entry + 1) slot = (slot + 2) & mask;
    return slot;
  }

  private vacate(entry: number): void {
    const { slots, mask } = this;
    let hole = this.slotOf(entry);
    for (let slot = (hole + 2) & mask; slots[slot] !== 0; slot = (slot + 2) & mask) {
      const home = (slots[slot + 1] << 1) & mask;
      if (((slot - home) & mask) >= ((slot - hole) & mask)) {
        slots[hole] = slots[slot];
        slots[hole + 1] = slots[slot + 1];
        hole = slot;
      }
    }
    slots[hole] = 0;
  }

  private grow(): void {
    this.keys = grown(this.keys);
    this.expiresAt = grown(this.expiresAt);
    this.slots = new Int32Array(2 * slotCount(this.keys.length));
    this.mask = this.slots.length - 1;
    for (let entry = 0; entry < this.size; entry++) this.place(entry);
  }
}

/** A column of twice the length with the same beginning. */
function grown(column: Float64Array): Float64Array<ArrayBuffer> {
  const longer = new Float64Array(Math.max(16, 2 * column.length));
  longer.set(column);
  return longer;
}

const slotCount = (capacity: number): number => 2 ** Math.ceil(Math.log2(Math.max(16, 2 * capacity)));

function mix(key: number): number {
  let h = (key | 0) ^ Math.imul((key / 4294967296) | 0, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
