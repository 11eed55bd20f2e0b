import { Command } from 'commander';
import type { Scenario } from '../models/parse.ts';
import type { ResultHeadroom } from '../result/index.ts';
import { version } from '../result/version.ts';
import { findLimit } from '../study/limit/find-limit.ts';
import { headroomOf } from '../study/limit/headroom-of.ts';
import { defaultJobs, RunPool } from '../study/run-pool.ts';
import { runScenario } from '../study/run-scenario.ts';
import { exitCode, Stop } from './exit.ts';
import { setOption, wholeNumber } from './options.ts';
import { pointProgress } from './point-progress.ts';
import { progressLine } from './progress.ts';
import { readScenario } from './read-scenario.ts';
import { Reporting, type ReportingOptions, reporterOption } from './reporting.ts';

interface RunOptions extends ReportingOptions {
  readonly set: string[];
  readonly seed?: number;
  readonly runs?: number;
  readonly jobs?: number;
  readonly limit?: boolean;
}

/** `headroom run FILE`: simulates a scenario and reports. */
export function runCommand(): Command {
  return new Command('run')
    .description('simulate a scenario and report: does the design hold?')
    .argument('<file>', 'scenario file; - for stdin')
    .option('--seed <n>', 'seed of all randomness', wholeNumber(0))
    .option('--runs <n>', 'independent runs', wholeNumber(1))
    .option('--jobs <n>', `runs at a time (default: one a core, ${defaultJobs()} here)`, wholeNumber(1))
    .option('--limit', 'find out how far the load can grow, too: headroom limit, as the headline')
    .option('--json', 'print the result document: --reporter json')
    .addOption(reporterOption())
    .addOption(setOption())
    .action(async (file: string, options: RunOptions) => {
      const reporting = new Reporting(options);
      const scenario = readScenario(file, options.set);
      const pool = new RunPool(options.jobs);
      const progress = progressLine();
      try {
        const { result, speed } = await runScenario(scenario, {
          file,
          version,
          seed: options.seed,
          runs: options.runs,
          sets: options.set,
          pool,
          progress: progress.update,
        });
        progress.end(speed);
        const headroom = options.limit ? await headroomOfRun(scenario, file, options, pool) : undefined;
        await reporting.report([headroom === undefined ? result : { ...result, headroom }]);
        if (result.verdict === 'fail') throw new Stop(exitCode.failed);
      } finally {
        progress.clear();
        await pool.close();
      }
    });
}

/** How far the load can grow, by as many runs at each load as the run had. */
async function headroomOfRun(
  scenario: Scenario,
  file: string,
  { seed, runs, set: sets }: RunOptions,
  pool: RunPool,
): Promise<ResultHeadroom> {
  const progress = pointProgress();
  try {
    return headroomOf(
      await findLimit(scenario, { file, version, seed, runs, sets, pool, progress: progress.update }),
    );
  } finally {
    progress.clear();
  }
}
