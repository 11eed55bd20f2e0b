import type { CostRow } from '../../cost.ts';
import type { ColdStore } from './config.ts';
import { bytesByTier } from './storage.ts';
import type { PartitionedTable } from './table.ts';

/** What a storage class is called on the bill. */
const items: Readonly<Record<ColdStore, string>> = {
  standard: 'S3 Standard',
  'standard-ia': 'S3 Standard-IA',
  'glacier-instant-retrieval': 'S3 Glacier Instant Retrieval',
};

/**
 * Hot and warm partitions are kept by the database’s nodes, cold ones in object storage in the primary’s region, where fetches
 * cost by request and by byte.
 * @param copies by region
 */
export function partitionCosts(
  name: string,
  table: PartitionedTable,
  copies: readonly { readonly region: string; readonly copies: number; readonly hasPrimary: boolean }[],
  windowSeconds: number,
): CostRow[] {
  const component = `databases.${name}`;
  const { hot, warm, cold } = bytesByTier(table);
  const basis = table.hasGivenGrowth ? 'fixed' : 'measured';
  const kept = (item: string, region: string, bytes: number): CostRow[] =>
    bytes > 0 ? [{ component, item, region, quantity: bytes / 1e9, unit: 'GB', basis }] : [];
  const own = copies.flatMap(({ region, copies: here }) => {
    const share = here / table.copies;
    return [
      ...kept('database storage (hot)', region, hot * share),
      ...kept('database storage (warm)', region, warm * share),
    ];
  });
  const { fetchSize, store } = table.settings.cold;
  const region = copies.find(({ hasPrimary }) => hasPrimary)?.region ?? copies[0].region;
  const requests = (table.metering.requests / windowSeconds) * 3600;
  const used = (item: string, quantity: number, unit: string): CostRow[] =>
    quantity > 0 ? [{ component, item, region, quantity, unit, basis: 'measured' }] : [];
  return [
    ...own,
    ...kept(`${items[store]} storage (cold)`, region, cold),
    ...used(`${items[store]} requests`, requests / 1e6, 'million'),
    ...used(`${items[store]} retrieval`, (requests * fetchSize) / 1e9, 'GB'),
  ];
}
