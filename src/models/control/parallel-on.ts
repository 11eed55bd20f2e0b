import type { Executor } from '../contracts/service.ts';
import type { Cursor, Failure, Root } from '../cursor.ts';
import { Step } from '../step.ts';
import type { Brancher } from './branch.ts';
import { executorOf, type Task } from './task.ts';

/**
 * Hands its branches to an executor, one after the other, and waits for all, as `CompletableFuture.allOf(…).join()` does:
 * also for those that still run when one has failed. Whatever the caller holds it holds meanwhile.
 */
export class ParallelOn extends Step {
  /** @param segment of the time until the branch was handed over that ended last */
  constructor(
    next: Step,
    private readonly executor: string,
    readonly tasks: readonly Task[],
    readonly brancher: Brancher,
    readonly segment: number,
  ) {
    super(next);
  }

  enter(cursor: Cursor): void {
    const executor = executorOf(cursor, this.executor);
    new JoinAll(this, cursor, cursor.awaitAt(this.next), executor).submit();
  }
}

/** Waits for all branches of one parent, however they end. */
class JoinAll implements Root {
  private submitted = 0;
  private left = 0;
  /** A refused branch that the caller runs itself: meanwhile it hands over no others. */
  private own: Cursor | null = null;
  private failure: Failure | null = null;
  private isSubmitting = false;
  private isWaiting = false;

  constructor(
    private readonly step: ParallelOn,
    private readonly parent: Cursor,
    /** By which the parent knows that it waits for these branches, and does not live another life. */
    private readonly wait: number,
    private readonly executor: Executor,
  ) {}

  /** Hands over what is not handed over yet. */
  submit(): void {
    this.isSubmitting = true;
    const isStopped = this.handOver();
    this.isSubmitting = false;
    if (isStopped) return;
    if (this.left === 0) {
      this.end(null);
      return;
    }
    this.isWaiting = true;
    this.executor.joining(this.parent);
  }

  /** @returns whether it stopped before the last: refused, or while the caller runs one itself */
  private handOver(): boolean {
    const { step, parent, executor } = this;
    while (this.submitted < step.tasks.length) {
      const index = this.submitted;
      const task = step.tasks[index];
      const refusal = executor.refusal();
      this.submitted += 1;
      if (refusal === 'abort') {
        // Those already handed over run on, and nobody waits for them.
        parent.fail('rejected');
        return true;
      }
      this.left += 1;
      if (refusal === null) {
        executor.run(step.brancher.task(parent, index, this), task);
      } else if (refusal === 'caller-runs') {
        this.own = step.brancher.branch(parent, index, this);
        this.own.go(task.first);
        if (this.own !== null) return true;
      }
    }
    return false;
  }

  completed(child: Cursor): void {
    this.ended(child);
  }

  failed(child: Cursor, reason: Failure): void {
    this.failure ??= reason;
    this.ended(child);
  }

  private ended(child: Cursor): void {
    this.left -= 1;
    const isOwn = child === this.own;
    if (isOwn) this.own = null;
    if (this.parent.awaits(this.wait)) {
      if (this.isWaiting && this.left === 0) this.end(child);
      // One that ended at once finds the loop still running.
      else if (isOwn && !this.isSubmitting) this.submit();
    }
    child.release();
  }

  /** All are done. @param last the one that ended last: its time is the parent's */
  private end(last: Cursor | null): void {
    const { parent, executor, step } = this;
    if (this.isWaiting) executor.joined(parent);
    if (this.failure !== null) {
      parent.fail(this.failure);
      return;
    }
    const { now } = parent;
    const begun = last === null ? now : now - last.lifeTime;
    if (begun > parent.since) parent.spendUntil(step.segment, begun);
    if (last === null) parent.since = now;
    else parent.absorb(last);
    parent.finished();
  }
}
