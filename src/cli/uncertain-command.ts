import { Command } from 'commander';
import { keptWord } from '../report/uncertain/reading.ts';
import { uncertainReporters } from '../report/uncertain/reporters.ts';
import type { Uncertainty } from '../result/index.ts';
import { badPoints } from '../study/sweep/plan-points.ts';
import { fieldsOf, uncertainDesign } from '../study/uncertain/uncertain-design.ts';
import { uncertaintyOf } from '../study/uncertain/uncertainty-of.ts';
import { formatQuantity } from '../units/index.ts';
import { exitCode, Stop } from './exit.ts';
import { keepingOptions } from './kept-work.ts';
import { probabilityOption, setOption, wholeNumber } from './options.ts';
import { type PointsOptions, runPoints } from './points-run.ts';
import { queueOption } from './queue-option.ts';
import { problemsText } from './read-scenario.ts';
import { Reporting, reporterOption } from './reporting.ts';
import { shardOption } from './shard-option.ts';
import { parserOf } from './sweep-command.ts';
import { badPointsText } from './sweep-points.ts';

interface UncertainOptions extends PointsOptions {
  readonly atLeast?: number;
  readonly draws: number;
}

/** `headroom uncertain FILE`: how likely the needs are kept, and which input matters. */
export function uncertainCommand(): Command {
  const command = new Command('uncertain')
    .description(
      'how likely are the needs kept, where inputs are { low, mid, high }, and which input matters?',
    )
    .argument('<file>', 'scenario file with uncertain inputs; - for stdin')
    .option('--draws <n>', 'draws of all inputs, each with a seed of its own', wholeNumber(1), 128)
    .option('--runs <n>', 'independent runs of each draw', wholeNumber(1), 1)
    .option('--seed <n>', 'seed of the draws, and of all randomness', wholeNumber(0))
    .option('--jobs <n>', 'runs at a time (default: one a core)', wholeNumber(1))
    .option(
      '--at-least <p>',
      'exit 1 where all needs are kept in a smaller share of the draws: 90%',
      probabilityOption,
    )
    .option('--json', 'print a document: { kept, targets, influence, draws … }')
    .addOption(reporterOption(uncertainReporters))
    .addOption(queueOption())
    .addOption(shardOption())
    .addOption(setOption());
  for (const option of keepingOptions()) command.addOption(option);
  return command.action(async (file: string, options: UncertainOptions) => {
    const reporting = new Reporting<Uncertainty>(options, uncertainReporters);
    await uncertain(file, options, reporting);
  });
}

async function uncertain(
  file: string,
  options: UncertainOptions,
  reporting: Reporting<Uncertainty>,
): Promise<void> {
  const { base, design } = readDesign(file, options);
  const { atLeast, draws, shard } = options;
  if (atLeast !== undefined && shard !== undefined)
    throw new Stop(
      exitCode.usage,
      'error: a shard has no probability of its own: --at-least needs all draws',
    );
  await runPoints(
    file,
    options,
    { base, design },
    {},
    (points) => `${points} of ${design.points.length} designs (${draws} draws)`,
    async (sweep) => {
      const result = uncertaintyOf(sweep, design.asked);
      await reporting.report([result]);
      if (atLeast !== undefined && result.kept.value < atLeast)
        throw new Stop(
          exitCode.failed,
          `${keptWord(result)} = ${result.kept.value.toPrecision(3)} is below ${formatQuantity(atLeast, 'ratio')} (--at-least)`,
        );
    },
  );
}

/**
 * What is to be run, every draw checked before anything runs.
 * @throws Stop
 */
function readDesign(file: string, { set, seed, draws }: UncertainOptions) {
  const parse = parserOf(file, set);
  const parsed = parse([]);
  const { scenario: base } = parsed;
  if (base === undefined) throw new Stop(exitCode.usage, problemsText(parsed).trimEnd());
  process.stderr.write(problemsText(parsed));
  if (base.uncertain.length === 0)
    throw new Stop(
      exitCode.usage,
      'error: no input of the scenario is uncertain (rate: { low: 80/s, mid: 100/s, high: 150/s })',
    );
  const fields = fieldsOf(base, parse);
  const design = uncertainDesign(fields, { draws, seed: seed ?? base.design.run.seed, parse });
  const bad = badPoints(
    design.variables,
    design.points.map(({ values }) => values),
    parse,
  );
  if (bad.length > 0) throw new Stop(exitCode.usage, badPointsText(bad));
  return { base, design };
}
