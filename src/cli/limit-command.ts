import { Command, Option } from 'commander';
import { loadFactorsOf } from '../models/load-factor.ts';
import type { Scenario } from '../models/parse.ts';
import { limitReporters } from '../report/limit/reporters.ts';
import type { Limit } from '../result/index.ts';
import { version } from '../result/version.ts';
import { listed, nearestWord } from '../scenario/index.ts';
import { findLimit } from '../study/limit/find-limit.ts';
import { exitCode, Stop } from './exit.ts';
import { type KeepingOptions, keepingOptions, withKeptRuns } from './kept-work.ts';
import { collect, setOption, wholeNumber } from './options.ts';
import { pointProgress } from './point-progress.ts';
import { type QueueOptions, queueOption } from './queue-option.ts';
import { readScenario } from './read-scenario.ts';
import { Reporting, type ReportingOptions, reporterOption } from './reporting.ts';

interface LimitOptions extends ReportingOptions, KeepingOptions, QueueOptions {
  readonly of: string[];
  readonly set: string[];
  readonly seed?: number;
  readonly runs?: number;
  readonly maxRuns?: number;
  readonly whole?: boolean;
}

/** `headroom limit FILE`: how far can the load grow, and what breaks first? */
export function limitCommand(): Command {
  const command = new Command('limit')
    .description('how far can the load grow until the first need breaks, and what would lift that?')
    .argument('<file>', 'scenario file; - for stdin')
    .addOption(
      new Option('--of <workload>', 'let only the load of this workload grow (repeatable)')
        .argParser(collect)
        .default([], 'all'),
    )
    .option('--seed <n>', 'seed of all randomness', wholeNumber(0))
    .option('--runs <n>', 'independent runs at each load', wholeNumber(1))
    .option('--max-runs <n>', 'runs at loads that are undecided (default: twice as many)', wholeNumber(1))
    .option(
      '--whole',
      'runs as long as the scenario asks (default: of a run with more than 50k operations its busiest stretch)',
    )
    .option('--jobs <n>', 'runs at a time (default: one a core)', wholeNumber(1))
    .option('--json', 'print the limit as a document: { headroom: { value, low, high } … }')
    .addOption(reporterOption(limitReporters))
    .addOption(queueOption())
    .addOption(setOption());
  for (const option of keepingOptions()) command.addOption(option);
  return command.action(async (file: string, options: LimitOptions) => {
    const reporting = new Reporting<Limit>(options, limitReporters);
    const scenario = readScenario(file, options.set);
    const of = workloadsOf(scenario, options.of);
    const progress = pointProgress();
    const limit = await withKeptRuns(options, progress, (pool) =>
      findLimit(scenario, {
        file,
        version,
        seed: options.seed,
        runs: options.runs,
        maxRuns: options.maxRuns,
        isWhole: options.whole,
        sets: options.set,
        ...(of === undefined ? {} : { of }),
        pool,
        progress: progress.update,
      }),
    );
    await reporting.report([limit]);
    if (limit.headroom.low < 1) throw new Stop(exitCode.failed);
  });
}

/** Names of the entries whose load grows; undefined: all. */
export function workloadsOf({ design }: Scenario, asked: readonly string[]): string[] | undefined {
  const known = loadFactorsOf(design).map(({ name }) => name);
  const unknown = asked.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    const lines = unknown.map((name) => {
      const near = nearestWord(name, known);
      return `error: --of ${name}: no workload is called that; expected ${listed(known)}${near === undefined ? '' : ` (did you mean ${near}?)`}`;
    });
    throw new Stop(exitCode.usage, lines.join('\n'));
  }
  return asked.length === 0 ? undefined : [...new Set(asked)];
}
