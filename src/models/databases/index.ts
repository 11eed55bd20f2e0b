import { defineKind } from '../kind.ts';
import { checkDatabase } from './check.ts';
import { type DatabaseConfig, databaseSchema, replicaCount } from './config.ts';
import { databaseAssumptions } from './defaults.ts';
import { databaseScopes } from './metrics.ts';
import { DatabaseModel } from './model.ts';
import { populationShape } from './population-shape.ts';
import { shardFunctionOf } from './shard-by.ts';
import { read, scan, write } from './steps.ts';
import { stepsOn } from './uses.ts';

export const databases = defineKind<DatabaseConfig>({
  section: 'databases',
  noun: 'database',
  about: 'What keeps the rows: shards by the hash of a key, each with a primary and replicas that follow it.',
  shape: 'named',
  schema: databaseSchema as never,
  steps: [read, write, scan],
  scopes: (name, config, design) => databaseScopes(name, config, design.regions),
  check: checkDatabase,
  assumptions: (name, config, design) => {
    const verbs = new Set(stepsOn(name, design).map(({ verb }) => verb));
    return databaseAssumptions(name, config, {
      reads: verbs.has('read'),
      writes: verbs.has('write'),
      scans: verbs.has('scan'),
      replicas: replicaCount(config) > 0,
    });
  },
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
