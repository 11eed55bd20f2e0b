import { Command, InvalidArgumentError, Option } from 'commander';
import type { Scenario } from '../models/parse.ts';
import { purchaseReporters } from '../report/purchase/reporters.ts';
import type { PurchasePlan } from '../result/index.ts';
import { version } from '../result/version.ts';
import { listed, nearestWord } from '../scenario/index.ts';
import { changedScenarioText } from '../study/changed-scenario.ts';
import { findPurchase } from '../study/purchase/find-purchase.ts';
import { parseQuantity } from '../units/index.ts';
import { exitCode, Stop } from './exit.ts';
import { type KeepingOptions, keepingOptions, withKeptRuns } from './kept-work.ts';
import { collect, setOption, wholeNumber } from './options.ts';
import { progressLine } from './progress.ts';
import { readScenario } from './read-scenario.ts';
import { Reporting, type ReportingOptions, reporterOption, stopped } from './reporting.ts';
import { prepareFile } from './write-files.ts';
import { writeScenario } from './write-scenario.ts';

interface PurchaseOptions extends ReportingOptions, KeepingOptions {
  readonly pool: string[];
  readonly out?: string;
  readonly risk?: number;
  readonly interruptions?: number;
  readonly term?: string;
  readonly set: string[];
  readonly seed?: number;
  readonly runs?: number;
  readonly jobs?: number;
}

/** `headroom purchase FILE`: how much reserved, on demand and spot costs least within a risk? */
export function purchaseCommand(): Command {
  const command = new Command('purchase')
    .description('how many nodes to reserve, to buy on demand and as spot: the cheapest within a risk')
    .argument('<file>', 'scenario file; - for stdin')
    .addOption(
      new Option('--pool <name>', 'only this pool (repeatable)').argParser(collect).default([], 'all'),
    )
    .addOption(
      new Option(
        '--risk <share>',
        'spot nodes at any hour, of a pool’s nodes in use in a region: one wave may take them all (default: what the scenario’s own mix risks)',
      ).argParser(shareOf),
    )
    .addOption(
      new Option(
        '--interruptions <n>',
        'expected notices a month, of a pool’s spot nodes in a region, at most',
      ).argParser(amountOf),
    )
    .addOption(
      new Option(
        '--term <term>',
        'for how long reserved nodes are promised (default: prices.reservedTerm)',
      ).choices(['1y', '3y']),
    )
    .option('--out <file>', 'write the scenario that buys so, which runs')
    .option('--seed <n>', 'seed of all randomness', wholeNumber(0))
    .option('--runs <n>', 'runs whose load is looked at (default: one)', wholeNumber(1))
    .option('--jobs <n>', 'runs at a time (default: one a core)', wholeNumber(1))
    .option('--json', 'print a document: { fleets, own, best, risks … }')
    .addOption(reporterOption(purchaseReporters))
    .addOption(setOption());
  for (const option of keepingOptions()) command.addOption(option);
  return command.action(async (file: string, options: PurchaseOptions) => {
    const reporting = new Reporting<PurchasePlan>(options, purchaseReporters);
    if (options.out !== undefined) stopped(() => prepareFile(options.out as string));
    const { plan, text } = await purchase(file, options);
    if (plan.fleets.length === 0) throw new Stop(exitCode.usage, nothingText(plan));
    if (options.out !== undefined)
      writeScenario(options.out, { file, text }, (read, extended) =>
        changedScenarioText(
          {
            about: [`${plan.scenario.name} with its nodes bought as headroom purchase ${file} found best.`],
            sets: plan.scenario.sets ?? [],
            changes: plan.sets,
          },
          read,
          extended,
        ),
      );
    await reporting.report([plan]);
  });
}

async function purchase(
  file: string,
  options: PurchaseOptions,
): Promise<{ readonly plan: PurchasePlan; readonly text: string }> {
  const { interruptions, pool: pools, risk, runs, seed, term } = options;
  const sets = [...options.set, ...(term === undefined ? [] : [`prices.reservedTerm=${term}`])];
  const scenario = readScenario(file, sets);
  checkPools(scenario, pools);
  const progress = progressLine();
  const plan = await withKeptRuns(options, progress, (pool) =>
    findPurchase(scenario, {
      file,
      version,
      sets,
      risk: {
        ...(risk === undefined ? {} : { atOnce: risk }),
        ...(interruptions === undefined ? {} : { interruptions }),
      },
      ...(pools.length === 0 ? {} : { pools }),
      seed,
      runs,
      pool,
      progress: (run, share) => progress.update(run, share, runs ?? 1),
    }),
  );
  return { plan, text: scenario.text };
}

/** `5%`, `0.05`. */
function shareOf(text: string): number {
  const { value } = parseQuantity(text, 'ratio');
  if (value === undefined || value < 0 || value > 1)
    throw new InvalidArgumentError('expected a share of at most 100%, like 10%.');
  return value;
}

function amountOf(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0)
    throw new InvalidArgumentError('expected a number a month of at least 0, like 2.5.');
  return value;
}

function checkPools({ design }: Scenario, asked: readonly string[]): void {
  const known = design.names('pools');
  if (known.length === 0)
    throw new Stop(exitCode.usage, 'error: the scenario has no pools: there are no nodes to buy');
  const unknown = asked.filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  const lines = unknown.map((name) => {
    const near = nearestWord(name, known);
    const hint = near === undefined ? '' : ` (did you mean ${near}?)`;
    return `error: no pool is called ${name}; expected ${listed(known)}${hint}`;
  });
  throw new Stop(exitCode.usage, lines.join('\n'));
}

const nothingText = ({ unpriced }: PurchasePlan): string =>
  unpriced.length === 0
    ? 'error: no node is needed at any hour'
    : `error: no price is known of ${unpriced.join(', ')}; set it: --set 'prices.override={ "NODE on-demand": $0.19 }'`;
