import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import type { Scenario } from '../models/parse.ts';
import { type RunRecord, simulateRun } from './simulate-run.ts';

/** Told of a run's progress: its number and the share of simulated time that is done. */
export type Progress = (run: number, share: number) => void;

/** Runs of scenarios on all cores; results do not depend on how many. Close it when done. */
export class RunPool {
  private readonly pool: Piscina | undefined;
  private progress: Progress | undefined;

  /** @param jobs worker threads; 1 runs in this thread. Default: one a core. */
  constructor(readonly jobs: number = availableParallelism()) {
    if (jobs <= 1) return;
    const isSource = import.meta.url.endsWith('.ts');
    const worker = new URL(isSource ? './worker.ts' : './worker.js', import.meta.url);
    this.pool = new Piscina({
      filename: worker.href,
      maxThreads: jobs,
      minThreads: 0,
      // From source the worker is TypeScript: tsx must be found from here, not from the working directory.
      ...(isSource ? { execArgv: ['--import', import.meta.resolve('tsx')] } : {}),
    });
    this.pool.on('message', (message: { run: number; share: number }) =>
      this.progress?.(message.run, message.share),
    );
  }

  /** Runs `from` to `from + count - 1` of a scenario, in order of run whatever order they end in. */
  async runs(
    scenario: Scenario,
    seed: number,
    from: number,
    count: number,
    progress?: Progress,
  ): Promise<RunRecord[]> {
    this.progress = progress;
    const numbers = Array.from({ length: count }, (_, at) => from + at);
    const { pool } = this;
    if (pool === undefined) {
      return numbers.map((run) => simulateRun(scenario, seed, run, (share) => progress?.(run, share)));
    }
    return Promise.all(
      numbers.map((run) => pool.run({ text: scenario.text, seed, run }) as Promise<RunRecord>),
    );
  }

  async close(): Promise<void> {
    await this.pool?.destroy();
  }
}

export const defaultJobs = (): number => availableParallelism();
