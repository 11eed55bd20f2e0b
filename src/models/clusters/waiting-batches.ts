import type { Batch } from './batch.ts';

/**
 * The batches of a partition that are in its leader's log and that consumers may not read yet, in the order of their
 * offsets: first those of which it is known when they may (`replicatedAt`), then the others. A linked list.
 */
export class WaitingBatches {
  first: Batch | null = null;
  /** The first one of which it is not known when the high watermark passes it. */
  unplanned: Batch | null = null;
  private last: Batch | null = null;

  push(batch: Batch): void {
    batch.next = null;
    if (this.last === null) this.first = batch;
    else this.last.next = batch;
    this.last = batch;
    if (this.unplanned === null) this.unplanned = batch;
  }

  shift(): void {
    const first = this.first as Batch;
    this.first = first.next;
    if (this.first === null) this.last = null;
    first.next = null;
  }

  /** Takes out a batch and all after it. @returns them */
  cutFrom(batch: Batch): Batch[] {
    let before: Batch | null = null;
    for (let each = this.first; each !== batch && each !== null; each = each.next) before = each;
    const cut = this.from(batch);
    if (this.unplanned !== null && cut.includes(this.unplanned)) this.unplanned = null;
    this.last = before;
    if (before === null) this.first = null;
    else before.next = null;
    for (const each of cut) each.next = null;
    return cut;
  }

  /** A batch and all after it. */
  from(batch: Batch | null): Batch[] {
    const batches: Batch[] = [];
    for (let each = batch; each !== null; each = each.next) batches.push(each);
    return batches;
  }

  get all(): Batch[] {
    return this.from(this.first);
  }

  /** The first one that a claim holds for. */
  find(holds: (batch: Batch) => boolean): Batch | null {
    for (let each = this.first; each !== null; each = each.next) if (holds(each)) return each;
    return null;
  }
}
