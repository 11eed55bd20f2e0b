import { type OffsetSyncs, offsetSyncs } from '../algorithms/replication/offset-syncs.ts';
import type { RegionalCluster } from '../contracts/cluster.ts';
import type { MirroredTopic } from '../contracts/topic.ts';
import { type Layout, layOut } from './layout.ts';
import { Log, type LogOwner } from './log.ts';
import type { MirrorMeters } from './metrics.ts';
import { TopicRecord } from './record.ts';

/** MirrorMaker’s offset.lag.max. */
const offsetLagMax = 100;

/** A record as it was copied from another region: of its own where it lies, and the same for who counts. */
export class MirroredRecord extends TopicRecord {
  constructor(
    high: number,
    low: number,
    readonly original: TopicRecord,
    readonly sourceOffset: number,
  ) {
    super(high, low, original.keys, original.publishedAt);
  }
}

/** Partitions that hold copies, and tell when one can be read. */
class MirroredLog extends Log {
  /** Where its records came from, for whoever translates offsets; null: nobody does. */
  syncs: OffsetSyncs | null = null;

  constructor(
    private readonly mirrored: MirroredHere,
    index: number,
    shard: number,
  ) {
    super(mirrored, index, shard);
  }

  override becameVisible(records: readonly MirroredRecord[], instant: number): void {
    const { end } = this;
    super.becameVisible(records, instant);
    const { syncs } = this;
    if (syncs !== null)
      for (let at = 0; at < records.length; at += 1) syncs.copied(records[at].sourceOffset, end + at);
    this.mirrored.becameVisible(records, instant);
  }
}

/** How copies are kept, and with what number the first of their partitions is called here. */
export interface MirrorOutline extends Layout {
  readonly firstIndex: number;
}

/** What another region has published to a topic, as far as it lies in this region: MirrorMaker's topic `source.topic`. */
export class MirroredHere implements MirroredTopic, LogOwner {
  readonly logs: readonly MirroredLog[];
  readonly waitsForBatch = 0;
  /** Records of the whole run: given to the producer of copies. */
  copied = 0;
  /** Bytes of copies that became readable in the measured window. */
  bytesInWindow = 0;

  /**
   * @param broker draws a broker's number, for the placement of replicas
   * @param meters of the pair of regions; the wholes are put together of such
   * @param isMeasured whether the measured window is open
   */
  constructor(
    readonly source: string,
    readonly clusters: readonly RegionalCluster[],
    private readonly outline: MirrorOutline,
    broker: () => number,
    readonly meters: MirrorMeters,
    private readonly isMeasured: () => boolean,
  ) {
    const { firstIndex } = outline;
    this.logs = layOut(
      clusters,
      outline,
      broker,
      (place, shard) => new MirroredLog(this, firstIndex + place, shard),
    );
  }

  trackOffsets(): void {
    for (const log of this.logs) log.syncs ??= offsetSyncs({ maxLag: offsetLagMax });
  }

  translate(partition: number, offset: number): number {
    const { syncs } = this.logs[partition];
    syncs?.promote();
    return syncs?.translate(offset) ?? -1;
  }

  get place(): number {
    return this.clusters[0].place;
  }

  get region(): string {
    return this.clusters[0].region;
  }

  /** Copies can be read from an instant on. */
  becameVisible(records: readonly MirroredRecord[], instant: number): void {
    const { mirrorLag, mirroredRecords } = this.meters;
    mirroredRecords.count(records.length);
    if (this.isMeasured()) this.bytesInWindow += records.length * this.outline.setting.recordSize;
    for (const { original } of records) mirrorLag.observe((instant - original.visibleAt) / 1e9);
  }

  /** The copy is lost: who reads here never gets the record. */
  misapplied(record: MirroredRecord): void {
    const { original } = record;
    original.log.owner.misapplied(original);
  }

  duplicated(record: MirroredRecord): void {
    this.misapplied(record);
  }

  lostFromLog(records: readonly MirroredRecord[]): void {
    for (const record of records) this.misapplied(record);
  }

  lost(record: MirroredRecord): void {
    this.misapplied(record);
  }

  batchLeft(): void {}
  acknowledged(): void {}
  undelivered(): void {}
  refused(): void {}
  truncated(): void {}
}
