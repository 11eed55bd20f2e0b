import type { ProducerHost } from './cluster.ts';

/** A record that consumers may read. */
export interface ReadableRecord {
  /** Identity; what it causes hashes this. */
  readonly high: number;
  readonly low: number;
  /** Keys of the operation that published it, by slot; NaN where it has none. */
  readonly keys: readonly number[];
  /** Instant at which the high watermark passed it (nanoseconds). */
  readonly visibleAt: number;
  /** Whether it has been lost since it became readable: who has not fetched it before never gets it. */
  readonly isGone: boolean;
  /** Of a copy: the offset of the record that it was copied from, in its partition there. */
  readonly sourceOffset?: number;
}

/** A partition's records, as consumers see them: offsets count from 0, without gaps. */
export interface PartitionLog {
  /** Number of the partition among all of its topic in its region: its own first, then those of the mirrors in their order. */
  readonly index: number;
  /** Number of the broker that it is read from, among those of all clusters of its region; −1 while there is none. */
  readonly leader: number;
  /** Whether who led it has died with its machine, so that clients did not see their connections go. */
  readonly isSilent?: boolean;
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
  /** `log.leader` is another one: a broker has died, or another one was elected. */
  leaderChanged?(log: PartitionLog, now: number): void;
}

/** What was published in another region, copied to this region's cluster: the topic `source.topic`. */
export interface MirroredTopic {
  /** Name of the region where the records were published. */
  readonly source: string;
  /** As many as the topic has; a record keeps its partition and its place in it. */
  readonly logs: readonly PartitionLog[];
  /** From now on offsets can be translated. */
  trackOffsets(): void;
  /** The offset here from which whoever is at an offset there would go on; −1 where that is not known. */
  translate(partition: number, offset: number): number;
}

/** A topic in one region: with that region's cluster. */
export interface RegionalTopic {
  readonly place: number;
  readonly region: string;
  readonly logs: readonly PartitionLog[];
  /** Of the other regions whose records are mirrored here, in the design's order; for readers who ask for them. */
  readonly mirrors: readonly MirroredTopic[];
  /**
   * From now on all records are kept until this reader has released them.
   * @param mirrored whether it reads what other regions published, too; or the one region whose records it reads, alone
   * @returns the reader's number, the same for all logs that it reads
   */
  subscribe(reader: LogReader, mirrored?: boolean | string): number;
  /** What a record should do once in each group was done never, or more than once: counted once a record. */
  misapplied(record: ReadableRecord): void;
}

/** An event that something publishes that is no operation: a relay. */
export interface RelayedEvent {
  /** Identity of the record; no two have the same. */
  readonly high: number;
  readonly low: number;
  readonly keys: readonly number[];
  /** Whether the topic has the event already: consumers cannot tell, and apply it again. */
  readonly isRepeated: boolean;
  /** It is acknowledged, as the topic's acks have it. */
  published(): void;
  /**
   * It is not acknowledged, and never will be: the relay may try again.
   * @param isInLog whether the topic has it all the same
   */
  failed(isInLog: boolean): void;
}

/** Publishes to a topic for something that is no operation, through a producer of its own. */
export interface Publisher {
  publish(event: RelayedEvent): void;
}

/** A topic that can be consumed. */
export interface Topic {
  /** In each region, all its clusters together. */
  readonly partitions: number;
  /** Bytes. */
  readonly recordSize: number;
  readonly regions: readonly RegionalTopic[];
  /** The region whose cluster callers at a place use. */
  nearest(place: number): RegionalTopic;
  /** Whoever publishes from a place, for as long as its host lives. */
  publisher(host: ProducerHost, place: number): Publisher;
}

export const topicsSection = 'topics';
