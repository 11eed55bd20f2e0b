import { readFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { parseScenario, type Scenario } from '../models/parse.ts';
import { sweepReporters } from '../report/sweep/reporters.ts';
import type { Sweep } from '../result/index.ts';
import { version } from '../result/version.ts';
import { nearestWord } from '../scenario/index.ts';
import { isOf } from '../study/shards/shard.ts';
import { runSweepShard } from '../study/shards/sweep-shard.ts';
import type { Parse } from '../study/sweep/plan-points.ts';
import { runSweep, type SweepDesign, type SweepSettings } from '../study/sweep/run-sweep.ts';
import { exitCode, Stop } from './exit.ts';
import { type KeepingOptions, KeptWork, keepingOptions } from './kept-work.ts';
import { collect, setOption, wholeNumber } from './options.ts';
import { progressLine } from './progress.ts';
import { openRuns, type QueueOptions, queueOption } from './queue-option.ts';
import { Reporting, type ReportingOptions, reporterOption } from './reporting.ts';
import { type ShardOptions, shardOption } from './shard-option.ts';
import { readSweep } from './sweep-points.ts';

interface SweepOptions extends ReportingOptions, KeepingOptions, QueueOptions, ShardOptions {
  readonly vary: string[];
  readonly where: string[];
  readonly metric: string[];
  readonly set: string[];
  readonly seed?: number;
  readonly runs?: number;
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
    await sweep(file, options, reporting, base, design);
  });
}

async function sweep(
  file: string,
  options: SweepOptions,
  reporting: Reporting<Sweep>,
  base: Scenario,
  design: SweepDesign,
): Promise<void> {
  const { shard } = options;
  const { maker, atOnce } = await openRuns(options);
  const progress = progressLine();
  const points = design.points.filter((_, at) => shard === undefined || isOf(shard, at)).length;
  const runs = options.runs ?? base.design.run.runs;
  try {
    const work = new KeptWork(maker, options);
    const settings: SweepSettings = {
      file,
      version,
      seed: options.seed,
      runs: options.runs,
      maxRuns: options.maxRuns,
      sets: options.set,
      metrics: options.metric,
      pool: work.runs,
      atOnce,
      progress: (point, run, share) => progress.update(point * runs + run, share, points * runs),
    };
    if (shard !== undefined) {
      const { file: finished } = await runSweepShard(base, design, settings, {
        shard,
        folder: options.keep,
      });
      progress.clear();
      work.end();
      process.stderr.write(`shard ${shard.number} of ${shard.of}: ${points} points; ${finished}\n`);
      return;
    }
    const result = await runSweep(base, design, settings);
    progress.clear();
    work.end();
    await reporting.report([result]);
  } finally {
    progress.clear();
    await maker.close();
  }
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
