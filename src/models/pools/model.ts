import { toTicks } from '../../sim/clock.ts';
import type { Agenda } from '../../sim/simulation.ts';
import { type Network, networkSection } from '../contracts/network.ts';
import type { NodeNeed } from '../contracts/node-need.ts';
import type { Placer, Tenancy, Tenant } from '../contracts/placer.ts';
import { type PriceBook, pricesSection } from '../contracts/price-book.ts';
import type { CostRow } from '../cost.ts';
import type { Component, Occupancy } from '../kind.ts';
import type { Loss } from '../loss.ts';
import type { Topology } from '../topology.ts';
import type { Wiring } from '../wiring.ts';
import { type PoolConfig, poolIn, poolRegions } from './config.ts';
import { nodeRows } from './costs.ts';
import { interruptionSource } from './interruption-rates.ts';
import { nodeMeters, poolPath, regionPath } from './metrics.ts';
import { purchases } from './mix.ts';
import { nodesByHour, nodesOfMonth } from './month.ts';
import { type NodeMeters, RegionBooks } from './region-books.ts';
import { RegionNodes } from './region-nodes.ts';
import { type PoolSettings, settingsOf, spotRate } from './settings.ts';

interface RegionPart {
  readonly name: string;
  readonly nodes: RegionNodes;
  readonly books: RegionBooks;
}

/** A pool of nodes in all its regions. */
export class PoolModel implements Placer, Component {
  private readonly agenda: Agenda;
  private readonly settings: PoolSettings;
  private readonly whole: NodeMeters;
  /** By the region's place. */
  private readonly parts = new Map<number, RegionPart>();
  private readonly regionOf = new WeakMap<Tenant, RegionNodes>();
  private readonly tenancies: Tenancy[] = [];

  constructor(
    private readonly name: string,
    private readonly config: PoolConfig,
    private readonly wiring: Wiring,
  ) {
    this.agenda = wiring.agenda();
    this.settings = settingsOf(config);
    this.whole = wiring.meters(poolPath(name), nodeMeters);
  }

  connect(): void {
    const network = this.wiring.find<Network>(networkSection);
    for (const region of poolRegions(this.config, this.wiring.design.regions)) {
      this.parts.set(network.placeOf(region), this.partOf(region));
    }
  }

  private partOf(region: string): RegionPart {
    const { name, wiring } = this;
    const config = poolIn(this.config, region);
    const settings = settingsOf(config);
    const id = `pools.${name}`;
    const meters: NodeMeters = wiring.meters(regionPath(name, region), nodeMeters);
    const books = new RegionBooks([meters, this.whole]);
    const series = wiring.timeline.level(`${id}.in.${region}.nodes`, 'count');
    const location = wiring.design.entry<{ location?: string }>('regions', region)?.location;
    const both = [meters, this.whole];
    const nodes = new RegionNodes(
      {
        ...settings,
        size: config.size,
        choice: config.placement,
        zones: wiring.design.entry<{ zones?: number }>('regions', region)?.zones,
        keepEmpty: toTicks(config.scaleDown),
        spotRate: spotRate(config, location),
        startups: wiring.stream(`${id}.in.${region}.startup`),
        interruptions: wiring.stream(`${id}.in.${region}.interruptions`),
      },
      this.agenda,
      wiring.simulation,
      {
        changed: (now) => {
          books.write(now, nodes);
          series(now, nodes.nodes.length);
        },
        interrupted: (now, tenants) => {
          for (const { interruptions } of both) interruptions.count();
          const left = `${tenants} ${tenants === 1 ? 'instance has' : 'instances have'} two minutes`;
          wiring.timeline.note(now, id, `a spot node in ${region} is interrupted: ${left}`);
        },
        refused: (now, count, isFirst) => {
          for (const { refusals } of both) refusals.count(count);
          if (!isFirst) return;
          const there = `${nodes.nodes.length} of at most ${settings.max} nodes`;
          wiring.timeline.note(now, id, `no room in ${region} for another instance: ${there}`);
        },
      },
    );
    return { name: region, nodes, books };
  }

  /** Settles the start once everybody else has started, before anything else happens at instant 0. */
  start(): void {
    this.agenda.at(0, {
      fire: () => {
        for (const { nodes } of this.parts.values()) nodes.settle();
      },
    });
  }

  place(region: number, cores: number, tenant: Tenant): void {
    const part = this.parts.get(region);
    if (part === undefined) throw new Error(`pool ${this.name} has no nodes in region ${region}`);
    this.regionOf.set(tenant, part.nodes);
    part.nodes.place(cores, tenant);
  }

  remove(tenant: Tenant): void {
    this.regionOf.get(tenant)?.remove(tenant);
    this.regionOf.delete(tenant);
  }

  /** Its nodes in a region by name, for whoever reaches into a run. */
  nodesIn(region: string): RegionNodes {
    const part = [...this.parts.values()].find(({ name }) => name === region);
    if (part === undefined) throw new Error(`pool ${this.name} has no nodes in ${region}`);
    return part.nodes;
  }

  /** Its nodes in each of its regions. */
  get regions(): readonly RegionPart[] {
    return [...this.parts.values()];
  }

  announce(tenancy: Tenancy): void {
    this.tenancies.push(tenancy);
  }

  /** Machines die with their region or zone: those who live on them hear of it first. */
  lose({ place, zone }: Loss): void {
    this.parts.get(place)?.nodes.lose(zone);
  }

  restore({ place, zone }: Loss): void {
    this.parts.get(place)?.nodes.restore(zone);
  }

  openWindow(now: number): void {
    for (const { books } of this.parts.values()) books.openWindow(now);
  }

  closeWindow(now: number): void {
    for (const { books } of this.parts.values()) books.closeWindow(now);
  }

  costs(): CostRow[] {
    const { settings, wiring, tenancies } = this;
    const { now } = wiring.simulation;
    return [...this.parts].flatMap(([region, { name, nodes, books }]) => {
      const shares = nodes.counts;
      return nodeRows({
        component: `pools.${this.name}`,
        region: name,
        node: settings.node,
        measured: books.meanNodes(now),
        reserved: shares.reserved,
        month: nodesOfMonth({ ...settings, region, tenancies, shares, from: wiring.startAt }),
      });
    });
  }

  nodeNeeds(): NodeNeed[] {
    const { config, settings, wiring, tenancies } = this;
    const book = wiring.find<PriceBook>(pricesSection);
    return [...this.parts].map(([region, { name, nodes }]) => {
      const location = book.locationOf(name);
      const prices = purchases.flatMap((purchase) => {
        const price = book.price(`${settings.node} ${purchase}`, location);
        return price === undefined ? [] : [[purchase, price] as const];
      });
      return {
        component: `pools.${this.name}`,
        region: name,
        location,
        node: settings.node,
        prices: Object.fromEntries(prices),
        terms: book.terms,
        hours: nodesByHour({ ...settings, region, tenancies, from: wiring.startAt }),
        bought: nodes.counts,
        interruptionsAnHour: nodes.spotRate * 3600,
        interruptionSource:
          config.interruptions === 'aws' ? interruptionSource : 'pools.*.interruptions of the scenario',
      };
    });
  }

  occupancy(now: number): Occupancy[] {
    return [...this.parts.values()].map(({ name, books }) => ({ region: name, ...books.occupancy(now) }));
  }

  topology(): Topology {
    const { now } = this.wiring.simulation;
    const regions: Topology['regions'] = {};
    for (const { name, nodes, books } of this.parts.values()) {
      if (nodes.nodes.length === 0) continue;
      const utilization = books.utilization(now);
      regions[name] = { count: nodes.nodes.length, ...(utilization === undefined ? {} : { utilization }) };
    }
    return { id: `pools.${this.name}`, kind: 'pool', title: this.name, regions, calls: [] };
  }
}
