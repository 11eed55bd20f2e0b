import type { Cursor } from '../cursor.ts';
import { Step } from '../step.ts';

/** The end of a list that a cursor runs for somebody else: tells its root. */
class Finish extends Step {
  constructor() {
    super(undefined as unknown as Step);
  }

  enter(cursor: Cursor): void {
    cursor.root.completed(cursor);
  }
}

export const finish: Step = new Finish();
