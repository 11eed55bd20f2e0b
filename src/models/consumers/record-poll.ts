import type { KeptForPoll, Operation, Poll } from '../operation.ts';

/** What a step keeps for a poll. */
interface Kept {
  readonly by: object;
  readonly thing: KeptForPoll;
  /** What another step keeps. */
  readonly other: Kept | null;
}

/** One poll of a member, as the steps that its records run through see it. */
export class RecordPoll implements Poll {
  /** The operation of its last record, once that is under way. */
  last: Operation | null = null;
  private newest: Kept | null = null;

  isLast(operation: Operation): boolean {
    return operation === this.last;
  }

  kept<T extends KeptForPoll>(by: object, make: () => T): T {
    for (let kept = this.newest; kept !== null; kept = kept.other) if (kept.by === by) return kept.thing as T;
    const thing = make();
    this.newest = { by, thing, other: this.newest };
    return thing;
  }

  /** Its last operation has ended, or its member has died. */
  end(): void {
    end(this.newest);
  }
}

/** In the order in which they were made. */
function end(kept: Kept | null): void {
  if (kept === null) return;
  end(kept.other);
  kept.thing.pollEnded?.();
}
