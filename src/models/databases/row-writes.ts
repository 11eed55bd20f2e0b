import type { KeyPopulation } from '../contracts/keys.ts';

/** Remembers the newest write of each row, by its number in the shard's commit log; 0 where there is none. */
export interface RowWrites {
  newest(row: number): number;
  note(row: number, write: number): void;
  /** Every replica has applied this write: it need not be remembered if it is still the newest. */
  forget(row: number, write: number): void;
}

/** Populations up to this size have a table. */
const tabled = 1_000_000;

/** Rows of a population that is known beforehand and whose values each live in one shard: one table for all shards. */
export class TabledRows implements RowWrites {
  private readonly writes: Float64Array;

  constructor(count: number) {
    this.writes = new Float64Array(count);
  }

  static fits({ count }: KeyPopulation): boolean {
    return count <= tabled;
  }

  newest(row: number): number {
    return this.writes[row];
  }

  note(row: number, write: number): void {
    this.writes[row] = write;
  }

  forget(): void {}
}

/** Rows without number, of one shard: only those with a write that some replica lacks (or lacked lately) are kept. */
export class PendingRows implements RowWrites {
  private readonly writes = new Map<number, number>();

  newest(row: number): number {
    return this.writes.get(row) ?? 0;
  }

  note(row: number, write: number): void {
    this.writes.set(row, write);
  }

  forget(row: number, write: number): void {
    if (this.writes.get(row) === write) this.writes.delete(row);
  }
}
