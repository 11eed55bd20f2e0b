import type { Cursor } from '../cursor.ts';
import type { ServiceHost } from './service.ts';

/** What a producer lives and dies with: an instance, a relay. */
export type ProducerHost = Pick<ServiceHost, 'whenDead'>;

/** How a producer is set up; topics with equal settings share one producer on each instance. */
export interface ProducerSettings {
  /** What an acknowledgement waits for: all in-sync replicas, the leader, nothing. */
  readonly acks: 'all' | 1 | 0;
  /** Nanoseconds that an open batch waits for more records. */
  readonly linger: number;
  /** Bytes. */
  readonly batchSize: number;
  /** Requests to one broker that may be unanswered at once. */
  readonly maxInFlight: number;
  /** Nanoseconds after which a publish has failed. Default: Kafka's delivery.timeout.ms, two minutes. */
  readonly deliveryTimeout?: number;
  /** Whether brokers take each batch once and in order, however often it is sent. Default: with acks all. */
  readonly isIdempotent?: boolean;
}

/** A record on its way into a partition, told how it goes. */
export interface OutgoingRecord {
  /** Identity of its own. */
  readonly high: number;
  readonly low: number;
  /** The acknowledgement is back at the producer (never called for acks 0). */
  acknowledged(passage: Passage): void;
  /** The producer died with the record in its memory. */
  lost(): void;
  /**
   * The producer has given up: nobody took the record, or nobody said so, for as long as it tries.
   * @param isInLog whether a broker has it all the same
   */
  undelivered(isInLog: boolean): void;
}

/** How a request went, once it is answered. */
export interface Passage {
  /**
   * Credits a cursor that has waited since its record was given to the producer with where the time went.
   * @param batchSegment what the wait for the batch to leave is credited to
   */
  credit(cursor: Cursor, batchSegment: number): void;
}

/** Who hears what becomes of the records of one partition. */
export interface PartitionObserver {
  /** Whether it matters when records become visible: otherwise it may be told before the instant. */
  readonly isRead: boolean;
  /** A batch leaves its producer. */
  batchLeft(records: readonly OutgoingRecord[], now: number): void;
  /** These records, next in the partition's order, are below the high watermark: consumers may read them. */
  becameVisible(records: readonly OutgoingRecord[], instant: number): void;
  /** These records were refused, as too few replicas are in sync; the producer will send them again. */
  refused(records: readonly OutgoingRecord[]): void;
  /** These records, which become visible now, have been so before: their producer sent them twice. */
  duplicated(records: readonly OutgoingRecord[]): void;
  /**
   * These records, which nobody will send again, are in no log: the leader who had them is not the leader any more, or
   * there was none.
   * @param isAcknowledged whether it was said that they were taken
   */
  lostFromLog(records: readonly OutgoingRecord[], isAcknowledged: boolean): void;
  /** As many of the records that could be read, the last ones, are gone. */
  truncated(records: number): void;
  /** `leader` has changed. */
  leaderChanged(now: number): void;
}

/** How a partition is kept. */
export interface PartitionSetting {
  /** With fewer in sync a publish with acks all is refused, and nothing becomes readable. */
  readonly minInSyncReplicas: number;
  /** Whether a replica that is not in sync may lead when no other can: what it lacks is lost. */
  readonly uncleanElection: boolean;
  /** Bytes. */
  readonly recordSize: number;
  /** Seconds that a record is kept. */
  readonly retention: number;
}

/** A partition on its brokers. */
export interface ReplicatedPartition {
  /** Number of the broker that leads it; −1 while there is none that is alive. */
  readonly leader: number;
  /** Whether its leader has died with its machine, so that nobody sees a connection go. */
  readonly isSilent?: boolean;
  /** Whether clients are told of a leader; it may have died a moment ago. */
  readonly hasLeader: boolean;
}

/** The client through which one instance publishes. */
export interface Producer {
  /** Takes a record. @returns whether the partition's last batch is complete, as a sticky partitioner asks */
  append(partition: ReplicatedPartition, record: OutgoingRecord, bytes: number): boolean;
  /** How many batches of each of these partitions it has that have not left. */
  waiting(partitions: readonly ReplicatedPartition[]): number[];
}

/** The brokers of a cluster in one region: a whole cluster of its own, or one of several there that are alike. */
export interface RegionalCluster {
  readonly place: number;
  readonly region: string;
  /** Which of its region's. */
  readonly shard: number;
  /** @param replicas brokers, the leader first */
  createPartition(
    replicas: readonly number[],
    setting: PartitionSetting,
    observer: PartitionObserver,
  ): ReplicatedPartition;
  /** The producer that an instance has for these settings. */
  producer(host: ProducerHost, place: number, settings: ProducerSettings): Producer;
}

/** A cluster of brokers a region, or several. */
export interface Cluster {
  /** Of each. */
  readonly brokers: number;
  /** Of each region, in the order of their numbers. */
  readonly regions: readonly (readonly RegionalCluster[])[];
  /** The region whose clusters callers at a place use, as an index of `regions`: their own, else the nearest. */
  nearest(place: number): number;
}

export const clustersSection = 'clusters';
