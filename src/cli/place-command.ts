import { readFileSync } from 'node:fs';
import { Argument, Command, Option } from 'commander';
import {
  InvalidShardOptions,
  type ShardFunctionName,
  type Spread,
  shardFunctions,
  spread,
  UnplaceableKey,
} from '../models/algorithms/partitioning/index.ts';
import type { Placement } from '../models/kind.ts';
import { kinds } from '../models/kinds.ts';
import type { Scenario } from '../models/parse.ts';
import { listed, nearestWord } from '../scenario/index.ts';
import { formatQuantity } from '../units/index.ts';
import { exitCode, Stop } from './exit.ts';
import { setOption, wholeNumber } from './options.ts';
import { readScenario } from './read-scenario.ts';

interface PlaceOptions {
  readonly function?: ShardFunctionName;
  readonly count?: number;
  readonly in?: string;
  readonly keys?: string;
  readonly type?: string;
  readonly names?: string;
  readonly boundaries?: string;
  readonly json?: boolean;
  readonly spread?: boolean;
  readonly set: string[];
}

/** `headroom place`: where keys land, as the real systems place them. */
export function placeCommand(): Command {
  return new Command('place')
    .description('show which shard, partition or slot each key lands on, and how evenly')
    .addArgument(
      new Argument(
        '[arguments...]',
        'keys; with --in, the scenario file first. Without keys, they are read from stdin, one a line',
      ),
    )
    .addOption(new Option('--function <name>', 'shard function').choices(Object.keys(shardFunctions)))
    .option(
      '--count <n>',
      'number of shards; without it, as many as --names or --boundaries say',
      wholeNumber(1),
    )
    .option('--in <entry>', 'a database or topic of the scenario: databases.main')
    .option('--keys <file>', 'file with one key a line')
    .option(
      '--type <type>',
      'type of the key, for java-hash (string, long, uuid) and postgres (text, int4, int8, uuid)',
    )
    .option('--names <names>', 'names of the shards, for ring and rendezvous: a,b,c')
    .option('--boundaries <keys>', 'where each shard but the last ends, for range: g,n,t')
    .option('--json', 'print a list of { key, place }')
    .option('--spread', 'print how evenly the keys lie, and the hottest share against even')
    .addOption(setOption())
    .addHelpText(
      'after',
      `\nExamples:\n  headroom place --function java-hash --count 10 -- acct-1 acct-2\n  headroom place scenarios/conversations-100m.yaml --in databases.conversations < tenants.txt`,
    )
    .action((words: string[], options: PlaceOptions) => {
      const { placement, keys } =
        options.in === undefined ? byFunction(words, options) : byScenario(words, options.in, options);
      const list = keys.length > 0 || options.keys !== undefined ? keys : linesOf(readFileSync(0, 'utf8'));
      process.stdout.write(report(placement, placeAll(placement, list), options));
    });
}

interface Placed {
  readonly key: string;
  readonly place: number;
}

function byFunction(keys: string[], options: PlaceOptions): { placement: Placement; keys: string[] } {
  const { type, names, boundaries } = options;
  const extras = {
    ...(type === undefined ? {} : { type: type as never }),
    ...(names === undefined ? {} : { names: names.split(',') }),
    ...(boundaries === undefined ? {} : { boundaries: boundaries.split(',') }),
  };
  const count = options.count ?? extras.names?.length ?? shardsBetween(extras.boundaries);
  if (options.function === undefined || count === undefined) {
    throw new Stop(exitCode.usage, 'error: say --function and --count, or a scenario file with --in');
  }
  const shardFunction = shardFunctions[options.function];
  for (const extra of ['type', 'names', 'boundaries'] as const) {
    if (options[extra] === undefined || shardFunction.options.includes(extra)) continue;
    const takers = Object.keys(shardFunctions).filter((name) =>
      shardFunctions[name as ShardFunctionName].options.includes(extra),
    );
    throw new Stop(
      exitCode.usage,
      `error: ${options.function} takes no --${extra}; ${takers.join(' and ')} do`,
    );
  }
  try {
    const place = shardFunction.make({ count, ...extras });
    return { placement: { noun: 'shard', count, place }, keys: [...keys, ...fileKeys(options)] };
  } catch (error) {
    if (error instanceof InvalidShardOptions) throw new Stop(exitCode.usage, `error: ${error.message}`);
    throw error;
  }
}

/** One shard more than there are boundaries. */
const shardsBetween = (boundaries: readonly string[] | undefined): number | undefined =>
  boundaries && boundaries.length + 1;

function byScenario(
  words: string[],
  entry: string,
  options: PlaceOptions,
): { placement: Placement; keys: string[] } {
  const [file, ...keys] = words;
  if (file === undefined)
    throw new Stop(exitCode.usage, 'error: --in needs a scenario file as the first argument');
  const placements = placementsOf(readScenario(file, options.set));
  const placement = placements.get(entry);
  if (placement === undefined) {
    const near = nearestWord(entry, [...placements.keys()]);
    const known =
      placements.size === 0
        ? 'the scenario places keys nowhere'
        : `expected ${listed([...placements.keys()])}`;
    throw new Stop(
      exitCode.usage,
      `error: nothing is called ${entry}; ${known}${near === undefined ? '' : ` (did you mean ${near}?)`}`,
    );
  }
  return { placement, keys: [...keys, ...fileKeys(options)] };
}

function placementsOf({ design }: Scenario): Map<string, Placement> {
  const placements = new Map<string, Placement>();
  for (const kind of kinds) {
    for (const [name, config] of design.entries(kind.section)) {
      if (kind.placement !== undefined)
        placements.set(`${kind.section}.${name}`, kind.placement(name, config, design));
    }
  }
  return placements;
}

function fileKeys({ keys }: PlaceOptions): string[] {
  if (keys === undefined) return [];
  try {
    return linesOf(readFileSync(keys === '-' ? 0 : keys, 'utf8'));
  } catch (error) {
    throw new Stop(exitCode.usage, `error: cannot read ${keys}: ${(error as NodeJS.ErrnoException).code}`);
  }
}

const linesOf = (text: string): string[] => text.split(/\r?\n/).filter((line) => line !== '');

function placeAll(placement: Placement, keys: readonly string[]): Placed[] {
  if (keys.length === 0) throw new Stop(exitCode.usage, 'error: no keys');
  const refused: string[] = [];
  const placed = keys.flatMap((key) => {
    try {
      return [{ key, place: placement.place(key) }];
    } catch (error) {
      if (!(error instanceof UnplaceableKey)) throw error;
      refused.push(error.message);
      return [];
    }
  });
  if (refused.length > 0)
    throw new Stop(exitCode.usage, refused.map((message) => `error: ${message}`).join('\n'));
  return placed;
}

function report(placement: Placement, placed: readonly Placed[], options: PlaceOptions): string {
  const places = placed.map(({ place }) => place);
  const even = options.spread ? spread(places, placement.count) : undefined;
  if (options.json)
    return `${JSON.stringify(even === undefined ? placed : { keys: placed, spread: spreadJson(even) })}\n`;
  if (even !== undefined) return spreadText(placement, even);
  return placed.map(({ key, place }) => `${key}\t${nameOf(placement, place)}\n`).join('');
}

/** What a place is called: a partition of several clusters by both, `2.17`. */
const nameOf = ({ nameOf }: Placement, place: number): string => nameOf?.(place) ?? String(place);

const spreadJson = ({
  hottest,
  hottestShare,
  hottestToEven,
  coefficientOfVariation,
  misplaced,
  loads,
}: Spread) => ({
  hottest,
  hottestShare,
  hottestToEven,
  coefficientOfVariation,
  misplaced,
  loads,
});

function spreadText(
  placement: Placement,
  { loads, shares, hottest, hottestShare, hottestToEven, misplaced, total }: Spread,
): string {
  const { noun, count } = placement;
  const percent = (share: number) => formatQuantity(share, 'ratio', { digits: 3 });
  const shown = loads.map((load, place) => ({ load, place })).filter(({ load }) => load > 0 || count <= 100);
  const width = nameOf(placement, count - 1).length;
  const lines = shown.map(
    ({ load, place }) =>
      `${noun} ${nameOf(placement, place).padStart(width)}  ${percent(shares[place]).padStart(6)}  ${String(load).padStart(7)}`,
  );
  const broken = misplaced > 0 ? `${misplaced} of ${total} keys land on a ${noun} that does not exist\n` : '';
  return `${lines.join('\n')}\nhottest: ${noun} ${nameOf(placement, hottest)} with ${percent(hottestShare)}, ${hottestToEven.toFixed(2)}× an even ${percent(1 / count)}\n${broken}`;
}
