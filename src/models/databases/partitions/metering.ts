import type { MetersOf } from '../../meters.ts';
import type { Wiring } from '../../wiring.ts';
import type { TablePartitionsConfig, TierName } from './config.ts';
import { coldMeters, partitionMeters, tierMeters, tiersOf } from './metrics.ts';
import { bytesByTier } from './storage.ts';
import type { PartitionedTable } from './table.ts';
import type { Tiers } from './tiers.ts';

/** All that is measured of a table that is partitioned by date. */
export class PartitionMetering {
  private readonly whole: MetersOf<typeof partitionMeters>;
  private readonly tiers: Partial<Record<TierName, MetersOf<typeof tierMeters>>> = {};
  private readonly cold: MetersOf<typeof coldMeters> | undefined;
  private queries = 0;
  private readonly looked: Record<TierName, number> = { hot: 0, warm: 0, cold: 0 };
  /** Requests to object storage in the window. */
  requests = 0;
  private workTicks = 0;

  constructor(
    path: readonly string[],
    config: TablePartitionsConfig,
    private readonly wiring: Wiring,
  ) {
    this.whole = wiring.meters(path, partitionMeters);
    const tiers = tiersOf(config);
    for (const tier of tiers) this.tiers[tier] = wiring.meters([...path, 'tiers', tier], tierMeters);
    this.cold = tiers.includes('cold') ? wiring.meters([...path, 'tiers', 'cold'], coldMeters) : undefined;
  }

  /** A query looks into the partitions that a shard's tiers have just counted. */
  scanned({ hot, warm, cold }: Tiers, requests: number): void {
    if (!this.wiring.window.open) return;
    this.whole.partitionsScanned.observe(hot + warm + cold);
    this.queries += 1;
    const { looked } = this;
    if (hot > 0) looked.hot += 1;
    if (warm > 0) looked.warm += 1;
    if (cold > 0) looked.cold += 1;
    this.requests += requests;
  }

  rolledOver(): void {
    this.whole.rollOvers.count();
  }

  /** A primary works on a partition for so long, from now on. */
  worked(ticks: number): void {
    if (this.wiring.window.open) this.workTicks += ticks;
  }

  /** @param primaryTicks core-nanoseconds of primaries that there were */
  close(table: PartitionedTable, primaryTicks: number): void {
    this.whole.tieringUtilization.give(this.workTicks, primaryTicks);
    this.cold?.requests.give(this.requests);
    const bytes = bytesByTier(table);
    for (const [name, meters] of Object.entries(this.tiers)) {
      const tier = name as TierName;
      meters.reads.give(this.looked[tier]);
      meters.share.give(this.looked[tier], this.queries);
      meters.partitions.set(table.meanPartitions(tier));
      meters.storage.set(bytes[tier]);
    }
  }
}
