import type { EventTarget } from '../../sim/event-queue.ts';
import { unattended } from '../control/async.ts';
import type { Cursor } from '../cursor.ts';

/** Word to an attempt, on its way, that nobody waits for it any more. */
export class Stop implements EventTarget {
  constructor(private cursor: Cursor | null) {}

  /** The attempt goes on in another cursor, or (null) has ended. */
  follow(cursor: Cursor, by: Cursor | null): void {
    if (cursor === this.cursor) this.cursor = by;
  }

  fire(): void {
    const { cursor } = this;
    this.cursor = null;
    cursor?.cancel(unattended);
  }
}
