import { childIdentity } from '../../sim/random/childIdentity.ts';
import type { KeyedDraws } from '../../sim/random/keyedDraws.ts';
import type { Agenda, Simulation } from '../../sim/simulation.ts';
import type { Producer } from '../contracts/cluster.ts';
import type { Network } from '../contracts/network.ts';
import type { LogReader } from '../contracts/topic.ts';
import { StuckMessage } from '../stuck-message.ts';
import type { Log } from './log.ts';
import { MirrorFetch } from './mirror-fetch.ts';
import { type MirroredHere, MirroredRecord } from './mirrored.ts';
import type { TopicInRegion } from './region.ts';

const words = { high: 0, low: 0 };

/** A Connect worker's producer: see `Mirror`. */
const copying = {
  acks: 'all',
  linger: 5e6,
  batchSize: 16384,
  maxInFlight: 1,
  deliveryTimeout: Number.POSITIVE_INFINITY,
  isIdempotent: false,
} as const;

/** What mirrors run with. */
export interface MirrorWiring {
  readonly simulation: Simulation;
  readonly agenda: Agenda;
  readonly network: Network;
  readonly draws: KeyedDraws;
  /** Numbers the mirror apart from others, for the identities of copies. */
  readonly site: number;
}

/**
 * What copies a topic from one region's cluster to another's, as MirrorMaker 2 does it: a consumer of the one and a
 * producer for the other, in the region that it copies to. A record keeps its partition, and the order there.
 *
 * Source: Apache Kafka 1eb7644349cb, connect/…/mirror/MirrorSourceTask.java (poll and convertRecord: the same partition),
 * connect/…/runtime/Worker.java, baseProducerProps: acks all, one request in flight, no idempotence, no timeout; the rest
 * are the clients' defaults. Differs: copying takes no processor time, workers do not fail, and offsets are not committed.
 */
export class Mirror implements LogReader {
  private readonly reader: number;
  private readonly positions: number[];
  /** By the number of the broker that they ask. */
  private readonly fetches: (MirrorFetch | undefined)[] = [];
  /** Of each partition, which it asks there. */
  private readonly askedOf: number[];
  /** One a cluster. */
  private producers: readonly Producer[] | undefined;
  private readonly host = { whenDead: () => {} };

  constructor(
    readonly source: TopicInRegion,
    readonly target: MirroredHere,
    private readonly wiring: MirrorWiring,
  ) {
    this.positions = source.logs.map(({ end }) => end);
    this.askedOf = source.logs.map(({ leader }) => leader);
    this.reader = source.subscribe(this);
    for (const [number, leader] of this.askedOf.entries()) this.fetchOf(leader).add(number);
  }

  get simulation(): Simulation {
    return this.wiring.simulation;
  }

  get agenda(): Agenda {
    return this.wiring.agenda;
  }

  get recordSize(): number {
    return this.source.recordSize;
  }

  private fetchOf(broker: number): MirrorFetch {
    this.fetches[broker] ??= new MirrorFetch(this, broker);
    return this.fetches[broker];
  }

  advanced(log: Log, _records: number, now: number): void {
    const { leader } = log;
    if (leader >= 0) this.fetchOf(leader).offer(now);
  }

  /** It asks the new leader, once there is one. */
  leaderChanged(log: Log, now: number): void {
    const { index, leader } = log;
    if (leader < 0 || leader === this.askedOf[index]) return;
    this.fetchOf(this.askedOf[index]).remove(index);
    this.askedOf[index] = leader;
    const fetch = this.fetchOf(leader);
    fetch.add(index);
    fetch.offer(now);
  }

  /** How many records of a partition could be fetched now. */
  missing(partition: number): number {
    const log = this.source.logs[partition];
    return log.leader < 0 ? 0 : log.end - this.positions[partition];
  }

  position(partition: number): number {
    return this.positions[partition];
  }

  /** A fetch has taken so many records of a partition along. */
  took(partition: number, records: number): void {
    this.positions[partition] += records;
  }

  /** What a fetch has taken along of a partition is asked for anew. */
  goesBack(partition: number, to: number): void {
    this.positions[partition] = Math.min(this.positions[partition], to);
  }

  /** Nanoseconds of a fetch to the source's broker. */
  wayThere({ high, low }: { high: number; low: number }, broker: number): number {
    const { draws, network } = this.wiring;
    const uniform = draws.uniform(high, low, 2 * broker + 1);
    return network.delay(this.target.place, this.source.place, uniform);
  }

  /** Nanoseconds of an answer with so many records. */
  wayBack({ high, low }: { high: number; low: number }, broker: number, records: number): number {
    const { draws, network } = this.wiring;
    const { place } = this.target;
    network.carry(this.source.place, place, records * this.recordSize);
    return network.delay(this.source.place, place, draws.uniform(high, low, 2 * broker));
  }

  /** A fetch, or its answer, gets nowhere: `arrived` is told when it will be there after all. */
  stuck(isAnswer: boolean, arrived: (instant: number) => void): void {
    const { agenda, network, simulation } = this.wiring;
    const [from, to] = isAnswer
      ? [this.source.place, this.target.place]
      : [this.target.place, this.source.place];
    new StuckMessage(network, agenda, simulation, { from, to, uniform: 0.5 }, arrived);
  }

  nominalWay(): number {
    return this.wiring.network.nominalDelay(this.target.place, this.source.place);
  }

  /** Records of a partition are here: they are published here. */
  copy(partition: number, from: number, to: number): void {
    const { source, target, wiring } = this;
    const { clusters, place } = target;
    const here = target.logs[partition];
    const there = source.logs[partition];
    this.producers ??= clusters.map((cluster) => cluster.producer(this.host, place, copying));
    const producer = this.producers[here.shard];
    for (let offset = from; offset < to; offset += 1) {
      const original = there.at(offset);
      if (original.isGone) continue;
      childIdentity(original.high, original.low, wiring.site, 0, words);
      const record = new MirroredRecord(words.high, words.low, original, offset);
      record.log = here;
      target.copied += 1;
      producer.append(here.brokered, record, this.recordSize);
    }
    there.release(this.reader, to);
  }
}
