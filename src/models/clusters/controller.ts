import { toTicks } from '../../sim/clock.ts';
import type { EventTarget } from '../../sim/event-queue.ts';
import type { Random } from '../../sim/random/streams.ts';
import { lagCheckPeriod } from '../algorithms/replication/in-sync.ts';
import type { Broker } from './broker.ts';
import type { ClusterInRegion } from './region.ts';

/** Seconds without a heartbeat after which a broker is taken for dead: Kafka's broker.session.timeout.ms. */
const sessionTimeout = 9;
/** Seconds from one heartbeat of a broker to the next: broker.heartbeat.interval.ms. */
const heartbeatInterval = 2;
/**
 * Seconds from some partition not being led by its preferred leader to the election of all such:
 * leader.imbalance.check.interval.seconds. (A controller of KRaft does not look at
 * leader.imbalance.per.broker.percentage: ReplicationControlManager.maybeBalancePartitionLeaders.)
 */
const preferencePeriod = 300;

/** Who watches over a region's brokers: finds out which are dead, and has leaders elected. Itself it never fails. */
export class Controller {
  /** Brokers that have died and are not known to be dead. */
  private readonly inSession = new Set<Broker>();
  /** Of those, the ones that run again and may register when that is known. */
  private readonly starting = new Set<Broker>();
  private isPreferenceDue = false;

  /** @param phase draws where in their period timers stand */
  constructor(
    private readonly cluster: ClusterInRegion,
    private readonly phase: Random,
  ) {}

  /** Begins to look after followers that are too slow. */
  watch(): void {
    const { agenda, simulation } = this.cluster;
    const check: EventTarget = {
      fire: () => {
        this.leaveSlowBehind();
        agenda.after(toTicks(lagCheckPeriod), check);
      },
    };
    agenda.at(simulation.now + toTicks(this.phase() * lagCheckPeriod), check);
  }

  /** A broker is gone; it is taken for dead when its heartbeats have been missed for too long. */
  crash(broker: Broker): void {
    broker.causeOfDeath = this.cluster.cause;
    const sinceHeartbeat = this.phase() * heartbeatInterval;
    this.inSession.add(broker);
    this.cluster.agenda.after(toTicks(sessionTimeout - sinceHeartbeat), {
      fire: () => this.fence(broker),
    });
  }

  /** A broker runs again. While its former life counts as alive it may not register. */
  start(broker: Broker): void {
    if (this.inSession.has(broker)) this.starting.add(broker);
    else this.register(broker);
  }

  private register(broker: Broker): void {
    broker.isFenced = false;
    broker.isSilent = false;
    broker.isAlive = true;
    this.cluster.failures.returned(broker);
    this.preferLater();
  }

  private fence(broker: Broker): void {
    const { cluster } = this;
    const led = cluster.partitions.filter(({ leaderBroker }) => leaderBroker === broker);
    this.inSession.delete(broker);
    broker.isFenced = true;
    cluster.foundDead(broker);
    for (const partition of cluster.partitionsOf(broker)) partition.fence(broker.number);
    const headless = led.filter(({ leaderBroker }) => leaderBroker === null).length;
    const elected = led.length - headless;
    cluster.note(
      `broker ${broker.number} is taken for dead: ${elected} partitions have another leader, ${headless} have none`,
      { sort: 'judged', as: 'brokers are taken for dead', of: cluster.brokers.length },
    );
    this.preferLater();
    if (this.starting.delete(broker) && broker.outages === 0) this.register(broker);
  }

  private leaveSlowBehind(): void {
    const { cluster } = this;
    const { now } = cluster.simulation;
    for (const { fetches } of cluster.brokers) {
      for (const fetch of fetches) {
        if (fetch?.isTooSlow(now)) cluster.failures.leaveBehind(fetch);
      }
    }
  }

  /** Sees to it that preferred leaders lead again, some time after that has ceased to be so. */
  private preferLater(): void {
    if (this.isPreferenceDue || !this.isImbalanced) return;
    this.isPreferenceDue = true;
    this.cluster.agenda.after(toTicks(preferencePeriod), { fire: () => this.preferFirst() });
  }

  private get isImbalanced(): boolean {
    return this.cluster.partitions.some(({ leaderBroker, replicas }) => leaderBroker?.number !== replicas[0]);
  }

  private preferFirst(): void {
    const { cluster } = this;
    let moved = 0;
    this.isPreferenceDue = false;
    for (const partition of cluster.partitions) if (partition.preferFirst()) moved += 1;
    if (moved > 0) cluster.note(`${moved} partitions are led by their preferred leaders again`);
    this.preferLater();
  }
}
