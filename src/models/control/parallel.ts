import { z } from 'zod';
import type { Reference } from '../../scenario/index.ts';
import type { Attended, Cursor, Failure, Root } from '../cursor.ts';
import { indexLimit } from '../operation.ts';
import { defineStep, Step, type StepConfig } from '../step.ts';
import { stepList } from '../steps.ts';
import { unattended } from './async.ts';
import { Brancher } from './branch.ts';
import { finish } from './finish.ts';
import { ParallelOn } from './parallel-on.ts';
import { executor, Task } from './task.ts';

interface ParallelOptions {
  readonly on?: Reference;
  readonly branches: readonly (readonly StepConfig[])[];
}

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
    // All are there before the first goes: it may fail at once, and its parent be gone.
    const children: (Cursor | null)[] = [];
    const join = new Join(cursor, cursor.awaitAt(this.next), this.branches.length, children);
    cursor.attended = join;
    for (let index = 0; index < this.branches.length; index += 1)
      children.push(this.brancher.branch(cursor, index, join));
    for (let index = 0; index < this.branches.length; index += 1) {
      children[index]?.go(this.branches[index]);
    }
  }
}

/** Waits for all branches of one parent. */
class Join implements Root, Attended {
  constructor(
    private readonly parent: Cursor,
    /** By which the parent knows that it waits for these branches, and does not live another life. */
    private readonly wait: number,
    private left: number,
    /** By their number; null once ended. */
    private readonly children: (Cursor | null)[],
  ) {}

  completed(child: Cursor): void {
    this.left -= 1;
    if (this.left === 0 && this.parent.awaits(this.wait)) {
      // The branch that ends last is the critical path: its time is the parent's.
      this.parent.absorb(child);
      this.parent.finished();
    }
    this.retire(child);
  }

  failed(child: Cursor, reason: Failure): void {
    this.left -= 1;
    if (this.parent.awaits(this.wait)) {
      this.parent.absorb(child);
      this.parent.fail(reason);
    }
    this.retire(child);
  }

  cancelled(wait: number): void {
    if (wait !== this.wait) return;
    for (const child of this.children) child?.cancel(unattended);
  }

  private retire(child: Cursor): void {
    this.children[this.children.indexOf(child)] = null;
    child.release();
  }
}

export const parallel = defineStep<ParallelOptions>({
  verb: 'parallel',
  about: 'Runs several lists of steps side by side and waits for all: a list of lists.',
  schema: z.strictObject({
    on: executor.optional(),
    branches: z.array(stepList()).max(indexLimit).describe('Lists of steps, run side by side.'),
  }),
  short: 'branches',
  children: ({ branches }) => branches,
  compile: ({ on, branches }, context) => {
    const brancher = new Brancher(context.wiring.cursors, context.path, 'branch');
    const compiled = branches.map((branch, index) => context.nested(branch, String(index), finish));
    if (on === undefined) return new Parallel(context.next, compiled, brancher);
    const tasks = compiled.map((first) => new Task(on.name, first));
    const segment = context.wiring.segments.number(context.owner, 'waits for its branches', true);
    return new ParallelOn(context.next, on.name, tasks, brancher, segment);
  },
});
