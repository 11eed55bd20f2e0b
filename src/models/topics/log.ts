import type { PartitionObserver, ReplicatedPartition } from '../contracts/cluster.ts';
import type { LogReader, PartitionLog } from '../contracts/topic.ts';
import type { TopicRecord } from './record.ts';

/** What became of the records of a partition. */
export interface LogCounts {
  /** Given to a producer. */
  published: number;
  /** Of those: sent to the brokers, at least once. */
  sent: number;
  /** Died with their producer before a broker had them. */
  lost: number;
  /** Given up by their producer, and in no log. */
  undelivered: number;
  /** Were in the leader's log and are in its successor's not, before anybody could read them: acknowledged, or not. */
  lostAcknowledged: number;
  lostUnacknowledged: number;
  /** Could be read, and then were lost so. */
  truncated: number;
  /** Can be read once more. */
  duplicated: number;
}

/** To whom the partitions of a log belong: told what becomes of their records. */
export interface LogOwner {
  /** Segment for the wait until a batch leaves. */
  readonly waitsForBatch: number;
  batchLeft(records: readonly TopicRecord[], now: number): void;
  acknowledged(record: TopicRecord): void;
  lost(record: TopicRecord): void;
  undelivered(record: TopicRecord, isInLog: boolean): void;
  refused(records: number): void;
  duplicated(record: TopicRecord): void;
  lostFromLog(records: readonly TopicRecord[], isAcknowledged: boolean): void;
  truncated(records: number): void;
  misapplied(record: TopicRecord): void;
}

/**
 * A partition of a topic in one region: the records that consumers may read and some group has not released, in a ring.
 * Where nobody reads the topic nothing is kept.
 */
export class Log implements PartitionLog, PartitionObserver {
  brokered!: ReplicatedPartition;
  /** Brokers of the region's clusters before its own. */
  brokersBefore = 0;
  /** Records published to it in the measured window, once that is over. */
  publishedInWindow = 0;
  private publishedBefore = 0;
  /** Records of the whole run. */
  readonly counts: LogCounts = {
    published: 0,
    sent: 0,
    lost: 0,
    undelivered: 0,
    lostAcknowledged: 0,
    lostUnacknowledged: 0,
    truncated: 0,
    duplicated: 0,
  };
  private ring: (TopicRecord | null)[] = [];
  /** Offset of the first record that is kept. */
  private first = 0;
  private last = 0;
  private readonly readers: { readonly reader: LogReader; readonly number: number; released: number }[] = [];

  constructor(
    readonly owner: LogOwner,
    readonly index: number,
    /** Which of the region's clusters it is on. */
    readonly shard: number,
  ) {}

  get leader(): number {
    const { leader } = this.brokered;
    return leader < 0 ? leader : this.brokersBefore + leader;
  }

  get end(): number {
    return this.last;
  }

  subscribe(reader: LogReader, number: number): void {
    this.readers.push({ reader, number, released: this.last });
  }

  at(offset: number): TopicRecord {
    const record = this.ring[offset & (this.ring.length - 1)];
    if (offset < this.first || offset >= this.last || record == null) {
      throw new Error(`offset ${offset} is not in [${this.first}, ${this.last})`);
    }
    return record;
  }

  release(reader: number, offset: number): void {
    const { readers } = this;
    let least = offset;
    for (let at = 0; at < readers.length; at += 1) {
      const each = readers[at];
      if (each.number === reader) each.released = offset;
      else if (each.released < least) least = each.released;
    }
    for (; this.first < least; this.first += 1) this.ring[this.first & (this.ring.length - 1)] = null;
  }

  batchLeft(records: readonly TopicRecord[], now: number): void {
    this.counts.sent += records.length;
    this.owner.batchLeft(records, now);
  }

  get isRead(): boolean {
    return this.readers.length > 0;
  }

  get isSilent(): boolean {
    return this.brokered.isSilent === true;
  }

  becameVisible(records: readonly TopicRecord[], instant: number): void {
    if (!this.isRead) {
      this.last += records.length;
      this.first = this.last;
      return;
    }
    for (let at = 0; at < records.length; at += 1) {
      const record = records[at];
      record.visibleAt = instant;
      this.keep(record);
      this.last += 1;
    }
    const { readers } = this;
    for (let at = 0; at < readers.length; at += 1) readers[at].reader.advanced(this, records.length, instant);
  }

  /** A record died with its producer. */
  lost(record: TopicRecord): void {
    this.counts.lost += 1;
    this.owner.lost(record);
  }

  /** Its producer has given a record up. If it is in the log it will be read all the same, or be lost from there. */
  undelivered(record: TopicRecord, isInLog: boolean): void {
    if (!isInLog) this.counts.undelivered += 1;
    this.owner.undelivered(record, isInLog);
  }

  refused(records: readonly TopicRecord[]): void {
    this.owner.refused(records.length);
  }

  duplicated(records: readonly TopicRecord[]): void {
    this.counts.duplicated += records.length;
    for (const record of records) this.owner.duplicated(record);
  }

  lostFromLog(records: readonly TopicRecord[], isAcknowledged: boolean): void {
    if (isAcknowledged) this.counts.lostAcknowledged += records.length;
    else this.counts.lostUnacknowledged += records.length;
    this.owner.lostFromLog(records, isAcknowledged);
  }

  /** Offsets go on: what is gone keeps its own, and is marked. */
  truncated(records: number): void {
    this.counts.truncated += records;
    this.owner.truncated(records);
    for (let offset = Math.max(this.first, this.last - records); offset < this.last; offset += 1) {
      const record = this.at(offset);
      record.isGone = true;
      this.owner.misapplied(record);
    }
  }

  leaderChanged(now: number): void {
    for (const { reader } of this.readers) reader.leaderChanged?.(this, now);
  }

  openWindow(): void {
    this.publishedBefore = this.counts.published;
  }

  closeWindow(): void {
    this.publishedInWindow = this.counts.published - this.publishedBefore;
  }

  private keep(record: TopicRecord): void {
    if (this.last - this.first === this.ring.length) this.widen();
    this.ring[this.last & (this.ring.length - 1)] = record;
  }

  private widen(): void {
    const size = Math.max(8, this.ring.length * 2);
    const wider: (TopicRecord | null)[] = new Array(size).fill(null);
    for (let offset = this.first; offset < this.last; offset += 1) {
      wider[offset & (size - 1)] = this.ring[offset & (this.ring.length - 1)];
    }
    this.ring = wider;
  }
}
