import type { Design } from '../../models/design.ts';
import type { BoughtNodes, Fleet } from '../../result/index.ts';

/** A pool's nodes in a region. */
interface Place {
  readonly component: string;
  readonly region: string;
}

/**
 * Settings with which a scenario buys the best layers: of the pool where it has nodes in one region, else region by region.
 * @param places all pools in all their regions, also those where no node is needed or none has a price: these stay as they are
 */
export function layerSets(fleets: readonly Fleet[], places: readonly Place[], design: Design): string[] {
  return [...new Set(fleets.map(({ pool }) => pool))].flatMap((pool) => {
    const best = new Map(
      fleets.filter((each) => each.pool === pool).map((each) => [each.region, each.best.layers]),
    );
    const regions = places.filter(({ component }) => component === pool).map(({ region }) => region);
    const [layers] = best.values();
    if (regions.length === 1 && !isByRegion(pool, design))
      return [`${pool}.size=${sizeOf(layers)}`, `${pool}.mix=${mixText(layers)}`];
    return [
      `${pool}.regions={ ${regions.map((region) => `${region}: ${ownText(best.get(region))}`).join(', ')} }`,
    ];
  });
}

/** Whether regions of the pool have anything of their own, which would hide what the pool says. */
function isByRegion(pool: string, design: Design): boolean {
  const [section, name] = pool.split('.');
  const regions = design.entry<{ regions: unknown }>(section, name)?.regions;
  return typeof regions === 'object' && !Array.isArray(regions);
}

const sizeOf = (layers: BoughtNodes): number => layers.reserved + layers['on-demand'] + layers.spot;

const ownText = (layers: BoughtNodes | undefined): string =>
  layers === undefined ? '{}' : `{ size: ${sizeOf(layers)}, mix: ${mixText(layers)} }`;

/** Shares in hundredths of a percent, of which the layers' counts come again. */
function mixText(layers: BoughtNodes): string {
  const size = sizeOf(layers);
  const hundredths = (nodes: number) => (size === 0 ? 0 : Math.round((nodes / size) * 1e4) / 100);
  const [reserved, spot] = [hundredths(layers.reserved), hundredths(layers.spot)];
  const onDemand = +(100 - reserved - spot).toFixed(2);
  return `{ reserved: ${reserved}%, on-demand: ${onDemand}%, spot: ${spot}% }`;
}
