import type { Cursor } from '../cursor.ts';
import type { TimeSpent } from '../time-spent.ts';

/** Groups that are worked on one after the other. Lanes of a poll run side by side. */
export class Lane {
  /** A group has ended, and the next is to begin: looked at by whoever is in its loop. */
  isDue = true;
  isLooping = false;

  /** @param spent where its time is summed up, by segment */
  constructor(private readonly spent: TimeSpent) {}

  credit(cursor: Cursor): void {
    this.spent.addAll(cursor.spent);
  }

  /** Its time was the critical path of a cursor that has waited for all lanes. */
  giveTo(cursor: Cursor): void {
    if (cursor.spent !== this.spent) cursor.spent.addAll(this.spent);
  }
}
