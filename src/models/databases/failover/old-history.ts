import { CommitLog } from '../commit-log.ts';
import type { RowWrites } from '../row-writes.ts';

/** The log of an old primary from where its successor left it on: all of it will be undone. It knows which rows it has changed. */
export class OldHistory extends CommitLog {
  /** The first write of each row, by who remembers the row's newest in the history that stays. */
  private readonly first = new Map<RowWrites, Map<number, number>>();

  override append(now: number, writes: RowWrites | null, row: number): void {
    // What is remembered of the row elsewhere is of the history that stays.
    super.append(now, null, row);
    if (writes === null) return;
    const rows = this.first.get(writes) ?? new Map<number, number>();
    this.first.set(writes, rows);
    if (!rows.has(row)) rows.set(row, this.newest);
  }

  /**
   * Whether a row is another one than in the history that stays; where rows are not told apart, each may be.
   * @param upTo the last write that whoever is asked has applied
   */
  changes(writes: RowWrites | null, row: number, upTo: number): boolean {
    const first = writes === null ? 1 : this.first.get(writes)?.get(row);
    return first !== undefined && first <= upTo;
  }
}
