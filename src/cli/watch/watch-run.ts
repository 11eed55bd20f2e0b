import { readFileSync } from 'node:fs';
import { type ParsedScenario, parseScenario, type Scenario } from '../../models/parse.ts';
import { renderSince } from '../../report/compare/since.ts';
import type { Result } from '../../result/index.ts';
import { version } from '../../result/version.ts';
import { comparisonOf } from '../../study/compare/comparison-of.ts';
import { RunPool } from '../../study/run-pool.ts';
import { runScenario } from '../../study/run-scenario.ts';
import { exitCode, Stop } from '../exit.ts';
import { progressLine } from '../progress.ts';
import { problemsText } from '../read-scenario.ts';
import { Reporting, type ReportingOptions } from '../reporting.ts';
import { stdoutLook } from '../terminal.ts';
import { FileWatch } from './file-watch.ts';

export interface WatchOptions extends ReportingOptions {
  readonly set: string[];
  readonly seed?: number;
  readonly runs?: number;
  readonly jobs?: number;
}

const cleanScreen = '\u001b[2J\u001b[3J\u001b[H';

/** `headroom run FILE --watch`: runs again as the file, or one that it reads, is saved. Ends by Ctrl-C only. */
export async function watchRuns(file: string, options: WatchOptions): Promise<never> {
  if (file === '-') throw new Stop(exitCode.usage, 'error: --watch needs a file: stdin is read once');
  const reporting = new Reporting(options);
  const session = new Session(file, options, reporting);
  return session.run();
}

class Session {
  private readonly watch = new FileWatch(() => this.saved());
  private last: Result | undefined;
  /** Ends the wait for a save, and the run that it makes out of date. */
  private wake: (() => void) | undefined;
  private isOutOfDate = false;

  constructor(
    private readonly file: string,
    private readonly options: WatchOptions,
    private readonly reporting: Reporting,
  ) {}

  async run(): Promise<never> {
    this.watch.watch([this.file]);
    this.watch.start();
    for (;;) {
      this.isOutOfDate = false;
      const { parsed, files } = this.read();
      this.watch.watch(files);
      if (process.stdout.isTTY) process.stdout.write(cleanScreen);
      process.stderr.write(problemsText(parsed));
      if (parsed.scenario !== undefined) await this.report(parsed.scenario);
      if (this.isOutOfDate) continue;
      process.stderr.write(`Watching ${[...files].join(', ')} · Ctrl-C ends\n`);
      await new Promise<void>((resolve) => {
        this.wake = resolve;
        if (this.isOutOfDate) resolve();
      });
    }
  }

  private saved(): void {
    this.isOutOfDate = true;
    this.wake?.();
  }

  /** The scenario, and every file that it is read from, also those that are not there yet. */
  private read(): { parsed: ParsedScenario; files: Set<string> } {
    const files = new Set([this.file]);
    const parsed = parseScenario(
      this.file,
      (path) => {
        files.add(path);
        return readFileSync(path);
      },
      this.options.set,
    );
    return { parsed, files };
  }

  /** Runs and reports, unless a save comes first: then the run is given up. */
  private async report(scenario: Scenario): Promise<void> {
    const { seed, runs, set: sets, jobs } = this.options;
    const pool = new RunPool(jobs);
    const progress = progressLine();
    const outOfDate = new Promise<undefined>((resolve) => {
      this.wake = () => resolve(undefined);
    });
    const { file } = this;
    const settings = { file, version, seed, runs, sets, pool, progress: progress.update };
    const running = runScenario(scenario, settings);
    try {
      const done = await Promise.race([running, outOfDate]);
      if (done === undefined) {
        // It ends as its threads do: nobody waits for what it would have said.
        running.catch(() => {});
        return;
      }
      progress.end(done.speed);
      await this.reporting.report([done.result]);
      this.tellChange(done.result);
      this.last = done.result;
    } finally {
      this.wake = undefined;
      progress.clear();
      await pool.close();
    }
  }

  private tellChange(result: Result): void {
    const { last } = this;
    if (last === undefined) return;
    const labels = ['before', 'now'];
    const comparison = comparisonOf([last, result], { version, labels, reference: 0 });
    process.stdout.write(`\n${renderSince(comparison, stdoutLook())}`);
  }
}
