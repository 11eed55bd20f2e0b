import type { KeyedDraws } from '../../sim/random/keyedDraws.ts';
import type { Simulation } from '../../sim/simulation.ts';
import { kafkaSticky, type StickyPartitioner } from '../algorithms/partitioning/kafka-sticky.ts';
import type { Producer, ProducerHost, ProducerSettings, RegionalCluster } from '../contracts/cluster.ts';
import type { LogReader, RegionalTopic } from '../contracts/topic.ts';
import type { MeasuredWindow } from '../window.ts';
import { type Layout, layOut } from './layout.ts';
import { Log, type LogOwner } from './log.ts';
import type { TopicMeters } from './metrics.ts';
import type { MirroredHere } from './mirrored.ts';
import type { TopicRecord } from './record.ts';

/** What a topic is in each of its regions. */
export interface TopicOutline extends Layout {
  readonly settings: ProducerSettings;
  /** Segment for the wait until the batch leaves. */
  readonly waitsForBatch: number;
}

/** An instance as it publishes: its producers, one a cluster, and its partitioner for records without a key. */
interface Publisher {
  readonly producers: readonly Producer[];
  sticky: StickyPartitioner | undefined;
}

/** A topic on one region's clusters: its partitions, and who publishes to them. */
export class TopicInRegion implements RegionalTopic, LogOwner {
  readonly logs: Log[];
  readonly waitsForBatch: number;
  readonly mirrors: MirroredHere[] = [];
  private readers = 0;
  private readonly publishers = new WeakMap<ProducerHost, Publisher>();
  private drawing!: TopicRecord;
  /** Records of the window known to have been applied never or more than once by some group. */
  private misappliedInWindow = 0;

  /** @param broker draws a broker's number, for the placement of replicas */
  constructor(
    private readonly outline: TopicOutline,
    readonly clusters: readonly RegionalCluster[],
    broker: () => number,
    private readonly meters: TopicMeters,
    private readonly draws: KeyedDraws,
    private readonly simulation: Simulation,
    private readonly window: MeasuredWindow,
    private readonly publishedSeries: (now: number, records: number) => void,
  ) {
    this.waitsForBatch = outline.waitsForBatch;
    this.logs = layOut(clusters, outline, broker, (index, shard) => new Log(this, index, shard));
  }

  /** Bytes. */
  get recordSize(): number {
    return this.outline.setting.recordSize;
  }

  get place(): number {
    return this.clusters[0].place;
  }

  get region(): string {
    return this.clusters[0].region;
  }

  subscribe(reader: LogReader, mirrored: boolean | string = false): number {
    const number = this.readers;
    const read =
      typeof mirrored === 'string'
        ? this.mirrors.filter(({ source }) => source === mirrored)
        : [this, ...(mirrored ? this.mirrors : [])];
    for (const { logs } of read) for (const log of logs) log.subscribe(reader, number);
    this.readers += 1;
    return number;
  }

  /** Gives a record to the producer of the instance that publishes. @param partition -1: whichever has its turn */
  publish(record: TopicRecord, host: ProducerHost, place: number, partition: number): void {
    const publisher = this.publishers.get(host) ?? this.publisherOn(host, place);
    if (partition < 0) this.publishInTurn(record, publisher);
    else this.publishTo(this.logs[partition], record, publisher.producers);
  }

  private publishInTurn(record: TopicRecord, publisher: Publisher): void {
    publisher.sticky ??= this.newSticky(publisher.producers[0]);
    const { producers, sticky } = publisher;
    this.drawing = record;
    const isComplete = this.publishTo(this.logs[sticky.partition()], record, producers);
    sticky.append(this.recordSize, isComplete);
  }

  private publishTo(log: Log, record: TopicRecord, producers: readonly Producer[]): boolean {
    record.log = log;
    log.counts.published += 1;
    this.publishedSeries(this.simulation.now, 1);
    return producers[log.shard].append(log.brokered, record, this.recordSize);
  }

  private publisherOn(host: ProducerHost, place: number): Publisher {
    const producers = this.clusters.map((each) => each.producer(host, place, this.outline.settings));
    const publisher: Publisher = { producers, sticky: undefined };
    this.publishers.set(host, publisher);
    return publisher;
  }

  private newSticky(producer: Producer): StickyPartitioner {
    const { partitions: count, settings } = this.outline;
    const random31 = () => Math.floor(this.draws.uniform(this.drawing.high, this.drawing.low, 0) * 2 ** 31);
    const available = () => this.logs.filter(({ brokered }) => brokered.hasLeader).map(({ index }) => index);
    const brokered = this.logs.map((log) => log.brokered);
    const queues = () => producer.waiting(brokered);
    return kafkaSticky({ count, batchSize: settings.batchSize, available, queues }, random31);
  }

  batchLeft(records: readonly TopicRecord[], now: number): void {
    const { batchSize, batchWait } = this.meters;
    batchSize.observe(records.length);
    for (let at = 0; at < records.length; at += 1) batchWait.observe((now - records[at].publishedAt) / 1e9);
  }

  acknowledged(record: TopicRecord): void {
    this.meters.publishLatency.observe((this.simulation.now - record.publishedAt) / 1e9);
  }

  lost(record: TopicRecord): void {
    this.meters.lostRecords.count();
    this.misapplied(record);
  }

  /** A publish has failed. A record that is in a log all the same is not lost: it will be read, though nobody knows. */
  undelivered(record: TopicRecord, isInLog: boolean): void {
    this.meters.undeliveredRecords.count();
    if (!isInLog) this.misapplied(record);
  }

  refused(records: number): void {
    this.meters.refusedRecords.count(records);
  }

  duplicated(record: TopicRecord): void {
    this.meters.duplicatedRecords.count();
    this.misapplied(record);
  }

  lostFromLog(records: readonly TopicRecord[], isAcknowledged: boolean): void {
    const { lostAcknowledged, lostUnacknowledged } = this.meters;
    (isAcknowledged ? lostAcknowledged : lostUnacknowledged).count(records.length);
    for (const record of records) this.misapplied(record);
  }

  truncated(records: number): void {
    this.meters.lostAcknowledged.count(records);
  }

  misapplied(record: TopicRecord): void {
    if (record.log.owner !== this) {
      record.log.owner.misapplied(record);
      return;
    }
    if (record.isMisapplied || !this.window.contains(record.publishedAt)) return;
    record.isMisapplied = true;
    this.misappliedInWindow += 1;
  }

  /** Records of the measured window. */
  publishedByPartition(): number[] {
    return this.logs.map(({ publishedInWindow }) => publishedInWindow);
  }

  openWindow(): void {
    for (const log of this.logs) log.openWindow();
  }

  closeWindow(): void {
    const { bytes, records } = this.meters;
    for (const log of this.logs) log.closeWindow();
    const published = this.publishedByPartition().reduce((sum, each) => sum + each, 0);
    records.give(published);
    bytes.give(published * this.recordSize);
  }

  /** Re-deliveries come after the window, too: what they did to its records is known when all is over. */
  end(): void {
    const { accuracy, misappliedRecords } = this.meters;
    const published = this.publishedByPartition().reduce((sum, each) => sum + each, 0);
    misappliedRecords.give(this.misappliedInWindow);
    if (published > 0) accuracy.give(published - this.misappliedInWindow, published);
  }
}
