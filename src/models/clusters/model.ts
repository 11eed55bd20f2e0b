import type { Cluster } from '../contracts/cluster.ts';
import { type Network, networkSection } from '../contracts/network.ts';
import type { CostRow } from '../cost.ts';
import type { Component } from '../kind.ts';
import type { Topology } from '../topology.ts';
import type { Wiring } from '../wiring.ts';
import { type ClusterConfig, regionsOf } from './config.ts';
import { costsOf } from './costs.ts';
import { type ClusterMeters, clusterMeters } from './metrics.ts';
import { ClusterInRegion } from './region.ts';

/** A cluster of brokers in each of its regions; the regions know nothing of each other. */
export class ClusterModel implements Cluster, Component {
  readonly regions: ClusterInRegion[] = [];
  private readonly whole: ClusterMeters;
  private readonly meters: ClusterMeters[] = [];
  private readonly nearestTo: ClusterInRegion[] = [];
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

  connect(): void {
    const { config, name, wiring } = this;
    const { design } = wiring;
    const network = wiring.find<Network>(networkSection);
    this.network = network;
    const station = `clusters.${name}`;
    const segments = {
      waits: wiring.segments.number(station, 'waits for a broker', true),
      appends: wiring.segments.number(station, 'appends'),
      replicates: wiring.segments.number(station, 'waits for in-sync replicas', true),
      retries: wiring.segments.number(station, 'waits to be sent again', true),
    };
    const recounted = () => this.recount();
    for (const region of regionsOf(config, design)) {
      const meters = wiring.meters(['clusters', name, 'in', region], clusterMeters);
      this.meters.push(meters);
      const zones = design.entry<{ zones: number }>('regions', region)?.zones ?? 1;
      const path = `clusters.${name}.in.${region}`;
      const place = network.placeOf(region);
      this.regions.push(
        new ClusterInRegion(region, place, zones, config, segments, meters, network, wiring, path, recounted),
      );
    }
  }

  nearest(place: number): ClusterInRegion {
    this.nearestTo[place] ??= this.regions.reduce((best, each) =>
      this.distance(place, each) < this.distance(place, best) ? each : best,
    );
    return this.nearestTo[place];
  }

  private distance(place: number, cluster: ClusterInRegion): number {
    return cluster.place === place ? -1 : this.network.nominalDelay(place, cluster.place);
  }

  start(): void {
    for (const { controller } of this.regions) controller.watch();
  }

  /** The whole has as many partitions in trouble as its regions together. */
  private recount(): void {
    const { now } = this.wiring.simulation;
    for (const level of ['offlinePartitions', 'underReplicatedPartitions'] as const) {
      const sum = this.meters.reduce((total, meters) => total + meters[level].current, 0);
      this.whole[level].set(now, sum);
    }
  }

  openWindow(now: number): void {
    for (const region of this.regions) region.openWindow(now);
  }

  closeWindow(now: number): void {
    this.regions.forEach((region, at) => {
      const meters = this.meters[at];
      region.closeWindow();
      const utilizations = region.brokers.map(({ line }) => {
        const { busyTicks, serverTicks } = line.observe(now);
        for (const { utilization } of [this.whole, meters]) utilization.give(busyTicks, serverTicks);
        return busyTicks / serverTicks;
      });
      this.whole.requests.give(meters.requests.read().num);
      this.whole.elections.give(meters.elections.read().num);
      this.whole.replicationTime.give(meters.replicationTime);
      meters.hottestBrokerUtilization.set(Math.max(...utilizations));
      this.utilizations.push(utilizations);
    });
    this.whole.hottestBrokerUtilization.set(Math.max(...this.utilizations.flat()));
  }

  costs(): CostRow[] {
    return this.regions.flatMap((region) => costsOf(this.name, this.config, region, this.wiring));
  }

  topology(): Topology {
    const regions = Object.fromEntries(
      this.regions.map(({ region, brokers }, at) => {
        const sum = this.utilizations[at].reduce((total, each) => total + each, 0);
        return [region, { count: brokers.length, utilization: sum / brokers.length }];
      }),
    );
    return { id: `clusters.${this.name}`, kind: 'cluster', title: this.name, regions, calls: [] };
  }

  /** Utilization of each broker, by region. */
  record(): { brokers: Record<string, number[]> } {
    return {
      brokers: Object.fromEntries(this.regions.map(({ region }, at) => [region, this.utilizations[at]])),
    };
  }
}
