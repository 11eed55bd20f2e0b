import type { Topology } from '../topology.ts';
import { copyPlacements } from './config.ts';
import type { DatabaseModel } from './model.ts';

/** The database as a drawing shows it: its copies by region, its shards with their shares of the operations. */
export function databaseTopology({ config, metering, name, shards, wiring }: DatabaseModel): Topology {
  const regions = copyPlacements(config, wiring.design.regions).map(({ region, copies, hasPrimary }) => {
    const usage = metering.regions.find((part) => part?.region === region)?.usage;
    const role = hasPrimary ? (copies > 1 ? 'primary, replicas' : 'primary') : 'replicas';
    const utilization =
      usage === undefined || usage.there === 0 ? {} : { utilization: usage.busy / usage.there };
    return [region, { count: copies * config.shards, role, ...utilization }] as const;
  });
  const operations = shards.map(({ nodes }) => nodes.reduce((sum, { served }) => sum + served.operations, 0));
  const total = operations.reduce((sum, each) => sum + each, 0);
  return {
    id: `databases.${name}`,
    kind: 'database',
    title: name,
    regions: Object.fromEntries(regions),
    calls: [],
    cells: operations.map((each, shard) => ({ name: `${shard}`, share: total === 0 ? 0 : each / total })),
  };
}
