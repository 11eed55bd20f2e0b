import { Command } from 'commander';
import { checkReporters } from '../report/check/reporters.ts';
import { type CheckResult, checkFormat } from '../result/index.ts';
import { version } from '../result/version.ts';
import { checkResult } from '../study/check/check-result.ts';
import {
  baselineFolder,
  baselinePath,
  readBaselineFile,
  refuseSharedBaselines,
  scenariosIn,
} from './baseline-files.ts';
import { checkedRun } from './checked-run.ts';
import { exitCode, Stop } from './exit.ts';
import { setOption, wholeNumber } from './options.ts';
import { openRuns, type QueueOptions, queueOption } from './queue-option.ts';
import { Reporting, type ReportingOptions, reporterOption } from './reporting.ts';

interface CheckOptions extends ReportingOptions, QueueOptions {
  readonly baselines: string;
  readonly set: string[];
  readonly seed?: number;
  readonly runs?: number;
}

/** `headroom check [FILES…]`: did anything get worse? For CI. */
export function checkCommand(): Command {
  return new Command('check')
    .description('hold scenarios against their baselines: did anything get worse? For CI')
    .argument('[files...]', 'scenario files, or saved results (default: every scenario that has a baseline)')
    .option('--baselines <folder>', 'where baselines lie', baselineFolder)
    .option('--seed <n>', 'another seed: runs then do not pair with the baseline’s', wholeNumber(0))
    .option('--runs <n>', 'independent runs, 20 or more (default: check.runs)', wholeNumber(20))
    .option('--jobs <n>', 'runs at a time (default: one a core)', wholeNumber(1))
    .option('--json', 'print the check as a document: --reporter json')
    .addOption(reporterOption(checkReporters))
    .addOption(queueOption())
    .addOption(setOption())
    .action(async (asked: string[], options: CheckOptions) => {
      const { baselines: folder, jobs, queue } = options;
      const reporting = new Reporting(options, checkReporters);
      const files = asked.length > 0 ? asked : scenariosIn(folder);
      refuseSharedBaselines(folder, files);
      const scenarios: CheckResult[] = [];
      const { maker: pool } = await openRuns({ jobs, queue });
      try {
        for (const file of files) {
          const { scenario, result } = await checkedRun(file, { ...options, pool });
          const path = baselinePath(folder, result.scenario.file);
          scenarios.push(checkResult(scenario, result, readBaselineFile(path), path));
        }
      } finally {
        await pool.close();
      }
      const status = scenarios.some((scenario) => scenario.status === 'fail') ? 'fail' : 'pass';
      await reporting.report([{ format: checkFormat, version, status, scenarios }]);
      if (status === 'fail') throw new Stop(exitCode.failed);
    });
}
