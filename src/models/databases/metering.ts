import { toSeconds } from '../../sim/clock.ts';
import type { Occupancy } from '../kind.ts';
import type { MetersOf } from '../meters.ts';
import type { Wiring } from '../wiring.ts';
import type { CommitReach } from './commit-reach.ts';
import { copyPlacements, type DatabaseConfig, replicaCount } from './config.ts';
import { type Torn, tornWays } from './dual-write.ts';
import { failoverMeters } from './failover/metrics.ts';
import type { Succession } from './failover/succession.ts';
import {
  alertMeters,
  databaseMeters,
  redirectMeters,
  regionMeters,
  replicaMeters,
  shardMeters,
  waitMeters,
} from './metrics.ts';
import type { Node } from './node.ts';
import { OutboxMetering } from './outbox/metering.ts';
import { outboxMeters, unpublishedMeters, unwrittenMeters } from './outbox/metrics.ts';
import type { Shard } from './shard.ts';
import { Usage } from './usage.ts';
import type { Uses } from './uses.ts';

/** What is measured of the copies in one region. */
export interface RegionPart {
  readonly region: string;
  readonly place: number;
  readonly meters: MetersOf<typeof regionMeters>;
  readonly replicas: MetersOf<typeof replicaMeters> | undefined;
  readonly lagSeries: ((now: number, seconds: number) => void) | undefined;
  readonly usage: Usage;
}

/** All that is measured of a database. */
export class Metering {
  readonly whole: MetersOf<typeof databaseMeters>;
  /** By number of the region; undefined where no copy stands. */
  readonly regions: (RegionPart | undefined)[];
  private readonly replicas: MetersOf<typeof replicaMeters> | undefined;
  private readonly redirects: MetersOf<typeof redirectMeters> | undefined;
  private readonly failover: MetersOf<typeof failoverMeters> | undefined;
  readonly outbox: OutboxMetering | undefined;
  private readonly unpublished: MetersOf<typeof unpublishedMeters> | undefined;
  private readonly unwritten: MetersOf<typeof unwrittenMeters> | undefined;
  private readonly waits: MetersOf<typeof waitMeters> | undefined;
  private readonly alerts: MetersOf<typeof alertMeters> | undefined;
  private readonly shards: MetersOf<typeof shardMeters>[];

  constructor(
    private readonly name: string,
    private readonly config: DatabaseConfig,
    uses: Uses,
    private readonly wiring: Wiring,
  ) {
    const path = ['databases', name];
    const hasReplicas = replicaCount(config) > 0;
    this.whole = wiring.meters(path, databaseMeters);
    this.replicas = hasReplicas ? wiring.meters(path, replicaMeters) : undefined;
    this.redirects = hasReplicas ? wiring.meters(path, redirectMeters) : undefined;
    const torn = tornWays(name, wiring.design);
    this.failover = config.failover === undefined ? undefined : wiring.meters(path, failoverMeters);
    this.outbox =
      uses.outboxes.size === 0 ? undefined : new OutboxMetering(wiring.meters(path, outboxMeters));
    this.unpublished = torn.has('unpublished') ? wiring.meters(path, unpublishedMeters) : undefined;
    this.unwritten = torn.has('unwritten') ? wiring.meters(path, unwrittenMeters) : undefined;
    this.waits = uses.waits ? wiring.meters(path, waitMeters) : undefined;
    this.alerts = config.replication.lagAlert === undefined ? undefined : wiring.meters(path, alertMeters);
    const parts = copyPlacements(config, wiring.design.regions).map(({ region }) => this.partIn(region));
    this.regions = wiring.design.regions.map((region) => parts.find((part) => part.region === region));
    this.shards = Array.from({ length: config.shards }, (_, shard) =>
      wiring.meters([...path, 'shards', `${shard}`], shardMeters),
    );
  }

  private partIn(region: string): RegionPart {
    const { config, name, wiring } = this;
    const path = ['databases', name, 'in', region];
    const hasReplicas = (config.replicas[region] ?? 0) > 0;
    return {
      region,
      place: wiring.design.regions.indexOf(region),
      meters: wiring.meters(path, regionMeters),
      replicas: hasReplicas ? wiring.meters(path, replicaMeters) : undefined,
      // Where the primary stands alone, it may come back as a replica.
      lagSeries:
        hasReplicas || (config.failover !== undefined && replicaCount(config) > 0)
          ? wiring.timeline.level(`databases.${name}.in.${region}.replicationLag`, 'duration')
          : undefined,
      usage: new Usage(),
    };
  }

  waited(ticks: number): void {
    this.whole.connectionsWait.observe(toSeconds(ticks));
  }

  answeredRead(node: Node, ticks: number): void {
    if (!this.wiring.window.open) return;
    node.served.reads += 1;
    this.whole.readLatency.observe(toSeconds(ticks));
  }

  answeredWrite(node: Node, rows: number, ticks: number): void {
    if (!this.wiring.window.open) return;
    node.served.writes += 1;
    node.served.rows += rows;
    this.whole.writeLatency.observe(toSeconds(ticks));
  }

  /** Rows are on the primary of a write that is not acknowledged. */
  wrote(node: Node, rows: number): void {
    if (this.wiring.window.open) node.served.rows += rows;
  }

  /** A write knows how long it waits for replicas, and whether that is all that it is ready to wait. */
  waitedForReplicas(ticks: number, isLate: boolean): void {
    this.waits?.replicaWait.observe(toSeconds(ticks));
    if (isLate) this.waits?.waitTimeouts.count();
  }

  /** An operation has ended between a write and a publish; less than 0 where that turns out not to be so. */
  tore(torn: Torn, times: number): void {
    if (torn === 'unpublished') this.unpublished?.unpublishedWrites.count(times);
    else this.unwritten?.unwrittenEvents.count(times);
  }

  /** One shard has answered its part of a scan. */
  answeredPart(node: Node): void {
    if (this.wiring.window.open) node.served.scans += 1;
  }

  answeredScan(ticks: number): void {
    this.whole.scanThroughput.count();
    this.whole.scanLatency.observe(toSeconds(ticks));
  }

  /** A write is applied by a replica in a region so many nanoseconds after its commit. */
  lagged(place: number, ticks: number): void {
    const seconds = toSeconds(ticks);
    this.replicas?.replicationLag.observe(seconds);
    this.regions[place]?.replicas?.replicationLag.observe(seconds);
  }

  /** A write is committed in a region whose only copy, a replica of old, is the primary. */
  leads(place: number): void {
    this.regions[place]?.replicas?.replicationLag.observe(0);
  }

  /**
   * The timeline's bucket that ends at an instant shows how far each region is behind then: of a copy that gets nothing it grows
   * by a second a second, which the lags of writes, known once they are applied, do not show.
   * @param lagIn seconds, by region
   */
  drawLags(now: number, lagIn: (place: number) => number): void {
    // The instant itself is in the next bucket.
    for (const part of this.regions) part?.lagSeries?.(now - 1, lagIn(part.place));
  }

  /** A replica is further behind than the author wants to know of, from this instant on. */
  alerted(node: Node, at: number): void {
    this.alerts?.lagAlerts.count();
    const { lagAlert } = this.config.replication;
    const region = this.regions[node.place]?.region;
    const what = `replica ${node.replica} of shard ${node.shard.number} in ${region} falls more than ${lagAlert} s behind`;
    this.wiring.timeline.note(at, `databases.${this.name}`, what);
  }

  /** A replica has answered; what it said had been out of date for so long. */
  answeredByReplica(place: number, ticks: number): void {
    const seconds = toSeconds(ticks);
    const isStale = ticks > 0 ? 1 : 0;
    const part = this.regions[place]?.replicas;
    this.replicas?.staleReads.observe(isStale, 1);
    this.replicas?.staleness.observe(seconds);
    part?.staleReads.observe(isStale, 1);
    part?.staleness.observe(seconds);
  }

  redirected(): void {
    this.redirects?.redirectedReads.count();
  }

  unplaceable(): void {
    this.whole.unplaceableKeys.count();
  }

  /** The run is over: for how long primaries could not have their writes acknowledged. */
  endOfWaits(all: readonly CommitReach[]): void {
    this.waits?.withoutQuorum.set(Math.max(0, ...all.map(({ seconds }) => seconds)));
  }

  /** The run is over: gives what was lost by failovers, of all shards. */
  endOfFailovers(all: readonly Succession[]): void {
    const { failover } = this;
    if (failover === undefined) return;
    const sum = (of: (each: Succession) => number) => all.reduce((total, each) => total + of(each), 0);
    failover.rpo.set(Math.max(0, ...all.map(({ recoverySeconds }) => recoverySeconds)), true);
    failover.lostWrites.give(sum(({ lost }) => lost));
    failover.discardedWrites.give(sum(({ discarded }) => discarded));
    failover.splitBrainWrites.give(sum(({ splitBrain }) => splitBrain));
    failover.splitBrainReads.give(sum(({ readsBeside }) => readsBeside.all));
    failover.orphanedReads.give(sum(({ readsBeside }) => readsBeside.orphaned));
    failover.failovers.give(sum(({ failovers }) => failovers));
  }

  /** Cores of all copies in each region. */
  occupancy(shards: readonly Shard[], now: number): Occupancy[] {
    return this.regions.flatMap((part) => {
      if (part === undefined) return [];
      const usage = new Usage();
      for (const { nodes } of shards)
        for (const node of nodes) if (node.place === part.place) usage.addNode(node, now);
      return [{ region: part.region, busy: usage.busy, there: usage.there }];
    });
  }

  /** The window is over: gives what nodes and logs have counted to the meters. */
  close(shards: readonly Shard[], rowSize: number, now: number): void {
    const { from, to } = this.wiring.window;
    const total = new Usage();
    const usages = shards.map((shard) => {
      const usage = new Usage();
      for (const sum of [usage, total]) sum.addShard(shard, now, to - from);
      for (const node of shard.nodes) this.regions[node.place]?.usage.addNode(node, now);
      shard.followers.forEach(({ node, apply }) => {
        this.regions[node.place]?.usage.addApply(apply.appliedTicks, to - from);
      });
      return usage;
    });
    const { whole, replicas } = this;
    whole.readThroughput.count(total.reads);
    whole.writeThroughput.count(total.writes);
    whole.writtenRows.count(total.rows);
    whole.writtenBytes.count(total.rows * rowSize);
    whole.utilization.give(total.busy, total.there);
    whole.primaryUtilization.give(total.primaryBusy, total.primaryThere);
    whole.commitUtilization.give(total.flushing, total.logs);
    whole.writesPerFlush.give(total.commits, total.flushes);
    replicas?.applyUtilization.give(total.applying, total.appliers);
    for (const part of this.regions) {
      part?.meters.readThroughput.count(part.usage.reads);
      part?.meters.utilization.give(part.usage.busy, part.usage.there);
      part?.replicas?.applyUtilization.give(part.usage.applying, part.usage.appliers);
    }
    usages.forEach((usage, shard) => {
      const meters = this.shards[shard];
      meters.share.give(usage.operations, total.operations);
      meters.throughput.count(usage.operations);
      meters.utilization.give(usage.busy, usage.there);
      meters.primaryUtilization.give(usage.primaryBusy, usage.primaryThere);
      meters.commitUtilization.give(usage.flushing, usage.logs);
    });
    if (total.operations === 0) return;
    const hottest = Math.max(...usages.map(({ operations }) => operations)) / total.operations;
    whole.hottestShardShare.set(hottest);
    whole.shardImbalance.set(hottest * shards.length);
  }
}
