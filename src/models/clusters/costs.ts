import type { CostRow } from '../cost.ts';
import type { Wiring } from '../wiring.ts';
import { type ClusterConfig, isManaged } from './config.ts';
import type { ClusterInRegion } from './region.ts';

/** Bytes of a gigabyte, as clouds count them. */
const gigabyte = 1e9;

/** What the brokers of a region cost; what is kept on them is the topics' to say. */
export function costsOf(
  name: string,
  config: ClusterConfig,
  clusters: readonly ClusterInRegion[],
  wiring: Wiring,
): CostRow[] {
  const component = `clusters.${name}`;
  const [{ region }] = clusters;
  const perHour = 3600 / wiring.window.seconds / gigabyte;
  const zones = wiring.design.entry<{ zones: number }>('regions', region)?.zones ?? 1;
  const managed = isManaged(config);
  const brokers: CostRow = {
    component,
    region,
    item: managed ? `${config.class} broker` : `${config.class} on-demand`,
    quantity: clusters.length * config.brokers,
    unit: managed ? 'brokers' : 'nodes',
    basis: 'fixed',
  };
  // Who publishes stands in any zone, the leader in one of them. Copies cost nothing where a cloud runs the brokers.
  const sum = (bytes: (cluster: ClusterInRegion) => number) =>
    clusters.reduce((total, each) => total + bytes(each), 0);
  const published = sum(({ bytesIn }) => bytesIn) * ((zones - 1) / zones);
  const copied = managed ? 0 : sum(({ bytesCopiedAcrossZones }) => bytesCopiedAcrossZones);
  const crossing = published + copied;
  if (crossing === 0) return [brokers];
  const quantity = crossing * perHour;
  return [
    brokers,
    { component, region, item: 'inter-zone transfer', quantity, unit: 'GB', basis: 'measured' },
  ];
}
