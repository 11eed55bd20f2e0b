import { Command } from 'commander';
import type { Scenario } from '../models/parse.ts';
import { planReporters } from '../report/plan/reporters.ts';
import type { Plan } from '../result/index.ts';
import { version } from '../result/version.ts';
import {
  BadValues,
  findPlan,
  NothingPriced,
  type PlanFindSettings,
  screenShard,
} from '../study/plan/find-plan.ts';
import { planFileText } from '../study/plan/plan-file.ts';
import { type PlanSpace, readPlan } from '../study/plan/read-plan.ts';
import type { Shard } from '../study/shards/shard.ts';
import { Unsurvivable } from '../study/survive/survive.ts';
import { exitCode, Stop } from './exit.ts';
import { type KeepingOptions, keepingOptions, withKeptRuns } from './kept-work.ts';
import { setOption, wholeNumber } from './options.ts';
import { pointProgress } from './point-progress.ts';
import { type QueueOptions, queueOption } from './queue-option.ts';
import { problemsText, readParsed } from './read-scenario.ts';
import { Reporting, type ReportingOptions, reporterOption, stopped } from './reporting.ts';
import { type ShardOptions, shardOption } from './shard-option.ts';
import { prepareFile } from './write-files.ts';
import { writeScenario } from './write-scenario.ts';

interface PlanOptions extends ReportingOptions, KeepingOptions, QueueOptions, ShardOptions {
  readonly set: string[];
  readonly out?: string;
  readonly prices: boolean;
  readonly seed?: number;
  readonly runs?: number;
  readonly maxRuns?: number;
  readonly draws: number;
}

/** `headroom plan FILE`: the cheapest design that keeps every need. */
export function planCommand(): Command {
  const command = new Command('plan')
    .description(
      'find the cheapest design that keeps every need, among those that `plan:` of the scenario allows',
    )
    .argument('<file>', 'scenario file; - for stdin')
    .option('--out <file>', 'write the cheapest design as a scenario that runs')
    .option('--no-prices', 'do not find out what each need costs')
    .option(
      '--seed <n>',
      'seed of all randomness; the winner is verified on the seeds after it',
      wholeNumber(0),
    )
    .option('--runs <n>', 'runs of each design at first (default: plan.runs)', wholeNumber(2))
    .option('--max-runs <n>', 'runs of a design that is undecided (default: plan.maxRuns)', wholeNumber(2))
    .option(
      '--draws <n>',
      'draws of uncertain inputs ({ low, mid, high }), by which the least regretted design is found',
      wholeNumber(2),
      128,
    )
    .option('--jobs <n>', 'runs at a time (default: one a core)', wholeNumber(1))
    .option('--json', 'print the plan as a document: { winner, runnerUp, prices … }')
    .addOption(reporterOption(planReporters))
    .addOption(queueOption())
    .addOption(shardOption())
    .addOption(setOption());
  for (const option of keepingOptions()) command.addOption(option);
  return command.action(async (file: string, options: PlanOptions) => {
    refuseUnmade(options);
    const reporting = new Reporting<Plan>(options, planReporters);
    if (options.out !== undefined) stopped(() => prepareFile(options.out as string));
    const parsed = readParsed(file, options.set);
    const space = readPlan(parsed);
    if ('problems' in space)
      throw new Stop(exitCode.usage, problemsText({ ...parsed, problems: space.problems }).trimEnd());
    await plan(file, options, reporting, parsed.scenario, space);
  });
}

async function plan(
  file: string,
  options: PlanOptions,
  reporting: Reporting<Plan>,
  scenario: Scenario,
  space: PlanSpace,
): Promise<void> {
  const { shard } = options;
  const progress = pointProgress();
  const settingsOf = (pool: PlanFindSettings['pool']): PlanFindSettings => ({
    file,
    version,
    seed: options.seed,
    runs: options.runs,
    maxRuns: options.maxRuns,
    sets: options.set,
    prices: options.prices,
    draws: options.draws,
    pool,
    progress: progress.update,
  });
  try {
    if (shard !== undefined) {
      const { designs, simulated } = await withKeptRuns(options, progress, (pool) =>
        screenShard(scenario, space, settingsOf(pool), shard),
      );
      process.stderr.write(shardText(shard, designs, simulated));
      return;
    }
    const found = await withKeptRuns(options, progress, (pool) =>
      findPlan(scenario, space, settingsOf(pool)),
    );
    if (found.winner !== undefined && options.out !== undefined)
      writeScenario(options.out, { file, text: scenario.text }, (read, extended) =>
        planFileText(found, space.plan.keep, read, extended),
      );
    await reporting.report([found]);
    if (found.winner === undefined) throw new Stop(exitCode.failed);
  } catch (error) {
    throw stopOf(error);
  }
}

/** A shard leaves runs, and no plan that could be written or printed. */
function refuseUnmade({ shard, out, json, reporter }: PlanOptions): void {
  if (shard === undefined) return;
  const asked =
    out !== undefined ? '--out' : json ? '--json' : reporter.length > 0 ? '--reporter' : undefined;
  if (asked === undefined) return;
  throw new Stop(
    exitCode.usage,
    `error: a shard makes no plan, so ${asked} has nothing to write (give it to headroom plan with --resume when all shards are done)`,
  );
}

const shardText = ({ number, of }: Shard, designs: number, simulated: number): string =>
  `shard ${number} of ${of}: ${simulated} of ${designs} designs simulated; when all are done, headroom plan with --resume and their folder makes the plan\n`;

function stopOf(error: unknown): unknown {
  const usage = (message: string) => new Stop(exitCode.usage, message);
  if (error instanceof BadValues)
    return usage(error.mistakes.map(({ set, problem }) => `error: plan.vary: ${set}: ${problem}`).join('\n'));
  if (error instanceof NothingPriced)
    return usage(
      'error: plan.minimise: nothing of the scenario has a price, so no design is the cheapest (give services a pool, or minimise a product of variables: instances * threads)',
    );
  if (error instanceof Unsurvivable)
    return usage(`error: ${error.message}:\n${problemsText(error.parsed).trimEnd()}`);
  return error;
}
