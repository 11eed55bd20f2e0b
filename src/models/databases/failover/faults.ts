import { z } from 'zod';
import { type Reference, reference } from '../../../scenario/index.ts';
import { quantity } from '../../../units/index.ts';
import { databasesSection } from '../../contracts/database.ts';
import type { Design } from '../../design.ts';
import { defineFault, type FaultContext } from '../../fault.ts';
import type { Finding } from '../../kind.ts';
import type { DatabaseConfig } from '../config.ts';
import type { DatabaseModel } from '../model.ts';
import type { Node } from '../node.ts';
import type { Shard } from '../shard.ts';

type Data = 'kept' | 'destroyed';

interface CrashOptions {
  readonly database: Reference;
  readonly shard?: number;
  readonly data: Data;
}

interface ReplicaCrashOptions extends CrashOptions {
  readonly region: Reference;
  readonly count: number;
}

const common = {
  database: reference(databasesSection, 'Whose.'),
  shard: quantity('count', { integer: true, about: 'Of which shard, from 0. Default: of all.' }).optional(),
  data: z
    .enum(['kept', 'destroyed'])
    .default('kept')
    .describe('Whether its disk has its contents when it comes back. Memory is lost in either case.'),
};

/** Nodes of the shards that are meant die. @returns what brings them back */
function crash(
  { database, data, shard }: CrashOptions,
  { wiring }: FaultContext,
  nodesOf: (shard: Shard) => readonly Node[],
): () => void {
  const { shards } = wiring.find<DatabaseModel>(databasesSection, database.name);
  const struck = shards.filter(({ number }) => shard === undefined || number === shard).flatMap(nodesOf);
  for (const node of struck) node.shard.succession?.died(node, 'crashed');
  return () => {
    for (const node of struck) node.shard.succession?.restored(node, data);
  };
}

export const primaryCrash = defineFault<CrashOptions>({
  fault: 'primary-crash',
  about: 'The machine of a database’s primary dies: connections to it are refused until it is back.',
  shape: common,
  lasts: 'may',
  // With a failover it may stand anywhere by then.
  where: ({ database }, design) => {
    const config = design.entry<DatabaseConfig>(databasesSection, database.name);
    return config === undefined || config.failover !== undefined
      ? undefined
      : (config.primary?.name ?? design.regions[0]);
  },
  targets: ({ database, shard }, design) =>
    shardsOf(database, shard, design).map((each) => `the primary of ${each}`),
  check: (options, design) => [...checkShard(options, design), ...checkData(options, design)],
  begin: (options, context) => crash(options, context, ({ primary }) => [primary]),
});

export const replicaCrash = defineFault<ReplicaCrashOptions>({
  fault: 'replica-crash',
  about:
    'Machines of a database’s replicas in a region die: connections to them are refused until they are back.',
  shape: {
    ...common,
    region: reference('regions', 'Where.'),
    count: quantity('count', { integer: true, min: 1, default: 1, about: 'How many of each shard.' }),
  },
  lasts: 'may',
  targets: ({ database, region, shard }, design) =>
    shardsOf(database, shard, design).map((each) => `replicas of ${each} in ${region.name}`),
  check: (options, design) => [...checkShard(options, design), ...checkReplicas(options, design)],
  begin: (options, context) => {
    const place = context.wiring.design.regions.indexOf(options.region.name);
    return crash(options, context, ({ followers }) =>
      followers
        .flatMap(({ node }) => (node.place === place && node.alive ? [node] : []))
        .slice(0, options.count),
    );
  },
});

interface SlowOptions {
  readonly database: Reference;
  readonly shard?: number;
  readonly copies: 'primary' | 'replicas';
  readonly region?: Reference;
  readonly part: 'cores' | 'disk' | 'both';
  readonly factor: number;
}

export const databaseSlow = defineFault<SlowOptions>({
  fault: 'database-slow',
  about:
    'Machines of a database work slower, though they live: a disk is failing, a neighbour is noisy. What begins meanwhile takes a factor more time; a replica falls behind.',
  shape: {
    database: common.database,
    shard: common.shard,
    copies: z
      .enum(['primary', 'replicas'])
      .default('primary')
      .describe('Which machines: the primary of that moment, or the replicas.'),
    region: reference('regions', 'Where, of replicas. Default: everywhere.').optional(),
    part: z
      .enum(['cores', 'disk', 'both'])
      .default('both')
      .describe('cores: requests and what replicas apply. disk: the flush with which a write is committed.'),
    factor: quantity('factor', { min: 1, about: 'How many times longer it takes.' }),
  },
  lasts: 'may',
  check: (options, design) => [...checkShard(options, design), ...checkCopies(options, design)],
  begin: ({ copies, database, factor, part, region, shard }, { wiring }) => {
    const { shards } = wiring.find<DatabaseModel>(databasesSection, database.name);
    const place = region === undefined ? undefined : wiring.design.regions.indexOf(region.name);
    const nodes = shards
      .filter(({ number }) => shard === undefined || number === shard)
      .flatMap(({ followers, primary }) =>
        copies === 'primary' ? [primary] : followers.map(({ node }) => node),
      )
      .filter((node) => copies === 'primary' || place === undefined || node.place === place);
    for (const node of nodes) {
      if (part !== 'disk') node.slowness *= factor;
      if (part !== 'cores') node.diskSlowness *= factor;
    }
    return () => {
      for (const node of nodes) {
        if (part !== 'disk') node.slowness /= factor;
        if (part !== 'cores') node.diskSlowness /= factor;
      }
    };
  },
});

function checkCopies({ copies, database, region }: SlowOptions, design: Design): Finding[] {
  const replicas = design.entry<DatabaseConfig>(databasesSection, database.name)?.replicas ?? {};
  if (copies === 'primary') {
    if (region === undefined) return [];
    const message = 'the primary stands where it stands';
    return [{ path: ['region'], message, expected: 'no region, or copies: replicas' }];
  }
  const there = Object.entries(replicas).filter(([, count]) => count > 0);
  if (there.some(([name]) => region === undefined || region.name === name)) return [];
  const where = region === undefined ? '' : ` in ${region.name}`;
  const message = `${database.name} has no replicas${where}`;
  return [
    {
      path: [region === undefined ? 'copies' : 'region'],
      message,
      expected: there.length === 0 ? 'primary' : there.map(([name]) => name).join(' or '),
    },
  ];
}

const shardsOf = ({ name }: Reference, shard: number | undefined, design: Design): string[] =>
  Array.from(
    { length: design.entry<DatabaseConfig>(databasesSection, name)?.shards ?? 0 },
    (_, number) => number,
  )
    .filter((number) => shard === undefined || number === shard)
    .map((number) => `shard ${number} of ${name}`);

function checkShard(
  { database, shard }: Pick<CrashOptions, 'database' | 'shard'>,
  design: Design,
): Finding[] {
  const config = design.entry<DatabaseConfig>(databasesSection, database.name);
  if (config === undefined || shard === undefined || shard < config.shards) return [];
  const message = `${database.name} has no shard ${shard}`;
  return [{ path: ['shard'], message, expected: `a number from 0 to ${config.shards - 1}` }];
}

/** What was on one disk only is gone for good with it: nothing would be left to come back. */
function checkData({ data, database }: CrashOptions, design: Design): Finding[] {
  const config = design.entry<DatabaseConfig>(databasesSection, database.name);
  if (data === 'kept' || config === undefined || Object.values(config.replicas).some((count) => count > 0))
    return [];
  const message = `${database.name} has no replicas: with its primary’s disk all of it is gone`;
  return [{ path: ['data'], message, expected: 'kept, or a database with replicas' }];
}

function checkReplicas({ count, database, region }: ReplicaCrashOptions, design: Design): Finding[] {
  const there = design.entry<DatabaseConfig>(databasesSection, database.name)?.replicas[region.name] ?? 0;
  if (there >= count) return [];
  const message = `each shard of ${database.name} has ${there} replicas in ${region.name}`;
  return [
    { path: ['count'], message, expected: there === 0 ? 'a region with replicas' : `at most ${there}` },
  ];
}
