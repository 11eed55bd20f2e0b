import { basename } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { Scenario } from '../models/parse.ts';
import { comparisonReporters } from '../report/compare/reporters.ts';
import type { Comparison, Result } from '../result/index.ts';
import { version } from '../result/version.ts';
import { comparisonOf } from '../study/compare/comparison-of.ts';
import { runScenario } from '../study/run-scenario.ts';
import { parseQuantity } from '../units/index.ts';
import { exitCode, Stop } from './exit.ts';
import { collect, setOption, wholeNumber } from './options.ts';
import { progressLine } from './progress.ts';
import { openRuns, type QueueOptions, queueOption } from './queue-option.ts';
import { readScenario } from './read-scenario.ts';
import { Reporting, type ReportingOptions, reporterOption } from './reporting.ts';
import { savedResultOf } from './source.ts';

interface CompareOptions extends ReportingOptions, QueueOptions {
  readonly label: string[];
  readonly reference?: string;
  readonly tolerance?: number;
  readonly set: string[];
  readonly seed?: number;
  readonly runs?: number;
  readonly all?: boolean;
  readonly failIfWorse?: boolean;
}

/** `headroom compare A B…`: which design is better, at what, and how sure. */
export function compareCommand(): Command {
  return new Command('compare')
    .description('compare designs, run by run with the same draws: which is better, at what, how sure?')
    .argument('<designs...>', 'two or more: scenario files, or results that headroom run FILE --json printed')
    .addOption(
      new Option('--label <name>', 'what a design is called, in their order (repeatable)')
        .argParser(collect)
        .default([], 'the file’s name'),
    )
    .option('--reference <label|n>', 'the design that the others are held against (default: the first)')
    .option('--tolerance <share>', 'changes up to this share are none (default: 2%; cost is exact)', shareOf)
    .option('--seed <n>', 'seed of all randomness, for all of them', wholeNumber(0))
    .option('--runs <n>', 'independent runs of each', wholeNumber(1))
    .option('--jobs <n>', 'runs at a time (default: one a core)', wholeNumber(1))
    .option('--all', 'every metric, not only those that people look at first')
    .option('--json', 'print the comparison as a document: { metrics: … }')
    .addOption(reporterOption(comparisonReporters({ isAll: false })))
    .option('--fail-if-worse', 'exit with 1 if a metric of the summary is worse than the reference')
    .addOption(queueOption())
    .addOption(setOption())
    .action(async (files: string[], options: CompareOptions) => {
      if (files.length < 2) throw usage('a comparison needs two designs or more');
      const labels = labelsOf(files, options.label);
      const reference = referenceOf(labels, options.reference);
      const reporting = new Reporting(options, comparisonReporters({ isAll: options.all === true }));
      const results = await resultsOf(files, reference, options);
      const { tolerance: relative } = options;
      const comparison = comparisonOf(results, {
        version,
        labels,
        reference,
        ...(relative === undefined ? {} : { relative }),
      });
      await reporting.report([{ comparison, results }]);
      if (options.failIfWorse && isWorse(comparison)) throw new Stop(exitCode.failed);
    });
}

const usage = (message: string): Stop => new Stop(exitCode.usage, `error: ${message}`);

function shareOf(text: string): number {
  const share = parseQuantity(text, 'ratio');
  if ('problem' in share || share.value < 0) throw new InvalidArgumentError('expected a share such as 2%.');
  return share.value;
}

/** Labels as given, then names of files; all different, so that rows can be told apart. */
function labelsOf(files: readonly string[], given: readonly string[]): string[] {
  if (given.length > files.length) throw usage(`${given.length} labels for ${files.length} designs`);
  const wanted = files.map((file, at) => given[at] ?? basename(file).replace(/\.(ya?ml|json)$/, ''));
  return wanted.map((label, at) => {
    const before = wanted.slice(0, at).filter((other) => other === label).length;
    return before === 0 ? label : `${label} (${before + 1})`;
  });
}

function referenceOf(labels: readonly string[], asked: string | undefined): number {
  if (asked === undefined) return 0;
  const named = labels.indexOf(asked);
  const at = named >= 0 ? named : Number(asked) - 1;
  if (!Number.isInteger(at) || labels[at] === undefined)
    throw usage(
      `no design is called ${asked}; expected one of ${labels.join(', ')}, or 1 to ${labels.length}`,
    );
  return at;
}

/** Saved results as they are; scenarios run with the same seed and so often as those, so that all runs pair. */
async function resultsOf(
  files: readonly string[],
  reference: number,
  { set, seed, runs, jobs, queue }: CompareOptions,
): Promise<Result[]> {
  const sources = files.map((file) => savedResultOf(file) ?? readScenario(file, set));
  const saved = [sources[reference], ...sources].find((source) => 'format' in source) as Result | undefined;
  const scenarios = sources.filter((source): source is Scenario => !('format' in source));
  const base = sources[reference] as Scenario;
  const common = {
    seed: seed ?? saved?.seed ?? base.design.run.seed,
    runs: runs ?? saved?.runs ?? Math.max(...scenarios.map(({ design }) => design.run.runs)),
  };
  const results: Result[] = [];
  const { maker: pool } = await openRuns({ jobs, queue });
  try {
    for (const [at, source] of sources.entries()) {
      if ('format' in source) {
        results.push(source);
        continue;
      }
      const progress = progressLine();
      try {
        const { result, speed } = await runScenario(source, {
          file: files[at],
          version,
          ...common,
          sets: set,
          pool,
          progress: progress.update,
        });
        progress.end(speed);
        results.push(result);
      } finally {
        progress.clear();
      }
    }
  } finally {
    await pool.close();
  }
  return results;
}

const isWorse = ({ metrics }: Comparison): boolean =>
  Object.values(metrics).some(
    ({ isKey, designs }) => isKey && designs.some((value) => value?.change === 'worse'),
  );
