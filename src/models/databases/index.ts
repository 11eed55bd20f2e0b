import { defineKind } from '../kind.ts';
import type { StepConfig } from '../step.ts';
import { answersNeeded } from './answers-needed.ts';
import { checkDatabase } from './check.ts';
import { type DatabaseConfig, databaseSchema, replicaCount } from './config.ts';
import { databaseAssumptions, settingsOf } from './defaults.ts';
import { tornWays } from './dual-write.ts';
import { databaseSlow, primaryCrash, replicaCrash } from './failover/faults.ts';
import { databaseFamilies, databaseScopes } from './metrics.ts';
import { DatabaseModel } from './model.ts';
import { relayCrash } from './outbox/relay-crash.ts';
import { populationShape } from './population-shape.ts';
import { shardFunctionOf } from './shard-by.ts';
import { read, scan, write } from './steps.ts';
import { stoppedByLossOf } from './stopped-by.ts';
import { optionsOn, usesOf } from './uses.ts';

export const databases = defineKind<DatabaseConfig>({
  section: 'databases',
  noun: 'database',
  about: 'What keeps the rows: shards by the hash of a key, each with a primary and replicas that follow it.',
  shape: 'named',
  schema: databaseSchema as never,
  steps: [read, write, scan],
  faults: [relayCrash, primaryCrash, replicaCrash, databaseSlow],
  families: databaseFamilies,
  scopes: (name, config, design) =>
    databaseScopes(name, config, usesOf(name, config, design), tornWays(name, design), design.regions),
  phases: (_name, config) => [
    ...(config.failover === undefined ? [] : (['detect', 'decide', 'promote'] as const)),
    ...(replicaCount(config) === 0 ? [] : (['catchUp'] as const)),
    'hang',
    'drain',
  ],
  check: checkDatabase,
  assumptions: (name, config, design) =>
    databaseAssumptions(name, config, usesOf(name, config, design), design.names('faults').length > 0),
  placement: (_name, { shardBy, shards }, design) => ({
    noun: 'shard',
    count: shards,
    place:
      shardBy === undefined
        ? () => 0
        : shardFunctionOf(shardBy, shards, populationShape(shardBy.key.name, design)),
  }),
  stoppedBy: (name, config, design, lost) =>
    stoppedByLossOf(
      name,
      config,
      answersNeeded(name, config, design),
      design.regions,
      design.entry<{ zones: number }>('regions', lost.region)?.zones ?? 1,
      lost,
    ),
  capacities: (name, config, design) => {
    const { cores, write: written } = settingsOf(config, usesOf(name, config, design));
    // Writes are executed by the primaries alone.
    const seconds = (_owner: string, step: StepConfig) =>
      step.verb === write.verb && optionsOn(name, step) !== undefined ? written.mean : 0;
    return [{ of: 'primary', servers: config.shards * cores, seconds }];
  },
  levers: (name, config, design) => {
    const { cores } = settingsOf(config, usesOf(name, config, design));
    return [
      { path: ['cpu'], from: cores, to: 2 * cores },
      ...(config.shardBy === undefined
        ? []
        : [{ path: ['shards'], from: config.shards, to: 2 * config.shards }]),
    ];
  },
  build: (name, config, wiring) => new DatabaseModel(name, config, wiring),
});
