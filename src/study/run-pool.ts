import { availableParallelism } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { Piscina } from 'piscina';
import type { Scenario } from '../models/parse.ts';
import { type RunRecord, simulateRun } from './simulate-run.ts';
import type { RunOrder } from './worker.ts';

/** Told of a run's progress: its number and the share of simulated time that is done. */
export type Progress = (run: number, share: number) => void;

/** Whoever gives runs of scenarios: worker threads, or a folder with runs that are finished. */
export interface RunSource {
  /** Runs `from` to `from + count - 1` of a scenario, in order of run whatever order they end in. */
  runs(
    scenario: Scenario,
    seed: number,
    from: number,
    count: number,
    progress?: Progress,
  ): Promise<RunRecord[]>;
}

/** Whoever simulates runs, one at a time or many at once: this machine's cores, or workers on others. */
export interface RunMaker extends RunSource {
  run(scenario: Scenario, seed: number, run: number, progress?: (share: number) => void): Promise<RunRecord>;
  close(): Promise<void>;
}

/** Runs of scenarios on all cores; results do not depend on how many. Close it when done. */
export class RunPool implements RunMaker {
  private readonly pool: Piscina | undefined;
  private readonly listeners = new Map<number, (share: number) => void>();
  private orders = 0;

  /** @param jobs worker threads; 1 runs in this thread. Default: one a core. */
  constructor(readonly jobs: number = availableParallelism()) {
    if (jobs <= 1) return;
    const isSource = import.meta.url.endsWith('.ts');
    const worker = new URL(isSource ? './worker.ts' : './worker.js', import.meta.url);
    this.pool = new Piscina({
      filename: worker.href,
      maxThreads: jobs,
      minThreads: 0,
      // Between one load or point and the next: a worker that ends has all of its code to read again.
      idleTimeout: 10_000,
      // From source the worker is TypeScript: tsx must be found from here, not from the working directory.
      ...(isSource ? { execArgv: ['--import', import.meta.resolve('tsx')] } : {}),
    });
    this.pool.on('message', ({ order, share }: { order: number; share: number }) =>
      this.listeners.get(order)?.(share),
    );
  }

  runs(scenario: Scenario, seed: number, from: number, count: number, progress?: Progress) {
    return runsOf(from, count, (run) => this.run(scenario, seed, run, (share) => progress?.(run, share)));
  }

  /** One run. */
  async run(
    scenario: Scenario,
    seed: number,
    run: number,
    progress?: (share: number) => void,
  ): Promise<RunRecord> {
    const { pool } = this;
    if (pool === undefined) {
      // Between two runs the thread is free for a moment, for whoever wants to interrupt.
      await setImmediate();
      return simulateRun(scenario, seed, run, progress);
    }
    this.orders += 1;
    const order: RunOrder = { text: scenario.text, seed, run, order: this.orders };
    if (progress !== undefined) this.listeners.set(order.order, progress);
    try {
      return await pool.run(order);
    } finally {
      this.listeners.delete(order.order);
    }
  }

  async close(): Promise<void> {
    await this.pool?.destroy();
  }
}

/** Several runs at once, in order of run. */
export const runsOf = (
  from: number,
  count: number,
  one: (run: number) => Promise<RunRecord>,
): Promise<RunRecord[]> => Promise.all(Array.from({ length: count }, (_, at) => one(from + at)));

export const defaultJobs = (): number => availableParallelism();
