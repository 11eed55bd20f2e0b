import type { TierName } from './config.ts';
import type { PartitionedTable } from './table.ts';

/**
 * Bytes kept by tier, all copies together: rows come at the table's growth; the newest partition is half full on the mean;
 * copies of the database have their own hot and warm partitions, the archive is one.
 */
export function bytesByTier(table: PartitionedTable): Record<TierName, number> {
  const { copies, lengths, settings, unitSeconds } = table;
  const partition = table.bytesPerSecond * unitSeconds;
  return {
    hot: partition * (lengths.hot - 0.5) * copies,
    warm: (partition * lengths.warm * copies) / settings.warm.ratio,
    cold: (partition * lengths.cold) / settings.cold.ratio,
  };
}
