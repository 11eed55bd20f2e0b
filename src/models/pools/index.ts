import { defineKind } from '../kind.ts';
import { poolAssumptions } from './assumptions.ts';
import { checkPool } from './check.ts';
import { type PoolConfig, poolRegions, poolSchema } from './config.ts';
import { nodeCrash, spotWave } from './faults.ts';
import { poolFamilies, poolScopes } from './metrics.ts';
import { PoolModel } from './model.ts';

export const pools = defineKind<PoolConfig>({
  section: 'pools',
  noun: 'pool',
  about: 'Nodes that instances are placed on: how large they are, and how they are bought.',
  shape: 'named',
  waitsToBeNamed: true,
  schema: poolSchema as never,
  families: poolFamilies,
  scopes: (name, config, design) => poolScopes(name, poolRegions(config, design.regions)),
  faults: [nodeCrash, spotWave],
  check: checkPool,
  assumptions: poolAssumptions,
  build: (name, config, wiring) => new PoolModel(name, config, wiring),
});
