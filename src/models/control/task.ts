import { reference } from '../../scenario/index.ts';
import type { Executor, ServiceHost } from '../contracts/service.ts';
import type { Cursor } from '../cursor.ts';
import { Step } from '../step.ts';

/** The option `on` of steps whose lists can run on an executor's threads. */
export const executor = reference(
  'executors',
  'An executor of the same service: each list takes one of its threads, waits for one in its queue, or is refused. Default: no bound.',
);

/** The executor of the instance that a cursor stands on. */
export function executorOf(cursor: Cursor, name: string): Executor {
  const host = cursor.host as Partial<ServiceHost> | null;
  const found = host?.executor?.(name);
  if (found === undefined) throw new Error(`nobody here has an executor ${name}`);
  return found;
}

/** Where a task goes on that has waited for a thread: takes it, then runs its steps. */
export class Task extends Step {
  constructor(
    private readonly name: string,
    readonly first: Step,
  ) {
    super(undefined as unknown as Step);
  }

  enter(cursor: Cursor): void {
    executorOf(cursor, this.name).begin(cursor, this.first);
  }
}
