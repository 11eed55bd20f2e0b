import { z } from 'zod';
import type { Cursor, Failure, Root } from '../cursor.ts';
import { indexLimit } from '../operation.ts';
import { defineStep, Step, type StepConfig } from '../step.ts';
import { stepList } from '../steps.ts';
import { Brancher } from './branch.ts';
import { finish } from './finish.ts';

/** Runs its branches side by side and goes on when the last is done; the first failure fails it at once. */
class Parallel extends Step {
  constructor(
    next: Step,
    private readonly branches: readonly Step[],
    private readonly brancher: Brancher,
  ) {
    super(next);
  }

  enter(cursor: Cursor): void {
    if (this.branches.length === 0) {
      cursor.go(this.next);
      return;
    }
    const join = new Join(cursor, cursor.awaitAt(this.next), this.branches.length);
    // All are there before the first goes: it may fail at once, and its parent be gone.
    const children: Cursor[] = [];
    for (let index = 0; index < this.branches.length; index += 1)
      children.push(this.brancher.branch(cursor, index, join));
    for (let index = 0; index < children.length; index += 1) children[index].go(this.branches[index]);
  }
}

/** Waits for all branches of one parent. */
class Join implements Root {
  constructor(
    private readonly parent: Cursor,
    /** By which the parent knows that it waits for these branches, and does not live another life. */
    private readonly wait: number,
    private left: number,
  ) {}

  completed(child: Cursor): void {
    this.left -= 1;
    if (this.left === 0 && this.parent.awaits(this.wait)) {
      // The branch that ends last is the critical path: its time is the parent's.
      this.takeOver(child);
      this.parent.finished();
    }
    child.release();
  }

  failed(child: Cursor, reason: Failure): void {
    this.left -= 1;
    if (this.parent.awaits(this.wait)) {
      this.takeOver(child);
      this.parent.fail(reason);
    }
    child.release();
  }

  private takeOver(child: Cursor): void {
    const { parent } = this;
    for (let segment = 0; segment < parent.spent.length; segment += 1)
      parent.spent[segment] += child.spent[segment];
    parent.since = parent.now;
  }
}

export const parallel = defineStep<StepConfig[][]>({
  verb: 'parallel',
  about: 'Runs several lists of steps side by side and waits for all: a list of lists.',
  schema: z.array(stepList()).max(indexLimit),
  children: (branches) => branches,
  compile: (branches, context) =>
    new Parallel(
      context.next,
      branches.map((branch, index) => context.nested(branch, String(index), finish)),
      new Brancher(context.wiring.cursors, context.path),
    ),
});
