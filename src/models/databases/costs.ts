import type { CostRow } from '../cost.ts';
import { copyPlacements, type DatabaseConfig } from './config.ts';
import { classOf, type DatabaseSettings } from './defaults.ts';

/** Nodes and their storage, by region; neither depends on load. What replication sends is the network's to count. */
export function databaseCosts(
  name: string,
  config: DatabaseConfig,
  { cores, storage }: DatabaseSettings,
  regions: readonly string[],
): CostRow[] {
  const component = `databases.${name}`;
  const type = classOf(config);
  const item = type === undefined ? `database node with ${cores} cores` : `${type} instance`;
  return copyPlacements(config, regions).flatMap(({ region, copies }): CostRow[] => {
    const nodes = copies * config.shards;
    const instances: CostRow = {
      component,
      item,
      region,
      quantity: nodes,
      unit: 'instances',
      basis: 'fixed',
    };
    if (storage === 0) return [instances];
    return [
      instances,
      {
        component,
        item: 'database storage',
        region,
        quantity: (nodes * storage) / 1e9,
        unit: 'GB',
        basis: 'fixed',
      },
    ];
  });
}
