import { readFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { parseScenario, type Scenario } from '../models/parse.ts';
import { sweepReporters } from '../report/sweep/reporters.ts';
import type { Sweep } from '../result/index.ts';
import { nearestWord } from '../scenario/index.ts';
import type { Parse } from '../study/sweep/plan-points.ts';
import { exitCode, Stop } from './exit.ts';
import { keepingOptions } from './kept-work.ts';
import { collect, setOption, wholeNumber } from './options.ts';
import { type PointsOptions, runPoints } from './points-run.ts';
import { queueOption } from './queue-option.ts';
import { Reporting, reporterOption } from './reporting.ts';
import { shardOption } from './shard-option.ts';
import { readSweep } from './sweep-points.ts';

interface SweepOptions extends PointsOptions {
  readonly vary: string[];
  readonly where: string[];
  readonly metric: string[];
  readonly maxRuns?: number;
}

const repeatable = (flags: string, about: string, nothing?: string): Option =>
  new Option(flags, about).argParser(collect).default([], nothing);

/** `headroom sweep FILE --vary …`: a scenario at every combination of some values. */
export function sweepCommand(): Command {
  const command = new Command('sweep')
    .description('run a scenario at every combination of some values, with the same draws')
    .argument('<file>', 'scenario file; - for stdin')
    .addOption(
      repeatable(
        '--vary <path=values>',
        'what is varied: services.desk.threads=1,2,4 or =1..20 step 5 (repeatable)',
        'nothing',
      ),
    )
    .addOption(
      repeatable(
        '--where <constraint>',
        "leaves points out: 'services.a.threads <= services.b.threads' (repeatable)",
        'all points',
      ),
    )
    .addOption(repeatable('--metric <id>', 'a metric to show (repeatable)', 'what the needs are about'))
    .option('--seed <n>', 'seed of all randomness, for all points', wholeNumber(0))
    .option('--runs <n>', 'independent runs at each point', wholeNumber(1))
    .option('--max-runs <n>', 'runs at points that are undecided', wholeNumber(1))
    .option('--jobs <n>', 'runs at a time (default: one a core)', wholeNumber(1))
    .option('--json', 'print the sweep as a document: { points: [ … ] }')
    .addOption(reporterOption(sweepReporters))
    .addOption(queueOption())
    .addOption(shardOption())
    .addOption(setOption());
  for (const option of keepingOptions()) command.addOption(option);
  return command.action(async (file: string, options: SweepOptions) => {
    const reporting = new Reporting<Sweep>(options, sweepReporters);
    const parse = parserOf(file, options.set);
    const { base, design } = readSweep(parse, options.vary, options.where);
    checkMetrics(base, options.metric);
    const further = { maxRuns: options.maxRuns, metrics: options.metric };
    await runPoints(
      file,
      options,
      { base, design },
      further,
      (points) => `${points} points`,
      (sweep) => reporting.report([sweep]),
    );
  });
}

/** Reads the file with settings; stdin is read once. */
export function parserOf(file: string, sets: readonly string[]): Parse {
  const text = file === '-' ? readFileSync(0) : undefined;
  const name = file === '-' ? 'stdin' : file;
  return (more) =>
    parseScenario(name, (path) => (path === 'stdin' && text !== undefined ? text : readFileSync(path)), [
      ...sets,
      ...more,
    ]);
}

function checkMetrics({ catalog }: Scenario, ids: readonly string[]): void {
  const unknown = ids.filter((id) => catalog.get(id) === undefined);
  if (unknown.length === 0) return;
  const lines = unknown.map((id) => {
    const near = nearestWord(id, catalog.ids);
    return `error: --metric ${id}: no metric is called that${near === undefined ? '' : ` (did you mean ${near}?)`}`;
  });
  throw new Stop(exitCode.usage, lines.join('\n'));
}
