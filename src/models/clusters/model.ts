import type { Cluster } from '../contracts/cluster.ts';
import { type Network, networkSection } from '../contracts/network.ts';
import type { CostRow } from '../cost.ts';
import type { Component, Occupancy } from '../kind.ts';
import type { Loss } from '../loss.ts';
import type { Topology } from '../topology.ts';
import type { Wiring } from '../wiring.ts';
import { type ClusterConfig, regionsOf } from './config.ts';
import { costsOf } from './costs.ts';
import { type ClusterMeters, clusterMeters, shardPath } from './metrics.ts';
import { type BrokerSegments, ClusterInRegion } from './region.ts';

/** A cluster of brokers, or several, in each of its regions; they know nothing of each other. */
export class ClusterModel implements Cluster, Component {
  readonly regions: (readonly ClusterInRegion[])[] = [];
  private readonly whole: ClusterMeters;
  /** Of each region. */
  private readonly meters: ClusterMeters[] = [];
  private readonly nearestTo: number[] = [];
  private network!: Network;
  /** Busy time over time of each broker, by region, once the window is over. */
  private readonly utilizations: number[][] = [];

  constructor(
    readonly name: string,
    readonly config: ClusterConfig,
    private readonly wiring: Wiring,
  ) {
    this.whole = wiring.meters(['clusters', name], clusterMeters);
  }

  get brokers(): number {
    return this.config.brokers;
  }

  /** All clusters, region by region. */
  private get all(): readonly ClusterInRegion[] {
    return this.regions.flat();
  }

  connect(): void {
    const { config, name, wiring } = this;
    this.network = wiring.find<Network>(networkSection);
    const station = `clusters.${name}`;
    const segments = {
      waits: wiring.segments.number(station, 'waits for a broker', true),
      appends: wiring.segments.number(station, 'appends'),
      replicates: wiring.segments.number(station, 'waits for in-sync replicas', true),
      retries: wiring.segments.number(station, 'waits to be sent again', true),
    };
    for (const region of regionsOf(config, wiring.design)) {
      this.meters.push(wiring.meters(['clusters', name, 'in', region], clusterMeters));
      this.regions.push(
        Array.from({ length: config.shards }, (_, shard) => this.clusterIn(region, shard, segments)),
      );
    }
  }

  private clusterIn(region: string, shard: number, segments: BrokerSegments): ClusterInRegion {
    const { config, name, network, wiring } = this;
    const isOnlyOne = config.shards === 1;
    const purpose = `clusters.${name}.in.${region}`;
    const meters = isOnlyOne
      ? this.meters[this.meters.length - 1]
      : wiring.meters(shardPath(name, config, region, shard), clusterMeters);
    const zones = wiring.design.entry<{ zones: number }>('regions', region)?.zones ?? 1;
    const place = network.placeOf(region);
    const recounted = () => this.recount();
    return new ClusterInRegion(
      region,
      place,
      shard,
      zones,
      config,
      segments,
      meters,
      network,
      wiring,
      isOnlyOne ? purpose : `${purpose}.shards.${shard}`,
      recounted,
    );
  }

  nearest(place: number): number {
    this.nearestTo[place] ??= this.regions.reduce(
      (best, _, at) => (this.distance(place, at) < this.distance(place, best) ? at : best),
      0,
    );
    return this.nearestTo[place];
  }

  private distance(place: number, region: number): number {
    const [cluster] = this.regions[region];
    return cluster.place === place ? -1 : this.network.nominalDelay(place, cluster.place);
  }

  start(): void {
    for (const { controller } of this.all) controller.watch();
  }

  /** Brokers die with the machines of their zone; of a lost region, all. */
  lose(loss: Loss): void {
    for (const { brokers, failures } of this.lostWith(loss))
      for (const { number, zone } of brokers)
        if (loss.zone === undefined || zone === loss.zone)
          failures.crash(number, loss.data === 'destroyed', true);
  }

  /** They start again once the network is there, which is told last. */
  restore(loss: Loss): void {
    const restart = () => {
      for (const { brokers, failures } of this.lostWith(loss))
        for (const { number, zone } of brokers)
          if (loss.zone === undefined || zone === loss.zone) failures.restart(number);
    };
    this.wiring.simulation.soon({ fire: restart }, 0);
  }

  private lostWith({ place }: Loss): readonly ClusterInRegion[] {
    return this.all.filter((cluster) => cluster.place === place);
  }

  /** The whole has as many partitions in trouble as its clusters together, and so has each region. */
  private recount(): void {
    const { now } = this.wiring.simulation;
    for (const level of ['offlinePartitions', 'underReplicatedPartitions'] as const) {
      let total = 0;
      for (const [at, clusters] of this.regions.entries()) {
        const sum = clusters.reduce((part, { meters }) => part + meters[level].current, 0);
        if (clusters.length > 1) this.meters[at][level].set(now, sum);
        total += sum;
      }
      this.whole[level].set(now, total);
    }
  }

  openWindow(now: number): void {
    for (const cluster of this.all) cluster.openWindow(now);
  }

  closeWindow(now: number): void {
    for (const [at, clusters] of this.regions.entries()) {
      this.utilizations.push(clusters.flatMap((cluster) => this.close(cluster, this.meters[at], now)));
      this.meters[at].hottestBrokerUtilization.set(Math.max(...this.utilizations[at]));
    }
    this.whole.hottestBrokerUtilization.set(Math.max(...this.utilizations.flat()));
  }

  /** Gives what a cluster has metered to its region and to the whole. @returns utilization of its brokers */
  private close(cluster: ClusterInRegion, region: ClusterMeters, now: number): number[] {
    const { brokers, meters } = cluster;
    const larger = meters === region ? [this.whole] : [this.whole, region];
    cluster.closeWindow();
    const utilizations = brokers.map(({ line }) => {
      const { busyTicks, serverTicks } = line.observe(now);
      for (const { utilization } of [...larger, meters]) utilization.give(busyTicks, serverTicks);
      return busyTicks / serverTicks;
    });
    meters.hottestBrokerUtilization.set(Math.max(...utilizations));
    for (const { elections, replicationTime, requests } of larger) {
      requests.give(meters.requests.read().num);
      elections.give(meters.elections.read().num);
      replicationTime.give(meters.replicationTime);
    }
    return utilizations;
  }

  costs(): CostRow[] {
    return this.regions.flatMap((clusters) => costsOf(this.name, this.config, clusters, this.wiring));
  }

  occupancy(now: number): Occupancy[] {
    return this.regions.map((clusters) => {
      const seen = clusters.flatMap(({ brokers }) => brokers.map(({ line }) => line.observe(now)));
      return {
        region: clusters[0].region,
        busy: seen.reduce((sum, { busyTicks }) => sum + busyTicks, 0),
        there: seen.reduce((sum, { serverTicks }) => sum + serverTicks, 0),
      };
    });
  }

  topology(): Topology {
    const regions = Object.fromEntries(
      this.regions.map(([{ region }], at) => {
        const utilizations = this.utilizations[at];
        const sum = utilizations.reduce((total, each) => total + each, 0);
        return [region, { count: utilizations.length, utilization: sum / utilizations.length }];
      }),
    );
    return { id: `clusters.${this.name}`, kind: 'cluster', title: this.name, regions, calls: [] };
  }

  /** Utilization of each broker, by region. */
  record(): { brokers: Record<string, number[]> } {
    return {
      brokers: Object.fromEntries(this.regions.map(([{ region }], at) => [region, this.utilizations[at]])),
    };
  }
}
