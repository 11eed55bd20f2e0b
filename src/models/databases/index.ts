import { defineKind } from '../kind.ts';
import { checkDatabase } from './check.ts';
import { type DatabaseConfig, databaseSchema } from './config.ts';
import { databaseAssumptions } from './defaults.ts';
import { tornWays } from './dual-write.ts';
import { databaseSlow, primaryCrash, replicaCrash } from './failover/faults.ts';
import { databaseScopes } from './metrics.ts';
import { DatabaseModel } from './model.ts';
import { relayCrash } from './outbox/relay-crash.ts';
import { populationShape } from './population-shape.ts';
import { shardFunctionOf } from './shard-by.ts';
import { read, scan, write } from './steps.ts';
import { usesOf } from './uses.ts';

export const databases = defineKind<DatabaseConfig>({
  section: 'databases',
  noun: 'database',
  about: 'What keeps the rows: shards by the hash of a key, each with a primary and replicas that follow it.',
  shape: 'named',
  schema: databaseSchema as never,
  steps: [read, write, scan],
  faults: [relayCrash, primaryCrash, replicaCrash, databaseSlow],
  scopes: (name, config, design) =>
    databaseScopes(name, config, usesOf(name, config, design), tornWays(name, design), design.regions),
  check: checkDatabase,
  assumptions: (name, config, design) => databaseAssumptions(name, config, usesOf(name, config, design)),
  placement: (_name, { shardBy, shards }, design) => ({
    noun: 'shard',
    count: shards,
    place:
      shardBy === undefined
        ? () => 0
        : shardFunctionOf(shardBy, shards, populationShape(shardBy.key.name, design)),
  }),
  build: (name, config, wiring) => new DatabaseModel(name, config, wiring),
});
