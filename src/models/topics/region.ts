import type { KeyedDraws } from '../../sim/random/keyedDraws.ts';
import type { Simulation } from '../../sim/simulation.ts';
import { kafkaSticky, type StickyPartitioner } from '../algorithms/partitioning/kafka-sticky.ts';
import { placeReplicas } from '../algorithms/placement/kafka-replicas.ts';
import type { ProducerSettings, RegionalCluster } from '../contracts/cluster.ts';
import type { ServiceHost } from '../contracts/service.ts';
import type { LogReader, MirroredTopic, RegionalTopic } from '../contracts/topic.ts';
import type { MeasuredWindow } from '../window.ts';
import { Log } from './log.ts';
import type { TopicMeters } from './metrics.ts';
import type { TopicRecord } from './record.ts';

/** What a topic is in each of its regions. */
export interface TopicOutline {
  readonly partitions: number;
  readonly replicationFactor: number;
  readonly minInSyncReplicas: number;
  /** Bytes. */
  readonly recordSize: number;
  readonly settings: ProducerSettings;
  /** Segment for the wait until the batch leaves. */
  readonly waitsForBatch: number;
}

/** A topic on one region's cluster: its partitions, and who publishes to them. */
export class TopicInRegion implements RegionalTopic {
  readonly logs: Log[];
  readonly waitsForBatch: number;
  private readonly stickies = new WeakMap<ServiceHost, StickyPartitioner>();
  private drawing!: TopicRecord;
  /** Records known to have been applied never or twice by some group. */
  private readonly wrong = new WeakSet<TopicRecord>();

  /**
   * @param start broker of the first partition's leader
   * @param shift of the followers from their leader, as they are placed
   */
  constructor(
    private readonly outline: TopicOutline,
    private readonly cluster: RegionalCluster,
    brokers: number,
    start: number,
    shift: number,
    private readonly meters: readonly TopicMeters[],
    private readonly draws: KeyedDraws,
    private readonly simulation: Simulation,
    private readonly window: MeasuredWindow,
    private readonly publishedSeries: (now: number, records: number) => void,
  ) {
    const { partitions, replicationFactor, minInSyncReplicas, waitsForBatch } = outline;
    this.waitsForBatch = waitsForBatch;
    const placed = placeReplicas({ partitions, replicationFactor, brokers, startIndex: start, shift });
    this.logs = placed.map((replicas, index) => {
      const log = new Log(this, index);
      log.brokered = cluster.createPartition(replicas, minInSyncReplicas, log);
      return log;
    });
  }

  get place(): number {
    return this.cluster.place;
  }

  get region(): string {
    return this.cluster.region;
  }

  subscribe(reader: LogReader): number {
    const [number] = this.logs.map((log) => log.subscribe(reader));
    return number;
  }

  get mirrors(): readonly MirroredTopic[] {
    return [];
  }

  /** Gives a record to the producer of the instance that publishes. @param partition -1: whichever has its turn */
  publish(record: TopicRecord, host: ServiceHost, place: number, partition: number): void {
    const { cluster, outline } = this;
    const sticky = partition < 0 ? this.stickyOf(host) : undefined;
    this.drawing = record;
    const log = this.logs[sticky === undefined ? partition : sticky.partition()];
    record.log = log;
    log.counts.published += 1;
    if (this.window.open) log.publishedInWindow += 1;
    for (const { records, bytes } of this.meters) {
      records.count();
      bytes.count(outline.recordSize);
    }
    this.publishedSeries(this.simulation.now, 1);
    const producer = cluster.producer(host, place, outline.settings);
    const isComplete = producer.append(log.brokered, record, outline.recordSize);
    sticky?.append(outline.recordSize, isComplete);
  }

  /** The partitioner of an instance's producer, for records without key. */
  private stickyOf(host: ServiceHost): StickyPartitioner {
    let sticky = this.stickies.get(host);
    if (sticky === undefined) {
      const { partitions: count, settings } = this.outline;
      const random31 = () => Math.floor(this.draws.uniform(this.drawing.high, this.drawing.low, 0) * 2 ** 31);
      sticky = kafkaSticky({ count, batchSize: settings.batchSize }, random31);
      this.stickies.set(host, sticky);
    }
    return sticky;
  }

  batchLeft(records: readonly TopicRecord[], now: number): void {
    for (const { batchSize, batchWait } of this.meters) {
      batchSize.observe(records.length);
      for (const { publishedAt } of records) batchWait.observe((now - publishedAt) / 1e9);
    }
  }

  acknowledged(record: TopicRecord): void {
    const waited = (this.simulation.now - record.publishedAt) / 1e9;
    for (const { publishLatency } of this.meters) publishLatency.observe(waited);
  }

  lost(): void {
    for (const { lostRecords } of this.meters) lostRecords.count();
  }

  misapplied(record: TopicRecord): void {
    if (this.wrong.has(record) || !this.window.contains(record.publishedAt)) return;
    this.wrong.add(record);
    for (const { misappliedRecords } of this.meters) misappliedRecords.count();
  }

  /** Records of the measured window. */
  publishedByPartition(): number[] {
    return this.logs.map(({ publishedInWindow }) => publishedInWindow);
  }

  openWindow(): void {
    for (const log of this.logs) log.publishedInWindow = 0;
  }
}
