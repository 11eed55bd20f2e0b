import type { CostRow } from '../cost.ts';
import type { CacheModel } from './model.ts';
import type { CacheRegion } from './region.ts';

/**
 * What a cache costs in a region: its nodes where their class is named, else the memory that its entries may take. What
 * crosses regions is counted by the network.
 */
export function costOf({ name, config, entrySize }: CacheModel, region: CacheRegion): CostRow {
  const component = `caches.${name}`;
  const { placement, nodes, size } = region;
  if (config.class !== undefined) {
    const item = `${config.class} node`;
    return { component, item, region: region.name, quantity: nodes.length, unit: 'nodes', basis: 'fixed' };
  }
  const isBounded = placement.entries < Number.POSITIVE_INFINITY;
  const bytes = (isBounded ? placement.entries : size) * entrySize;
  return {
    component,
    item: 'cache memory',
    region: region.name,
    quantity: bytes / 1e9,
    unit: 'GB',
    basis: isBounded ? 'fixed' : 'measured',
  };
}
