import { Option } from 'commander';
import { version } from '../result/version.ts';
import type { RunMaker } from '../study/run-pool.ts';
import { KeptRuns } from '../study/units/kept-runs.ts';
import { UnitStore, UnusableStore } from '../study/units/unit-store.ts';
import { exitCode, Stop } from './exit.ts';
import { openRuns, type QueueOptions } from './queue-option.ts';

/** Where finished runs are kept unless told otherwise, from the working directory. */
const keptFolder = '.headroom';

export interface KeepingOptions {
  readonly keep: string;
  readonly resume?: boolean;
}

/** `--resume` and `--keep`. */
export const keepingOptions = (): Option[] => [
  new Option('--resume', 'go on: runs that were finished before are not simulated again'),
  new Option(
    '--keep <folder>',
    'where finished runs are kept, so that nothing is lost with an interruption',
  ).default(keptFolder),
];

/**
 * Simulates on this machine's cores, or by the workers at a queue, and keeps what is finished.
 * @param progress shows how far it is, until it is over
 * @param simulate is given the runs, and how many points are worked on at a time
 */
export async function withKeptRuns<T>(
  options: KeepingOptions & QueueOptions,
  progress: { clear(): void },
  simulate: (runs: KeptRuns, atOnce: number) => Promise<T>,
): Promise<T> {
  const { maker, atOnce } = await openRuns(options);
  try {
    const work = new KeptWork(maker, options);
    const found = await simulate(work.runs, atOnce);
    progress.clear();
    work.end();
    return found;
  } finally {
    progress.clear();
    await maker.close();
  }
}

/** Runs that are kept while a command works; an interruption says how to go on. */
class KeptWork {
  readonly runs: KeptRuns;
  private readonly onInterrupt = () => {
    process.stderr.write(`\n${this.runs.kept} finished runs are kept in ${this.folder}: --resume goes on`);
  };

  /** @throws Stop where nothing can be kept */
  constructor(
    pool: RunMaker,
    private readonly options: KeepingOptions,
  ) {
    const store = stopped(
      () =>
        new UnitStore(options.keep, version, (file, problem) =>
          process.stderr.write(`warning: ${file}: ${problem}; it is simulated again\n`),
        ),
    );
    this.runs = new KeptRuns(pool, store, options.resume === true);
    process.prependListener('SIGINT', this.onInterrupt);
  }

  private get folder(): string {
    return this.options.keep;
  }

  /** What was found and what was simulated, on stderr. */
  end(): void {
    process.off('SIGINT', this.onInterrupt);
    const { found, simulated } = this.runs;
    if (found > 0) process.stderr.write(`${found} runs were finished before, ${simulated} simulated now\n`);
  }
}

function stopped<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof UnusableStore) throw new Stop(exitCode.usage, `error: ${error.message}`);
    throw error;
  }
}
