import type { Cursor } from '../cursor.ts';
import { Step } from '../step.ts';

/** The end of a list that a cursor runs for somebody else: leaves what it stands inside of, then tells its root. */
class Finish extends Step {
  constructor() {
    super(undefined as unknown as Step);
  }

  enter(cursor: Cursor): void {
    if (cursor.isOutside) cursor.root.completed(cursor);
    else cursor.pop();
  }
}

export const finish: Step = new Finish();
