import type { Cursor } from '../cursor.ts';

/** Groups that are worked on one after the other. Lanes of a poll run side by side. */
export class Lane {
  /** A group has ended, and the next is to begin: looked at by whoever is in its loop. */
  isDue = true;
  isLooping = false;

  /** @param spent where its time is summed up, by segment */
  constructor(private readonly spent: Float64Array) {}

  credit(cursor: Cursor): void {
    for (let segment = 0; segment < this.spent.length; segment += 1)
      this.spent[segment] += cursor.spent[segment];
  }

  /** Its time was the critical path of a cursor that has waited for all lanes. */
  giveTo(cursor: Cursor): void {
    if (cursor.spent === this.spent) return;
    for (let segment = 0; segment < this.spent.length; segment += 1)
      cursor.spent[segment] += this.spent[segment];
  }
}
