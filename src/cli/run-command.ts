import { Command, Option } from 'commander';
import type { Scenario } from '../models/parse.ts';
import type { ResultHeadroom } from '../result/index.ts';
import { version } from '../result/version.ts';
import { findLimit } from '../study/limit/find-limit.ts';
import { headroomOf } from '../study/limit/headroom-of.ts';
import { defaultJobs, type RunSource } from '../study/run-pool.ts';
import { runScenario } from '../study/run-scenario.ts';
import { exitCode, Stop } from './exit.ts';
import { collect, setOption, wholeNumber } from './options.ts';
import { pointProgress } from './point-progress.ts';
import { progressLine } from './progress.ts';
import { openRuns, type QueueOptions, queueOption } from './queue-option.ts';
import { readScenario } from './read-scenario.ts';
import { Reporting, type ReportingOptions, reporterOption } from './reporting.ts';
import { runWithLosses } from './survive-run.ts';
import {
  prepareTrace,
  refuseTraceBeside,
  type TraceOptions,
  tellRequest,
  traceOption,
  traceRequestOption,
  writeSample,
} from './trace-options.ts';
import { watchRuns } from './watch/watch-run.ts';

export interface RunOptions extends ReportingOptions, QueueOptions, TraceOptions {
  readonly lose: string[];
  readonly set: string[];
  readonly seed?: number;
  readonly runs?: number;
  readonly limit?: boolean;
  readonly watch?: boolean;
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
    .option('--watch', 'run again as the file is saved, and say what that changed; Ctrl-C ends')
    .option('--json', 'print the result document: --reporter json')
    .addOption(
      new Option(
        '--lose <place>',
        'lose it at the peak, and say whether the others bear the load: each-region, each-zone, us-east, us-east.2 (repeatable)',
      )
        .argParser(collect)
        .default([], 'nothing'),
    )
    .addOption(reporterOption())
    .addOption(queueOption())
    .addOption(traceOption())
    .addOption(traceRequestOption())
    .addOption(setOption())
    .action(async (file: string, options: RunOptions) => {
      if (options.watch) refuseBesideWatch(options);
      if (options.lose.length > 0 && options.limit)
        throw new Stop(
          exitCode.usage,
          'error: --limit and --lose answer different questions: ask one at a time',
        );
      refuseTraceBeside('--lose', options.lose.length > 0, options);
      if (options.lose.length > 0) return runWithLosses(file, options);
      if (options.watch) return watchRuns(file, options);
      prepareTrace(options);
      const reporting = new Reporting(options);
      const scenario = readScenario(file, options.set);
      if (options.traceRequest !== undefined) {
        refuseTraceBeside('a report', options.json === true || options.reporter.length > 0, options);
        return tellRequest(options, scenario, file, options.seed);
      }
      const { maker: pool } = await openRuns(options);
      const progress = progressLine();
      try {
        const { result, speed, records } = await runScenario(scenario, {
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
        await writeSample(options, scenario, records, result);
        if (result.verdict === 'fail') throw new Stop(exitCode.failed);
      } finally {
        progress.clear();
        await pool.close();
      }
    });
}

/** A watched run is a first look, again and again. */
function refuseBesideWatch({ lose, limit, queue, trace, traceRequest }: RunOptions): void {
  const others = {
    '--lose': lose.length > 0,
    '--limit': limit,
    '--queue': queue,
    '--trace': trace,
    '--trace-request': traceRequest,
  };
  const other = Object.entries(others).find(([, value]) => value !== undefined && value !== false);
  if (other !== undefined)
    throw new Stop(exitCode.usage, `error: --watch runs and reports, without ${other[0]}`);
}

/** How far the load can grow, by as many runs at each load as the run had. */
async function headroomOfRun(
  scenario: Scenario,
  file: string,
  { seed, runs, set: sets }: RunOptions,
  pool: RunSource,
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
