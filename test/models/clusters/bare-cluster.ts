import { Assembly } from '../../../src/models/assemble.ts';
import type { ClusterModel } from '../../../src/models/clusters/model.ts';
import type { BrokeredPartition } from '../../../src/models/clusters/partition.ts';
import type { ClusterInRegion } from '../../../src/models/clusters/region.ts';
import type {
  OutgoingRecord,
  PartitionObserver,
  PartitionSetting,
  Producer,
  ProducerSettings,
} from '../../../src/models/contracts/cluster.ts';
import type { ServiceHost } from '../../../src/models/contracts/service.ts';
import { designOf } from '../harness.ts';

/** A cluster with nothing around it: a millisecond from broker to broker and from anywhere to them, unless said otherwise. */
export function bareCluster({ brokers = 3, cluster = '', jitter = '0%', seed = 1, begin = 'empty' } = {}) {
  const yaml = `
name: bare
run: { duration: 1d, warmUp: 0s, begin: ${begin} }
regions: { us: us-east-1 }
network: { jitter: ${jitter}, sameRegion: 2ms }
workloads: { w: { arrivals: { rate: 1/month, process: deterministic }, call: a.idle } }
services: { a: { operations: { idle: [ wait: 1ms ] } } }
clusters: { c: { brokers: ${brokers}, append: 100us, bandwidth: 1GB/s, ${cluster} } }
`;
  const assembly = new Assembly(designOf(yaml), seed, 0);
  const model = assembly.component<ClusterModel>('clusters.c');
  return new BareCluster(assembly, model, model.regions[0][0]);
}

export class BareCluster {
  private readonly agenda;
  private records = 0;

  constructor(
    readonly assembly: Assembly,
    readonly model: ClusterModel,
    readonly region: ClusterInRegion,
  ) {
    this.agenda = assembly.simulation.agenda();
  }

  partition(replicas: readonly number[], setting: Partial<PartitionSetting> = {}, isRead = true): Watched {
    const watched = new Watched(isRead);
    const complete = {
      minInSyncReplicas: 1,
      uncleanElection: false,
      recordSize: 1000,
      retention: 604800,
      ...setting,
    };
    watched.partition = this.region.createPartition(replicas, complete, watched);
    return watched;
  }

  producer(settings: Partial<ProducerSettings> = {}): Client {
    const deaths: (() => void)[] = [];
    const host = { whenDead: (died: () => void) => deaths.push(died) } as unknown as ServiceHost;
    const complete = { acks: 'all', linger: 0, batchSize: 16384, maxInFlight: 5, ...settings } as const;
    const producer = this.region.producer(host, this.region.place, complete);
    const die = () => {
      for (const died of deaths) died();
    };
    return { producer, die };
  }

  /** Does something at an instant (seconds). */
  at(seconds: number, act: () => void): void {
    this.agenda.at(Math.round(seconds * 1e9), { fire: act });
  }

  publish(client: Client, to: Watched): Sent {
    this.records += 1;
    const record = new Sent(this.records, client, this.now, () => this.now);
    to.published.push(record);
    client.producer.append(to.partition, record, 1000);
    return record;
  }

  get now(): number {
    return this.assembly.simulation.now / 1e9;
  }

  /** Runs up to an instant; what goes round in circles is found out. */
  run(until: number): void {
    const { simulation } = this.assembly;
    while (this.now < until) {
      const before = simulation.events;
      simulation.run(Math.round(Math.min(until, this.now + 1) * 1e9));
      if (simulation.events > before + 50_000) throw new Error(`too many events at ${this.now} s`);
    }
  }
}

/** An instance with its producer. */
export interface Client {
  readonly producer: Producer;
  die(): void;
}

/** A record and all that its producer hears of it. */
export class Sent implements OutgoingRecord {
  readonly high: number;
  acknowledgedAt = Number.NaN;
  failedAt = Number.NaN;
  isLost = false;

  constructor(
    readonly low: number,
    readonly client: Client,
    readonly at: number,
    readonly clock: () => number,
  ) {
    this.high = low;
  }

  get isAcknowledged(): boolean {
    return !Number.isNaN(this.acknowledgedAt);
  }

  acknowledged(): void {
    this.acknowledgedAt = this.clock();
  }

  undelivered(): void {
    this.failedAt = this.clock();
  }

  lost(): void {
    this.isLost = true;
  }
}

/** A partition, with what was published to it and what became of it. */
export class Watched implements PartitionObserver {
  partition!: BrokeredPartition;
  readonly published: Sent[] = [];
  readonly readable: Sent[] = [];
  readonly visibleAt: number[] = [];
  readonly dropped: Sent[] = [];
  readonly copies: Sent[] = [];
  readonly leaders: { readonly at: number; readonly leader: number }[] = [];
  readonly refusedAt: number[] = [];
  truncations = 0;

  constructor(readonly isRead: boolean) {}

  batchLeft(): void {}

  becameVisible(records: readonly Sent[], instant: number): void {
    for (const record of records) {
      this.readable.push(record);
      this.visibleAt.push(instant / 1e9);
    }
  }

  refused(records: readonly Sent[]): void {
    for (const { clock } of records) this.refusedAt.push(clock());
  }

  duplicated(records: readonly Sent[]): void {
    this.copies.push(...records);
  }

  lostFromLog(records: readonly Sent[]): void {
    this.dropped.push(...records);
  }

  truncated(records: number): void {
    this.truncations += records;
    this.dropped.push(...this.readable.splice(this.readable.length - records));
    this.visibleAt.splice(this.readable.length);
  }

  leaderChanged(now: number): void {
    this.leaders.push({ at: now / 1e9, leader: this.partition.leader });
  }
}
