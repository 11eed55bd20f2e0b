import type { Cursor, FrameOwner, Host } from './cursor.ts';
import type { Step } from './step.ts';

/** One thing that a cursor stands inside of, and what the cursor is again when it has left. Pooled. */
export class Frame {
  cursor!: Cursor;
  owner!: FrameOwner;
  /** What was entered before. */
  below: Frame | null = null;
  /** Where the cursor goes on once it has left with an answer. */
  next!: Step;
  place = 0;
  host: Host | null = null;
  high = 0;
  low = 0;
  word = 0;
  /** A number that the owner keeps with the frame (an instant of arrival). */
  mark = 0;
  /** Whether it holds a unit (a thread) that its owner must give back. */
  holding = false;
  /** Its place in a list that its owner keeps; −1 in none. */
  slot = -1;
}
