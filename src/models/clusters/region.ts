import { toTicks } from '../../sim/clock.ts';
import type { KeyedDraws } from '../../sim/random/keyedDraws.ts';
import type { Agenda, Simulation } from '../../sim/simulation.ts';
import type {
  PartitionObserver,
  PartitionSetting,
  ProducerSettings,
  RegionalCluster,
} from '../contracts/cluster.ts';
import type { HeldUp, Network } from '../contracts/network.ts';
import type { ServiceHost } from '../contracts/service.ts';
import type { Stretch, Turn } from '../milestones.ts';
import type { Meaning } from '../timeline.ts';
import type { Wiring } from '../wiring.ts';
import { Batch } from './batch.ts';
import { Broker } from './broker.ts';
import { CatchUp } from './catch-up.ts';
import { assumedAppend, type ClusterConfig } from './config.ts';
import { Controller } from './controller.ts';
import { Failures } from './failures.ts';
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
  readonly retries: number;
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
  private readonly producers = new WeakMap<object, ProducerOnInstance[]>();
  readonly partitions: BrokeredPartition[] = [];
  readonly controller: Controller;
  readonly failures: Failures;
  /** Nanoseconds from one broker to another, without jitter. */
  readonly nominalWay: number;
  readonly catchUps: CatchUp[] = [];
  /** Whether logs are as long as they are kept when the run begins. */
  readonly beginsSteady: boolean;
  private readonly requests: ProduceRequest[] = [];
  private readonly batches: Batch[] = [];
  private readonly append;
  /** Ticks of an append, where its time does not vary; −1 where it does. */
  private readonly always: number;
  private readonly nanosecondsPerByte: number;

  constructor(
    readonly region: string,
    readonly place: number,
    readonly shard: number,
    zones: number,
    config: ClusterConfig,
    readonly segments: BrokerSegments,
    readonly meters: ClusterMeters,
    private readonly network: Network,
    private readonly wiring: Wiring,
    private readonly path: string,
    recounted: () => void,
  ) {
    this.brokers = Array.from({ length: config.brokers }, (_, number) => new Broker(number, number % zones));
    this.agenda = wiring.agenda();
    this.simulation = wiring.simulation;
    this.draws = wiring.draws(path);
    this.append = config.append ?? assumedAppend;
    this.always = this.append.cv === 0 ? toTicks(this.append.mean) : -1;
    this.nanosecondsPerByte = 1e9 / config.bandwidth;
    this.beginsSteady = wiring.design.run.begin === 'steady';
    this.nominalWay = network.nominalDelay(place, place);
    this.failures = new Failures(this, recounted);
    this.controller = new Controller(this, wiring.stream(`${path}.controller`));
  }

  createPartition(
    replicas: readonly number[],
    setting: PartitionSetting,
    observer: PartitionObserver,
  ): BrokeredPartition {
    const partition = new BrokeredPartition(this.partitions.length, this, replicas, setting, observer);
    this.partitions.push(partition);
    return partition;
  }

  producer(
    host: Pick<ServiceHost, 'whenDead'>,
    place: number,
    settings: ProducerSettings,
  ): ProducerOnInstance {
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

  catchUpOf(leader: Broker, follower: Broker): CatchUp {
    let found = this.catchUps.find((each) => each.leader === leader && each.follower === follower);
    if (found === undefined) {
      found = new CatchUp(this, leader, follower);
      this.catchUps.push(found);
    }
    return found;
  }

  stopCatchingUp(partition: BrokeredPartition): void {
    for (const each of this.catchUps) each.remove(partition);
  }

  /** Nanoseconds that a broker needs to append a request of so many bytes. */
  appendTicks({ slowness }: Broker, bytes: number, high: number, low: number, draw: number): number {
    const transfer = Math.round(bytes * this.nanosecondsPerByte);
    const ticks =
      this.always >= 0
        ? this.always + transfer
        : toTicks(this.append.quantile(this.draws.uniform(high, low, draw))) + transfer;
    return slowness === 1 ? ticks : Math.round(ticks * slowness);
  }

  /** A uniform draw of a record's own. */
  draw(high: number, low: number, draw: number): number {
    return this.draws.uniform(high, low, draw);
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
    if (this.network.nominalDelay(from, to) === 0 && !this.network.isDisturbed) return 0;
    return this.network.delay(from, to, this.draws.uniform(high, low, draw));
  }

  /** A request of a producer, or its answer, gets nowhere now. */
  hold(message: HeldUp, wait: number, producer: number, isAnswer: boolean, uniform: number): void {
    const [from, to] = isAnswer ? [this.place, producer] : [producer, this.place];
    this.network.hold(message, wait, { from, to, uniform, isOpening: false });
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

  /** The high watermark has passed a batch, at its `replicatedAt`. */
  passed({ appendedAt, replicatedAt }: Batch): void {
    this.meters.replicationTime.observe((replicatedAt - appendedAt) / 1e9);
  }

  partitionsOf({ number }: Broker): BrokeredPartition[] {
    return this.partitions.filter(({ replicas }) => replicas.includes(number));
  }

  elected(): void {
    this.meters.elections.count();
  }

  note(what: string, meaning?: Meaning): void {
    this.wiring.timeline.note(this.simulation.now, this.path, what, meaning);
  }

  /** What is put down to it what happens now. */
  get cause(): Turn | undefined {
    return this.wiring.milestones.cause;
  }

  /** A broker that has died is known to be dead. */
  foundDead({ causeOfDeath, number }: Broker): void {
    const whose = { component: this.path, part: `broker ${number}` };
    this.wiring.milestones.since('detect', whose, causeOfDeath, this.simulation.now);
  }

  /** A broker that was dead begins to get what it lacks. */
  beginsToCatchUp({ causeOfReturn }: Broker): Stretch {
    return this.wiring.milestones.begin(
      'catchUp',
      { component: this.path },
      this.simulation.now,
      causeOfReturn,
    );
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

  /** A batch with the same records, which its producer knows nothing of. */
  copyOf({ bytes, openedAt, partition, producer, records, sequence }: Batch): Batch {
    const copy = Object.assign(this.takeBatch(), { bytes, openedAt, partition, producer, sequence });
    for (const record of records) copy.records.push(record);
    copy.isCopy = true;
    return copy;
  }

  giveBatch(batch: Batch): void {
    batch.clear();
    this.batches.push(batch);
  }

  /** Its producer needs a batch no more. */
  forgetKept(batch: Batch): void {
    batch.isKept = false;
    if (!batch.isWaiting) this.giveBatch(batch);
  }

  /** What the high watermark has passed by now is told to those who keep no track of the instant. */
  closeWindow(): void {
    for (const partition of this.partitions) partition.passed();
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
    a.maxInFlight === b.maxInFlight &&
    a.deliveryTimeout === b.deliveryTimeout &&
    a.isIdempotent === b.isIdempotent);
