import { z } from 'zod';
import type { Reference } from '../../scenario/index.ts';
import type { Cursor, Failure, Root } from '../cursor.ts';
import { defineStep, Step, type StepConfig } from '../step.ts';
import { stepList } from '../steps.ts';
import { Brancher } from './branch.ts';
import { finish } from './finish.ts';
import { executor, executorOf, Task } from './task.ts';

interface AsyncOptions {
  readonly on?: Reference;
  readonly do: readonly StepConfig[];
}

/** Starts its steps beside the operation and goes on at once: nobody waits for them, so they have no deadline. */
class Async extends Step {
  constructor(
    next: Step,
    private readonly first: Step,
    private readonly brancher: Brancher,
  ) {
    super(next);
  }

  enter(cursor: Cursor): void {
    const child = this.brancher.branch(cursor, 0, unattended);
    child.deadline = Number.POSITIVE_INFINITY;
    child.go(this.first);
    cursor.go(this.next);
  }
}

/** Hands its steps to an executor and goes on, where that has room for them. */
class AsyncOn extends Step {
  /** @param segment of the time that the caller takes to run them itself */
  constructor(
    next: Step,
    private readonly executor: string,
    private readonly task: Task,
    private readonly brancher: Brancher,
    private readonly segment: number,
  ) {
    super(next);
  }

  enter(cursor: Cursor): void {
    const executor = executorOf(cursor, this.executor);
    const refusal = executor.refusal();
    if (refusal === 'abort') {
      cursor.fail('rejected');
      return;
    }
    if (refusal === 'caller-runs') {
      const caller = new CallerRuns(cursor, cursor.awaitAt(this.next), this.segment);
      const child = this.brancher.branch(cursor, 0, caller);
      child.deadline = Number.POSITIVE_INFINITY;
      child.go(this.task.first);
      return;
    }
    if (refusal === null) {
      const child = this.brancher.task(cursor, 0, unattended);
      child.deadline = Number.POSITIVE_INFINITY;
      executor.run(child, this.task);
    }
    cursor.go(this.next);
  }
}

/** Runs a refused task itself before it goes on; what becomes of the task is nothing to it. */
class CallerRuns implements Root {
  constructor(
    private readonly parent: Cursor,
    private readonly wait: number,
    private readonly segment: number,
  ) {}

  completed(child: Cursor): void {
    const { parent } = this;
    if (parent.awaits(this.wait)) {
      parent.spendUntil(this.segment, parent.now);
      parent.finished();
    }
    child.release();
  }

  failed(child: Cursor, _reason: Failure): void {
    this.completed(child);
  }
}

/** A root for cursors that nobody waits for. */
export const unattended: Root = {
  completed: (cursor) => cursor.release(),
  failed: (cursor) => cursor.release(),
};

export const async = defineStep<AsyncOptions>({
  verb: 'async',
  about: 'Starts a list of steps beside the operation and does not wait for it.',
  schema: z.strictObject({ on: executor.optional(), do: stepList().describe('What is started.') }),
  short: 'do',
  children: (options) => [options.do],
  compile: (options, context) => {
    const { wiring, path, owner, next } = context;
    const brancher = new Brancher(wiring.cursors, path, 'async');
    const first = context.nested(options.do, 'async', finish);
    if (options.on === undefined) return new Async(next, first, brancher);
    const { name } = options.on;
    const segment = wiring.segments.number(owner, 'runs what an executor refused');
    return new AsyncOn(next, name, new Task(name, first), brancher, segment);
  },
});
