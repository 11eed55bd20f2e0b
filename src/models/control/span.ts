import type { Cursor, FrameOwner } from '../cursor.ts';
import { type Span, Step } from '../step.ts';
import { finish } from './finish.ts';

/** Enters the frame of a watched stretch. What a batch's flush does is not watched: it is many operations' doing. */
class OpenSpan extends Step {
  constructor(
    next: Step,
    private readonly owner: FrameOwner,
  ) {
    super(next);
  }

  enter(cursor: Cursor): void {
    if (cursor.operation.rows === undefined) cursor.push(this.owner, finish, cursor.place, cursor.host);
    cursor.go(this.next);
  }
}

/** Leaves it. */
class CloseSpan extends Step {
  constructor(
    next: Step,
    private readonly owner: FrameOwner,
  ) {
    super(next);
  }

  enter(cursor: Cursor): void {
    if (cursor.innermost !== this.owner) {
      cursor.go(this.next);
      return;
    }
    cursor.frame.next = this.next;
    cursor.pop();
  }
}

/** What stands before step number `at`: the longest of the stretches that begin there is entered first. */
export const opened = (spans: readonly Span[], at: number, step: Step): Step =>
  spans
    .filter(({ from }) => from === at)
    .sort((a, b) => a.to - b.to)
    .reduce((next, { owner }) => new OpenSpan(next, owner), step);

/** What stands after step number `at`: of the stretches that end there the shortest is left first. */
export const closed = (spans: readonly Span[], at: number, next: Step): Step =>
  spans
    .filter(({ to }) => to === at)
    .sort((a, b) => a.from - b.from)
    .reduce((step, { owner }) => new CloseSpan(step, owner), next);
