import type { EventTarget } from '../../sim/event-queue.ts';
import type { Stretch } from '../milestones.ts';
import type { Broker } from './broker.ts';
import type { ClusterInRegion } from './region.ts';
import type { ReplicaFetch } from './replica-fetch.ts';

/** What goes wrong with the brokers of a cluster, and how many partitions are in trouble for it. */
export class Failures implements EventTarget {
  /** Whether a broker has ever failed or fallen behind: requests are looked at batch by batch, and nothing is foreseen. */
  isTroubled = false;
  private slowBrokers = 0;
  /** From the return of a broker until all copies are in sync. */
  private catchUp: Stretch | undefined;
  private isRecountDue = false;

  /** @param recounted is called when there are more or fewer partitions in trouble */
  constructor(
    private readonly cluster: ClusterInRegion,
    private readonly recounted: () => void,
  ) {}

  /**
   * A broker dies at this instant, with what it was about to append. Its log is there when it comes back, or not.
   * @param isSilent its machine with it: clients do not see their connections go
   */
  crash(number: number, isDestroyed = false, isSilent = false): void {
    const broker = this.cluster.brokers[number];
    const { now } = this.cluster.simulation;
    broker.outages += 1;
    broker.isDestroyed ||= isDestroyed;
    if (!broker.isAlive) return;
    this.foreseeNothing();
    broker.isAlive = false;
    broker.isSilent = isSilent;
    broker.line.crash(now);
    for (const fetch of broker.fetches) fetch?.leaderDied(now);
    broker.fetches.length = 0;
    for (const { fetches } of this.cluster.brokers) {
      fetches[number]?.stop();
      fetches[number] = undefined;
    }
    for (const each of this.cluster.catchUps)
      if (each.leader === broker || each.follower === broker) each.stop();
    for (const partition of this.cluster.partitionsOf(broker)) partition.brokerDied(broker);
    this.cluster.controller.crash(broker);
    this.changed();
  }

  /** What made a broker die is over: it starts again. */
  restart(number: number): void {
    const broker = this.cluster.brokers[number];
    broker.outages -= 1;
    broker.causeOfReturn = this.cluster.cause;
    if (broker.outages === 0) this.cluster.controller.start(broker);
  }

  /** A broker has registered again. */
  returned(broker: Broker): void {
    const partitions = this.cluster.partitionsOf(broker);
    if (broker.isDestroyed) for (const partition of partitions) partition.destroyed(broker);
    const what = broker.isDestroyed ? 'without its data' : 'with its data';
    const those = broker.isDestroyed ? 'without their data' : 'with their data';
    broker.isDestroyed = false;
    for (const partition of partitions) partition.rejoin(broker);
    this.cluster.note(`broker ${broker.number} is back, ${what}`, {
      sort: 'health',
      as: `brokers are back, ${those}`,
      of: this.cluster.brokers.length,
    });
    this.catchUp ??= this.cluster.beginsToCatchUp(broker);
    this.changed();
  }

  private caughtUp(now: number): void {
    if (this.catchUp === undefined) return;
    this.catchUp.end(now);
    this.catchUp = undefined;
    this.cluster.note('all copies of its partitions are in sync again', { sort: 'caught-up' });
  }

  /** A broker works so many times slower from now on. @returns what ends that */
  slow(number: number, factor: number): () => void {
    const broker = this.cluster.brokers[number];
    this.foreseeNothing();
    broker.slowness *= factor;
    this.slowBrokers += 1;
    for (const partition of this.cluster.partitionsOf(broker)) partition.limitRequests();
    return () => {
      broker.slowness /= factor;
      this.slowBrokers -= 1;
    };
  }

  /** Whether producers may have to wait for a broker that is alive for longer than they do. */
  get isSlowed(): boolean {
    return this.slowBrokers > 0;
  }

  /** A follower is too slow: it is not waited for any more. */
  leaveBehind(fetch: ReplicaFetch): void {
    const { leader, follower, freeAt } = fetch;
    this.foreseeNothing();
    for (const [partition, end] of fetch.giveUp()) {
      partition.leaveBehind(fetch);
      this.cluster.catchUpOf(leader, follower).add(partition, { end, at: freeAt });
    }
  }

  /** Brokers begin to fail or to fall behind: what was foreseen may not come true. */
  private foreseeNothing(): void {
    if (this.isTroubled) return;
    this.isTroubled = true;
    const { now } = this.cluster.simulation;
    for (const { fetches } of this.cluster.brokers) for (const fetch of fetches) fetch?.doubt(now);
  }

  /** Who leads or is in sync has changed. */
  changed(): void {
    if (this.isRecountDue) return;
    this.isRecountDue = true;
    this.cluster.simulation.soon(this, 0);
  }

  fire(): void {
    const { now } = this.cluster.simulation;
    let offline = 0;
    let underReplicated = 0;
    for (const { leader, isUnderReplicated } of this.cluster.partitions) {
      if (leader < 0) offline += 1;
      if (isUnderReplicated) underReplicated += 1;
    }
    this.isRecountDue = false;
    if (underReplicated === 0) this.caughtUp(now);
    this.cluster.meters.offlinePartitions.set(now, offline);
    this.cluster.meters.underReplicatedPartitions.set(now, underReplicated);
    this.recounted();
  }
}
