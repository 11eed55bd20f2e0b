/**
 * Which records of a partition have had their effects: all below `base`, and some above it, since batches of several
 * instances and steps settle in an order of their own.
 */
export class SettledOffsets {
  /** By offset modulo its length. */
  private ring = new Uint8Array(64);
  private width = 0;

  constructor(
    /** Everything below is settled. */
    public base: number,
  ) {}

  /** @returns whether this is the first time for this offset */
  settle(offset: number): boolean {
    if (offset < this.base) return false;
    while (offset - this.base >= this.ring.length) this.widen();
    const place = offset & (this.ring.length - 1);
    if (this.ring[place] === 1) return false;
    this.ring[place] = 1;
    this.width = Math.max(this.width, offset + 1 - this.base);
    this.advance();
    return true;
  }

  /** Nobody will process what is below an offset. */
  skipTo(offset: number): void {
    while (this.base < offset) this.settle(this.base);
  }

  private advance(): void {
    const mask = this.ring.length - 1;
    while (this.ring[this.base & mask] === 1) {
      this.ring[this.base & mask] = 0;
      this.base += 1;
      this.width -= 1;
    }
  }

  private widen(): void {
    const wider = new Uint8Array(this.ring.length * 2);
    for (let offset = this.base; offset < this.base + this.width; offset += 1) {
      wider[offset & (wider.length - 1)] = this.ring[offset & (this.ring.length - 1)];
    }
    this.ring = wider;
  }
}
