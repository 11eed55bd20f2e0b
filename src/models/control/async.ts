import type { Cursor, Root } from '../cursor.ts';
import { defineStep, Step, type StepConfig } from '../step.ts';
import { stepList } from '../steps.ts';
import { Brancher } from './branch.ts';
import { finish } from './finish.ts';

/** Starts its steps beside the operation and goes on at once: nobody waits for them. */
class Async extends Step {
  constructor(
    next: Step,
    private readonly first: Step,
    private readonly brancher: Brancher,
  ) {
    super(next);
  }

  enter(cursor: Cursor): void {
    this.brancher.branch(cursor, 0, unattended).go(this.first);
    cursor.go(this.next);
  }
}

/** A root for cursors that nobody waits for. */
export const unattended: Root = {
  completed: (cursor) => cursor.release(),
  failed: (cursor) => cursor.release(),
};

export const async = defineStep<StepConfig[]>({
  verb: 'async',
  about: 'Starts a list of steps beside the operation and does not wait for it.',
  schema: stepList(),
  children: (steps) => [steps],
  compile: (steps, context) =>
    new Async(
      context.next,
      context.nested(steps, 'async', finish),
      new Brancher(context.wiring.cursors, context.path),
    ),
});
