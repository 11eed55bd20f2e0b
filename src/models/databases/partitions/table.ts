import type { Wiring } from '../../wiring.ts';
import type { DatabaseModel } from '../model.ts';
import type { Shard } from '../shard.ts';
import { lengthOf } from './calendar.ts';
import { type TablePartitionsConfig, type TierLengths, type TierName, tierLengths } from './config.ts';
import { DatePartitions } from './date-partitions.ts';
import { type PartitionSettings, partitionSettingsOf } from './defaults.ts';
import { PartitionMetering } from './metering.ts';
import { RollOver } from './roll-over.ts';
import { Tiers } from './tiers.ts';

/** A table that is partitioned by date, on all shards of its database. */
export class PartitionedTable {
  readonly lengths: TierLengths;
  readonly settings: PartitionSettings;
  readonly unitSeconds: number;
  readonly partitions: DatePartitions;
  /** By shard. */
  readonly tiers: Tiers[] = [];
  readonly metering: PartitionMetering;
  private readonly wiring: Wiring;
  private windowRate: number | undefined;
  private rowsBefore = 0;

  constructor(
    private readonly model: DatabaseModel,
    private readonly config: TablePartitionsConfig,
  ) {
    const { wiring } = model;
    this.wiring = wiring;
    this.lengths = tierLengths(config);
    this.settings = partitionSettingsOf(config);
    this.unitSeconds = lengthOf[config.by];
    const kept = this.lengths.hot + this.lengths.warm + this.lengths.cold;
    // A tenth longer than the window, as operations are waited for.
    this.partitions = new DatePartitions(config.by, kept, wiring.startAt, wiring.window.to * 1.2 + 60e9);
    this.metering = new PartitionMetering(['databases', model.name], config, wiring);
  }

  /** The shards exist. */
  connect(): void {
    const { model, partitions, tiers, lengths } = this;
    for (let shard = 0; shard < model.shards.length; shard += 1) tiers.push(new Tiers(partitions, lengths));
  }

  start(): void {
    new RollOver(this, this.model).start();
  }

  /** The segment of what queries wait for object storage; of those that may. */
  segmentOfFetches(): number {
    return this.wiring.segments.number(`databases.${this.model.name}`, 'fetches from object storage');
  }

  /** Copies of the database’s rows. */
  get copies(): number {
    return this.model.replicaPlaces.length + 1;
  }

  /** Bytes of rows that are added a second, to all shards: as given, else as written in the window, or so far. */
  get bytesPerSecond(): number {
    return (this.config.growth ?? this.windowRate ?? this.rateSoFar) * this.model.settings.rowSize;
  }

  get hasGivenGrowth(): boolean {
    return this.config.growth !== undefined;
  }

  /** Bytes of rows that a shard has in a partition that is full. */
  bytesOf(partition: number, shard: Shard): number {
    const { model, partitions } = this;
    const all = model.rowsWritten;
    const share = all === 0 ? 1 / model.shards.length : shard.rowsWritten / all;
    return this.bytesPerSecond * partitions.secondsOf(partition) * share;
  }

  private get rateSoFar(): number {
    const { now } = this.wiring.simulation;
    return now === 0 ? 0 : this.model.rowsWritten / (now / 1e9);
  }

  /** Partitions that are in a tier now, on the mean over shards. */
  meanPartitions(tier: TierName): number {
    const { oldest, newest } = this.partitions;
    const counts = this.tiers.map((each) => {
      each.count(oldest, newest);
      return each[tier];
    });
    return counts.reduce((sum, each) => sum + each, 0) / counts.length;
  }

  openWindow(): void {
    this.rowsBefore = this.model.rowsWritten;
  }

  closeWindow(primaryTicks: number): void {
    this.windowRate = (this.model.rowsWritten - this.rowsBefore) / this.wiring.window.seconds;
    this.metering.close(this, primaryTicks);
  }
}
