/**
 * The numbers by which an idempotent producer's batches are taken in order and once: per partition, the number of the
 * last batch that the log has, and the next one is taken after it only. A number that will never come (its batch was
 * given up, or was lost after it had been acknowledged) is passed over.
 */
export class Sequences {
  private readonly opened: Int32Array;
  private readonly taken: Int32Array;
  private readonly skipped = new Map<number, Set<number>>();

  constructor(partitions: number) {
    this.opened = new Int32Array(partitions);
    this.taken = new Int32Array(partitions);
  }

  /** The number of a new batch: 1, 2, … */
  next(partition: number): number {
    this.opened[partition] += 1;
    return this.opened[partition];
  }

  isNext(partition: number, sequence: number): boolean {
    return sequence === this.taken[partition] + 1;
  }

  /** The leader has it in its log. */
  take(partition: number, sequence: number): void {
    this.taken[partition] = sequence;
    if (this.skipped.size > 0) this.passOver(partition);
  }

  /** The log has lost it, and it is to be sent again. */
  untake(partition: number, sequence: number): void {
    if (sequence <= this.taken[partition]) this.taken[partition] = sequence - 1;
  }

  /** It is not waited for. */
  skip(partition: number, sequence: number): void {
    if (sequence <= this.taken[partition]) return;
    const skipped = this.skipped.get(partition) ?? new Set();
    this.skipped.set(partition, skipped.add(sequence));
    this.passOver(partition);
  }

  private passOver(partition: number): void {
    const skipped = this.skipped.get(partition);
    if (skipped === undefined) return;
    while (skipped.delete(this.taken[partition] + 1)) this.taken[partition] += 1;
    if (skipped.size === 0) this.skipped.delete(partition);
  }
}
