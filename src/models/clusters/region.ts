import { toTicks } from '../../sim/clock.ts';
import type { KeyedDraws } from '../../sim/random/keyedDraws.ts';
import type { Agenda, Simulation } from '../../sim/simulation.ts';
import type { PartitionObserver, ProducerSettings, RegionalCluster } from '../contracts/cluster.ts';
import type { Network } from '../contracts/network.ts';
import type { ServiceHost } from '../contracts/service.ts';
import type { Wiring } from '../wiring.ts';
import { Batch } from './batch.ts';
import { Broker } from './broker.ts';
import { assumedAppend, type ClusterConfig } from './config.ts';
import type { ClusterMeters } from './metrics.ts';
import { BrokeredPartition } from './partition.ts';
import { ProduceRequest } from './produce-request.ts';
import { ProducerOnInstance } from './producer.ts';
import { ReplicaFetch } from './replica-fetch.ts';

/** Segments to which the time of a publish is credited at the brokers. */
export interface BrokerSegments {
  readonly waits: number;
  readonly appends: number;
  readonly replicates: number;
}

/** The brokers of one region, the copies between them, and the producers that send to them. */
export class ClusterInRegion implements RegionalCluster {
  readonly brokers: Broker[];
  readonly agenda: Agenda;
  readonly simulation: Simulation;
  /** Bytes in the measured window: from producers, and of those the copies that crossed zones. */
  bytesIn = 0;
  bytesCopiedAcrossZones = 0;
  private readonly draws: KeyedDraws;
  private readonly producers = new WeakMap<ServiceHost, ProducerOnInstance[]>();
  private partitions = 0;
  private readonly requests: ProduceRequest[] = [];
  private readonly batches: Batch[] = [];
  private readonly append;
  /** Ticks of an append, where its time does not vary; −1 where it does. */
  private readonly always: number;
  private readonly nanosecondsPerByte: number;

  constructor(
    readonly region: string,
    readonly place: number,
    zones: number,
    config: ClusterConfig,
    readonly segments: BrokerSegments,
    private readonly meters: ClusterMeters,
    private readonly network: Network,
    private readonly wiring: Wiring,
    path: string,
  ) {
    this.brokers = Array.from({ length: config.brokers }, (_, number) => new Broker(number, number % zones));
    this.agenda = wiring.agenda();
    this.simulation = wiring.simulation;
    this.draws = wiring.draws(path);
    this.append = config.append ?? assumedAppend;
    this.always = this.append.cv === 0 ? toTicks(this.append.mean) : -1;
    this.nanosecondsPerByte = 1e9 / config.bandwidth;
  }

  createPartition(
    [leader, ...followers]: readonly number[],
    minInSyncReplicas: number,
    observer: PartitionObserver,
  ): BrokeredPartition {
    const number = this.partitions;
    this.partitions += 1;
    return new BrokeredPartition(number, this, this.brokers[leader], followers, minInSyncReplicas, observer);
  }

  producer(host: ServiceHost, place: number, settings: ProducerSettings): ProducerOnInstance {
    let all = this.producers.get(host);
    if (all === undefined) {
      all = [];
      this.producers.set(host, all);
    }
    let producer = all.find((each) => areEqual(each.settings, settings));
    if (producer === undefined) {
      producer = new ProducerOnInstance(this, host, place, settings);
      all.push(producer);
    }
    return producer;
  }

  fetchOf(leader: Broker, follower: number): ReplicaFetch {
    leader.fetches[follower] ??= new ReplicaFetch(this, leader, this.brokers[follower]);
    return leader.fetches[follower];
  }

  /** Nanoseconds that a broker needs to append a request of so many bytes. */
  appendTicks(bytes: number, high: number, low: number, draw: number): number {
    const transfer = Math.round(bytes * this.nanosecondsPerByte);
    if (this.always >= 0) return this.always + transfer;
    return toTicks(this.append.quantile(this.draws.uniform(high, low, draw))) + transfer;
  }

  /** Nanoseconds from one broker to another. */
  delay(high: number, low: number, draw: number): number {
    return this.way(this.place, this.place, high, low, draw);
  }

  /** Nanoseconds from a producer to a broker. */
  wayFrom(producer: number, high: number, low: number, draw: number): number {
    return this.way(producer, this.place, high, low, draw);
  }

  /** A request leaves its producer. */
  carryFrom(producer: number, bytes: number): void {
    this.network.carry(producer, this.place, bytes);
  }

  wayTo(producer: number, high: number, low: number, draw: number): number {
    return this.way(this.place, producer, high, low, draw);
  }

  /** One way's delay; nothing is drawn for none. */
  private way(from: number, to: number, high: number, low: number, draw: number): number {
    if (this.network.nominalDelay(from, to) === 0) return 0;
    return this.network.delay(from, to, this.draws.uniform(high, low, draw));
  }

  segmentTo(producer: number): number {
    return this.network.segment(producer, this.place);
  }

  /** A producer's request has reached a broker. */
  received(bytes: number): void {
    this.meters.requests.count();
    if (this.wiring.window.open) this.bytesIn += bytes;
  }

  /** A follower fetches. */
  copied(leader: Broker, follower: Broker, bytes: number): void {
    if (leader.zone !== follower.zone && this.wiring.window.open) this.bytesCopiedAcrossZones += bytes;
  }

  /** All in-sync replicas have a batch, from its `replicatedAt` on. */
  replicated({ appendedAt, replicatedAt, request }: Batch): void {
    this.meters.replicationTime.observe((replicatedAt - appendedAt) / 1e9);
    request?.replicated(replicatedAt);
  }

  takeRequest(): ProduceRequest {
    return this.requests.pop() ?? new ProduceRequest(this);
  }

  giveRequest(request: ProduceRequest): void {
    this.requests.push(request);
  }

  takeBatch(): Batch {
    return this.batches.pop() ?? new Batch();
  }

  giveBatch(batch: Batch): void {
    const { records } = batch;
    while (records.length > 0) records.pop();
    this.batches.push(batch);
  }

  openWindow(now: number): void {
    for (const { line } of this.brokers) line.resetWindow(now);
    this.bytesIn = 0;
    this.bytesCopiedAcrossZones = 0;
  }
}

const areEqual = (a: ProducerSettings, b: ProducerSettings): boolean =>
  a === b ||
  (a.acks === b.acks &&
    a.linger === b.linger &&
    a.batchSize === b.batchSize &&
    a.maxInFlight === b.maxInFlight);
