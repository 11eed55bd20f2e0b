import type { KeptForPoll, Operation, Poll } from '../operation.ts';

/** One poll of a member, as the steps that its records run through see it. */
export class RecordPoll implements Poll {
  /** The operation of its last record, once that is under way. */
  last: Operation | null = null;
  /** By whom, and what; a few at most. */
  private readonly keepers: object[] = [];
  private readonly things: KeptForPoll[] = [];

  isLast(operation: Operation): boolean {
    return operation === this.last;
  }

  kept<T extends KeptForPoll>(by: object, make: () => T): T {
    const at = this.keepers.indexOf(by);
    if (at >= 0) return this.things[at] as T;
    const thing = make();
    this.keepers.push(by);
    this.things.push(thing);
    return thing;
  }

  /** Its last operation has ended, or its member has died. */
  end(): void {
    for (const thing of this.things) thing.pollEnded?.();
  }
}
