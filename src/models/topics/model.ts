import { toTicks } from '../../sim/clock.ts';
import { shardFunctions } from '../algorithms/partitioning/index.ts';
import { type Cluster, clustersSection, type ProducerHost } from '../contracts/cluster.ts';
import { type KeyPopulation, keysSection } from '../contracts/keys.ts';
import type { Publisher, Topic } from '../contracts/topic.ts';
import type { CostRow } from '../cost.ts';
import type { Component } from '../kind.ts';
import type { Loss } from '../loss.ts';
import type { RecoveryPoint } from '../recovery-point.ts';
import type { Topology } from '../topology.ts';
import type { Wiring } from '../wiring.ts';
import { mirrorsOf, regionsOf, replicationOf, shardsOf, storageOf, type TopicConfig } from './config.ts';
import { KeyPartitions, placeName } from './key-partitions.ts';
import type { LogCounts } from './log.ts';
import { type TopicMeters, topicMeters } from './metrics.ts';
import { Mirrors, type MirrorTally } from './mirrors.ts';
import { TopicInRegion } from './region.ts';
import { RelayedRecord } from './relayed-record.ts';

/** What a topic leaves for the result beside its meters: records of the whole run, and shares of each partition. */
export interface TopicTally extends Readonly<LogCounts> {
  /** Below the high watermark. */
  readonly readable: number;
  /** Of the records published in the window, by region and partition; empty where there were none. */
  readonly shares: Readonly<Record<string, readonly number[]>>;
  /** Copies between regions, where there are any. */
  readonly mirrors?: readonly MirrorTally[];
}

/** A topic in all regions of its cluster. */
export class TopicModel implements Topic, Component {
  readonly regions: TopicInRegion[] = [];
  private cluster!: Cluster;
  private mirrors: Mirrors | undefined;
  private readonly whole: TopicMeters;
  private readonly points: RecoveryPoint[] = [];
  private readonly meters: TopicMeters[] = [];
  private readonly byKey = new Map<string, KeyPartitions>();
  private readonly nearestTo: TopicInRegion[] = [];

  constructor(
    readonly name: string,
    readonly config: TopicConfig,
    private readonly wiring: Wiring,
  ) {
    this.whole = wiring.meters(['topics', name], topicMeters);
  }

  get partitions(): number {
    return this.shards * this.config.partitions;
  }

  /** Clusters of each region. */
  get shards(): number {
    return shardsOf(this.config, this.wiring.design);
  }

  get recordSize(): number {
    return this.config.recordSize;
  }

  get waitsForAnswer(): boolean {
    return this.config.producer.acks !== 0;
  }

  connect(): void {
    const { config, name, wiring } = this;
    this.cluster = wiring.find<Cluster>(clustersSection, config.cluster.name);
    const { producer } = config;
    const { brokers } = this.cluster;
    const outline = {
      partitions: config.partitions,
      brokers,
      replicationFactor: replicationOf(config, wiring.design),
      setting: {
        minInSyncReplicas: config.minInsyncReplicas,
        uncleanElection: config.uncleanElection,
        recordSize: config.recordSize,
        retention: config.retention,
      },
      settings: { ...producer, linger: toTicks(producer.linger) },
      waitsForBatch: wiring.segments.number(`topics.${name}`, 'waits for its batch', true),
    };
    const draws = wiring.draws(`topics.${name}.turns`);
    for (const clusters of this.cluster.regions) {
      const [{ region }] = clusters;
      const path = `topics.${name}.in.${region}`;
      const place = wiring.stream(`${path}.placement`);
      const broker = () => Math.floor(place() * brokers);
      const meters = wiring.meters(['topics', name, 'in', region], topicMeters);
      const series = wiring.timeline.counter(`${path}.records`, 'count');
      this.meters.push(meters);
      this.regions.push(
        new TopicInRegion(outline, clusters, broker, meters, draws, wiring.simulation, wiring.window, series),
      );
    }
    if (mirrorsOf(config, wiring.design).length > 0) {
      this.mirrors = new Mirrors(name, config, brokers, this.regions, wiring);
    }
  }

  nearest(place: number): TopicInRegion {
    this.nearestTo[place] ??= this.regions[this.cluster.nearest(place)];
    return this.nearestTo[place];
  }

  publisher(host: ProducerHost, place: number): Publisher {
    const topic = this.nearest(place);
    const key = this.config.key?.name;
    const population = key === undefined ? undefined : this.wiring.find<KeyPopulation>(keysSection, key);
    const partitions = population === undefined ? undefined : this.partitionsBy(population);
    return {
      publish: (event) => {
        const record = new RelayedRecord(event, this.wiring.simulation.now);
        const value = population === undefined ? -1 : event.keys[population.slot];
        topic.publish(record, host, place, partitions?.of(value) ?? -1);
        if (this.waitsForAnswer) return;
        topic.acknowledged(record);
        event.published();
      },
    };
  }

  /** The partition of each value of a key; the same table for all who ask. */
  partitionsBy(key: KeyPopulation): KeyPartitions {
    const { partitions } = this.config;
    const known = this.byKey.get(key.name) ?? new KeyPartitions(key, partitions, this.shardFunction);
    this.byKey.set(key.name, known);
    return known;
  }

  /** From a key's text to its cluster; none where there is one. */
  private get shardFunction(): ((key: string) => number) | undefined {
    const { config, shards } = this;
    return config.shardBy === undefined ? undefined : shardFunctions[config.shardBy].make({ count: shards });
  }

  /** A region's disks are lost with all that other regions have no copies of. */
  lose({ data, place, zone }: Loss): void {
    const { mirrors, points } = this;
    const region = this.regions.find((each) => each.place === place);
    if (mirrors === undefined || region === undefined || zone !== undefined || data === 'kept') return;
    points.push(mirrors.notCopied(region.region));
  }

  recoveryPoints(): readonly RecoveryPoint[] {
    return this.points;
  }

  openWindow(): void {
    for (const region of this.regions) region.openWindow();
  }

  closeWindow(): void {
    const { whole } = this;
    for (const [at, region] of this.regions.entries()) {
      const meters = this.meters[at];
      region.closeWindow();
      setHottest(meters, region.publishedByPartition());
      for (const count of counted) whole[count].give(meters[count].read().num);
      for (const values of observed) whole[values].give(meters[values]);
    }
    setHottest(whole, this.publishedByPartition());
    this.mirrors?.closeWindow();
  }

  end(): void {
    const { accuracy, misappliedRecords } = this.whole;
    for (const [at, region] of this.regions.entries()) {
      const meters = this.meters[at];
      region.end();
      misappliedRecords.give(meters.misappliedRecords.read().num);
      const { num, den } = meters.accuracy.read();
      if (den > 0) accuracy.give(num, den);
    }
  }

  /** Records of the window by partition, over all regions. */
  private publishedByPartition(): number[] {
    const counts = this.regions.map((region) => region.publishedByPartition());
    return counts[0].map((_, partition) => counts.reduce((sum, each) => sum + each[partition], 0));
  }

  costs(): CostRow[] {
    const { config, name, wiring } = this;
    const copies = replicationOf(config, wiring.design);
    const item = storageOf(config, wiring.design);
    return this.regions.flatMap((region): CostRow[] => {
      const records = region.publishedByPartition().reduce((sum, each) => sum + each, 0);
      const copied = this.mirrors?.bytesIn(region.region) ?? 0;
      const bytesPerSecond = (records * config.recordSize + copied) / wiring.window.seconds;
      const quantity = (bytesPerSecond * copies * config.retention) / 1e9;
      const row = { component: `topics.${name}`, region: region.region, item, unit: 'GB' };
      return quantity === 0 ? [] : [{ ...row, quantity, basis: 'measured' }];
    });
  }

  topology(): Topology {
    const { name, config, wiring } = this;
    const regions = regionsOf(config, wiring.design).map((region) => [region, { count: this.partitions }]);
    const cells = sharesOf(this.publishedByPartition()).map((share, partition) => ({
      name: this.shards === 1 ? String(partition) : placeName(partition, config.partitions),
      share,
    }));
    return {
      id: `topics.${name}`,
      kind: 'topic',
      title: name,
      regions: Object.fromEntries(regions),
      calls: [`clusters.${config.cluster.name}`],
      cells,
    };
  }

  record(): TopicTally {
    const logs = this.regions.flatMap((region) => region.logs);
    const total = (count: (log: (typeof logs)[number]) => number) =>
      logs.reduce((sum, log) => sum + count(log), 0);
    return {
      published: total(({ counts }) => counts.published),
      sent: total(({ counts }) => counts.sent),
      lost: total(({ counts }) => counts.lost),
      undelivered: total(({ counts }) => counts.undelivered),
      lostAcknowledged: total(({ counts }) => counts.lostAcknowledged),
      lostUnacknowledged: total(({ counts }) => counts.lostUnacknowledged),
      truncated: total(({ counts }) => counts.truncated),
      duplicated: total(({ counts }) => counts.duplicated),
      readable: total(({ end }) => end),
      shares: Object.fromEntries(
        this.regions.map((region) => [region.region, sharesOf(region.publishedByPartition())]),
      ),
      ...(this.mirrors === undefined ? {} : { mirrors: this.mirrors.record() }),
    };
  }
}

/** Meters that the whole gets from the regions. */
const observed = ['batchSize', 'batchWait', 'publishLatency'] as const;
const counted = [
  'records',
  'bytes',
  'lostRecords',
  'refusedRecords',
  'undeliveredRecords',
  'duplicatedRecords',
  'lostAcknowledged',
  'lostUnacknowledged',
] as const;

function setHottest(meters: TopicMeters, counts: readonly number[]): void {
  const shares = sharesOf(counts);
  if (shares.length > 0) meters.hottestPartitionShare.set(Math.max(...shares));
}

/** Each count over their sum; none where there is nothing. */
function sharesOf(counts: readonly number[]): number[] {
  const total = counts.reduce((sum, each) => sum + each, 0);
  return total === 0 ? [] : counts.map((each) => each / total);
}
