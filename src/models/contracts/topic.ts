/** A record that consumers may read. */
export interface ReadableRecord {
  /** Identity; what it causes hashes this. */
  readonly high: number;
  readonly low: number;
  /** Keys of the operation that published it, by slot; NaN where it has none. */
  readonly keys: readonly number[];
  /** Instant at which the high watermark passed it (nanoseconds). */
  readonly visibleAt: number;
}

/** A partition's records, as consumers see them: offsets count from 0, without gaps. */
export interface PartitionLog {
  /** Number of the partition in its topic. */
  readonly index: number;
  /** Number of the broker that it is read from. */
  readonly leader: number;
  /** The high watermark: offset after the last record that may be read. */
  readonly end: number;
  at(offset: number): ReadableRecord;
  /** A reader will not ask for what is below this offset again. */
  release(reader: number, offset: number): void;
}

/** Who reads a topic in a region. */
export interface LogReader {
  /** Records have become readable. */
  advanced(log: PartitionLog, records: number, now: number): void;
}

/** A topic in one region: with that region's cluster. */
export interface RegionalTopic {
  readonly place: number;
  readonly region: string;
  readonly logs: readonly PartitionLog[];
  /** From now on all records are kept until this reader has released them. @returns the reader's number */
  subscribe(reader: LogReader): number;
  /** What a record should do once in each group was done never, or more than once: counted once a record. */
  misapplied(record: ReadableRecord): void;
}

/** A topic that can be consumed. */
export interface Topic {
  readonly partitions: number;
  /** Bytes. */
  readonly recordSize: number;
  readonly regions: readonly RegionalTopic[];
  /** The region whose cluster callers at a place use. */
  nearest(place: number): RegionalTopic;
}

export const topicsSection = 'topics';
