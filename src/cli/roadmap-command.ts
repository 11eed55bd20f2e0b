import { readFileSync } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import { parseScenario } from '../models/parse.ts';
import { roadmapReporters } from '../report/roadmap/reporters.ts';
import type { RoadmapReport } from '../result/index.ts';
import { version } from '../result/version.ts';
import { type RoadmapSettings, runRoadmap } from '../study/roadmap/run-roadmap.ts';
import { exitCode, Stop } from './exit.ts';
import { type KeepingOptions, keepingOptions, withKeptRuns } from './kept-work.ts';
import { setOption, wholeNumber } from './options.ts';
import { progressLine } from './progress.ts';
import { problemsText } from './read-scenario.ts';
import { Reporting, type ReportingOptions, reporterOption } from './reporting.ts';

interface RoadmapOptions extends ReportingOptions, KeepingOptions {
  readonly months?: readonly number[];
  readonly set: string[];
  readonly seed?: number;
  readonly runs?: number;
  readonly jobs?: number;
}

/** `headroom roadmap FILE`: does it hold month by month as the load grows, and if a phase slips? */
export function roadmapCommand(): Command {
  const command = new Command('roadmap')
    .description(
      'month by month: does the design hold as its load grows and its phases come, and if one slips?',
    )
    .argument('<file>', 'scenario file with growth and phases; - for stdin')
    .option(
      '--months <list>',
      'months to look at: 0,4,8 (default: every one that the scenario speaks of)',
      monthList,
    )
    .option('--seed <n>', 'seed of all randomness, for all months', wholeNumber(0))
    .option('--runs <n>', 'independent runs of each month', wholeNumber(1))
    .option('--jobs <n>', 'runs at a time (default: one a core)', wholeNumber(1))
    .option('--json', 'print a document: { onTime, courses … }')
    .addOption(reporterOption(roadmapReporters))
    .addOption(setOption());
  for (const option of keepingOptions()) command.addOption(option);
  return command.action(async (file: string, options: RoadmapOptions) => {
    const reporting = new Reporting<RoadmapReport>(options, roadmapReporters);
    const parse = parserOf(file);
    const parsed = parse(options.set);
    if (parsed.scenario === undefined) throw new Stop(exitCode.usage, problemsText(parsed).trimEnd());
    process.stderr.write(problemsText(parsed));
    const { growth, phases } = parsed.scenario.roadmap;
    if (growth === undefined && Object.keys(phases).length === 0)
      throw new Stop(
        exitCode.usage,
        'error: the scenario has neither growth nor phases (growth: { load: [ { month: 0, factor: 1 }, { month: 12, factor: 3 } ] })',
      );
    const { scenario } = parsed;
    const progress = progressLine();
    const report = await withKeptRuns(options, progress, (pool) =>
      runRoadmap(scenario, {
        file,
        version,
        sets: options.set,
        seed: options.seed,
        runs: options.runs,
        months: options.months,
        pool,
        parse,
        progress: (done, share, atMost) => progress.update(done, share, atMost),
      }),
    );
    await reporting.report([report]);
    if (report.onTime.some(({ state }) => state === 'fails')) throw new Stop(exitCode.failed);
  });
}

/** Reads the file with settings and phases; stdin is read once. */
function parserOf(file: string): RoadmapSettings['parse'] {
  const text = file === '-' ? readFileSync(0) : undefined;
  return (sets, phases) =>
    parseScenario(
      file === '-' ? 'stdin' : file,
      (path) => (path === 'stdin' && text !== undefined ? text : readFileSync(path)),
      sets,
      phases,
    );
}

/** `0,4,8`, the earliest first. */
function monthList(text: string): number[] {
  const months = text.split(',').map((each) => (each.trim() === '' ? Number.NaN : Number(each)));
  if (!months.every((month) => Number.isFinite(month) && month >= 0))
    throw new InvalidArgumentError('expected months parted by commas: 0,4,8.');
  return [...new Set(months)].sort((one, other) => one - other);
}
