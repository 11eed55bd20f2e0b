import type { Cursor, Failure, Root } from '../cursor.ts';

/** Waits for the parts of one step that several shards do side by side; the first failure fails it at once. */
export class Join implements Root {
  protected readonly since: number;

  /** @param wait by which the parent knows that it waits for these parts and no longer lives another life */
  constructor(
    protected readonly parent: Cursor,
    private readonly wait: number,
    private left: number,
  ) {
    this.since = parent.now;
  }

  /** The last part has been answered. */
  protected whole(_ticks: number): void {}

  completed(child: Cursor): void {
    const { parent } = this;
    this.left -= 1;
    if (this.left === 0 && parent.awaits(this.wait)) {
      // The shard that answers last is the critical path: its time is the step's.
      parent.absorb(child);
      this.whole(parent.now - this.since);
      parent.finished();
    }
    child.release();
  }

  failed(child: Cursor, reason: Failure): void {
    const { parent } = this;
    this.left -= 1;
    if (parent.awaits(this.wait)) {
      parent.absorb(child);
      parent.fail(reason);
    }
    child.release();
  }
}
