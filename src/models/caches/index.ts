import { defineKind } from '../kind.ts';
import { checkCache } from './check.ts';
import { type CacheConfig, cacheSchema } from './config.ts';
import { cacheAssumptions } from './defaults.ts';
import { cacheCrash, cacheSlow } from './faults.ts';
import { get } from './get.ts';
import { invalidate } from './invalidate.ts';
import { cacheFamilies, cacheScopes } from './metrics.ts';
import { CacheModel } from './model.ts';
import { put } from './put.ts';

export const caches = defineKind<CacheConfig>({
  section: 'caches',
  noun: 'cache',
  about:
    'Stores of finite room beside the services of each region: what they hold, and so what they hit, is simulated.',
  shape: 'named',
  waitsToBeNamed: true,
  schema: cacheSchema as never,
  steps: [get, put, invalidate],
  faults: [cacheCrash, cacheSlow],
  families: cacheFamilies,
  scopes: (name, config, design) => cacheScopes(name, config, design.regions),
  phases: () => ['warmUp'],
  check: checkCache,
  assumptions: (name, config, design) =>
    cacheAssumptions(
      name,
      config,
      design.regions,
      design.run.begin === 'steady',
      design.names('faults').length > 0,
    ),
  build: (name, config, wiring) => new CacheModel(name, config, wiring),
});
