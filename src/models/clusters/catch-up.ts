import type { EventTarget } from '../../sim/event-queue.ts';
import type { Broker } from './broker.ts';
import type { BrokeredPartition, Missing } from './partition.ts';
import type { ClusterInRegion } from './region.ts';

/** Bytes of one fetch at most, and of one partition in it: Kafka's replica.fetch.response.max.bytes and …fetch.max.bytes. */
const responseBytes = 10 * 2 ** 20;
const partitionBytes = 2 ** 20;
/** Where the draws of these fetches begin. */
const catchUpDraws = 2 ** 21;

/**
 * The fetches by which a follower that is not in sync gets what it lacks from one leader, round after round, as much as
 * a fetch brings; the leader reads it from memory. A partition that has all below the high watermark is in sync again and
 * goes on with the others (`ReplicaFetch`).
 */
export class CatchUp implements EventTarget {
  private partitions: BrokeredPartition[] = [];
  private round: Missing[] = [];
  private bytes = 0;
  private rounds = 0;
  /** When the fetch that was under way already reaches the leader. */
  private firstAt = -1;
  private stage: 'idle' | 'answer under way' | 'fetch under way' = 'idle';
  private token = 0;

  constructor(
    private readonly cluster: ClusterInRegion,
    readonly leader: Broker,
    readonly follower: Broker,
  ) {}

  /** @param underWay what a fetch that is about to reach the leader will say of the follower's log, and when */
  add(partition: BrokeredPartition, underWay?: { readonly end: number; readonly at: number }): void {
    const { agenda, nominalWay, simulation } = this.cluster;
    if (this.partitions.includes(partition)) return;
    this.partitions.push(partition);
    if (underWay !== undefined && this.round.length === 0 && this.stage === 'idle')
      this.firstAt = underWay.at;
    if (underWay !== undefined && this.firstAt === underWay.at)
      this.round.push({ partition, older: 0, end: underWay.end, bytes: 0 });
    if (this.stage !== 'idle') return;
    this.stage = 'fetch under way';
    const at = underWay === undefined ? simulation.now + nominalWay : underWay.at;
    agenda.at(Math.max(simulation.now, at), this, this.token);
  }

  remove(partition: BrokeredPartition): void {
    this.partitions = this.partitions.filter((each) => each !== partition);
    this.round = this.round.filter((each) => each.partition !== partition);
  }

  /** One of the two has died. */
  stop(): void {
    this.token += 1;
    this.firstAt = -1;
    this.partitions = [];
    this.round = [];
    this.stage = 'idle';
  }

  fire(token: number): void {
    if (token !== this.token) return;
    if (this.stage === 'answer under way') this.append();
    else this.respond();
  }

  /** The answer is at the follower. */
  private append(): void {
    const { bytes, cluster, follower, leader } = this;
    this.rounds += 1;
    const work = cluster.appendTicks(
      follower,
      bytes,
      leader.number,
      this.rounds,
      catchUpDraws + follower.number,
    );
    const appended = follower.line.serve(cluster.simulation.now, work);
    cluster.copied(leader, follower, bytes);
    this.stage = 'fetch under way';
    cluster.agenda.at(appended + cluster.nominalWay, this, this.token);
  }

  /** The next fetch is at the leader: it says what the follower has, and is answered. */
  private respond(): void {
    const { cluster, follower } = this;
    this.firstAt = -1;
    for (const part of this.round.splice(0)) part.partition.has(follower, part);
    this.partitions = this.partitions.filter((partition) => !partition.takeIn(follower));
    this.bytes = 0;
    for (const partition of this.partitions) this.load(partition);
    if (this.round.length === 0) {
      this.stage = 'idle';
      return;
    }
    this.stage = 'answer under way';
    cluster.agenda.after(cluster.nominalWay, this, this.token);
  }

  private load(partition: BrokeredPartition): void {
    const room = Math.min(partitionBytes, responseBytes - this.bytes);
    if (room <= 0) return;
    const part = partition.missing(this.follower, room);
    this.bytes += part.bytes;
    this.round.push(part);
  }
}
