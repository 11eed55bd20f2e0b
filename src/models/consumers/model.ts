import { type Network, networkSection } from '../contracts/network.ts';
import { type Callee, type CallSite, servicesSection } from '../contracts/service.ts';
import { type Topic, topicsSection } from '../contracts/topic.ts';
import type { CostRow } from '../cost.ts';
import type { Component } from '../kind.ts';
import type { Topology } from '../topology.ts';
import type { Wiring } from '../wiring.ts';
import { type ConsumerConfig, serviceOf } from './config.ts';
import { Group, type Home } from './group.ts';
import { type ConsumerMeters, consumerMeters } from './metrics.ts';
import { groupsOf } from './placement.ts';
import { putsOff } from './puts-off.ts';

/** What a consumer leaves for the result beside its meters: records of the whole run. */
export interface ConsumerTally {
  /** That became readable. */
  readonly readable: number;
  readonly consumed: number;
  readonly failed: number;
  /** Whose effects died in memory. */
  readonly lost: number;
  /** That can be read and are not processed. */
  readonly lagging: number;
}

/** Callers from a topic: a group for each of the topic's regions. */
export class ConsumerModel implements Component {
  private readonly groups: Group[] = [];
  private readonly whole: ConsumerMeters;
  private callee!: Callee;
  private callSite!: CallSite;
  private topic!: Topic;
  private hasStarted = false;

  constructor(
    readonly name: string,
    readonly config: ConsumerConfig,
    private readonly wiring: Wiring,
  ) {
    this.whole = wiring.meters(['consumers', name], consumerMeters);
  }

  connect(): void {
    const { config, name, wiring } = this;
    const path = `consumers.${name}`;
    const operation = config.call.name.split('.')[1];
    this.callee = wiring.find<Callee>(servicesSection, serviceOf(config));
    this.callSite = this.callee.callSite(operation, `${path}.call`);
    this.topic = wiring.find<Topic>(topicsSection, config.topic.name);
    const setting = {
      config,
      recordSize: this.topic.recordSize,
      site: wiring.site(path),
      wiring,
      network: wiring.find<Network>(networkSection),
      draws: wiring.draws(path),
      callSite: this.callSite,
      putsOff: putsOff(config.call.name, wiring.design),
      localSite: this.callee.residence?.localSite(operation, `${path}.call`),
    };
    for (const topic of this.topic.regions) {
      const meters = wiring.meters(['consumers', name, 'in', topic.region], consumerMeters);
      const lag = wiring.timeline.level(`${path}.in.${topic.region}.lagRecords`, 'count');
      this.groups.push(new Group(topic, setting, [this.whole, meters], lag));
    }
    this.callee.residence?.watch((place) => {
      if (this.hasStarted) this.assign(this.groupAt(place));
    });
  }

  start(): void {
    this.hasStarted = true;
    for (const group of this.groups) this.assign(group);
  }

  /** The group that instances at a place join. */
  private groupAt(place: number): Group {
    return this.groups[this.topic.regions.indexOf(this.topic.nearest(place))];
  }

  private assign(group: Group): void {
    const places = this.callSite.regions.filter((place) => this.groupAt(place) === group);
    group.assign(places.flatMap((place) => this.homesAt(place)));
  }

  /** Where members live in a region: on the instances that are ready, or as many places as the scenario begins with. */
  private homesAt(place: number): Home[] {
    const { residence } = this.callee;
    if (residence !== undefined) return residence.residents(place).map((host) => ({ place, host }));
    const region = this.wiring.find<Network>(networkSection).placeNames[place];
    const homes = groupsOf(this.config, this.wiring.design).flatMap((group) => group.homes);
    const instances = homes.find((home) => home.region === region)?.instances ?? 0;
    return Array.from({ length: instances }, () => ({ place, host: null }));
  }

  /** Records that wait: without end where members cannot keep up. */
  backlog(): number {
    return this.groups.reduce((sum, { lag }) => sum + lag, 0);
  }

  openWindow(now: number): void {
    for (const group of this.groups) group.openWindow(now);
  }

  closeWindow(now: number): void {
    for (const group of this.groups) group.closeWindow(now);
    const hottest = this.groups.map((group) => group.hottestUtilization());
    this.whole.hottestMemberUtilization.set(Math.max(...hottest));
  }

  costs(): CostRow[] {
    const { name, wiring } = this;
    return this.groups.flatMap(({ bytesFetched, topic: { region } }): CostRow[] => {
      const zones = wiring.design.entry<{ zones: number }>('regions', region)?.zones ?? 1;
      const quantity = (bytesFetched / 1e9) * ((zones - 1) / zones) * (3600 / wiring.window.seconds);
      const row = { component: `consumers.${name}`, region, item: 'inter-zone transfer', unit: 'GB' };
      return quantity === 0 ? [] : [{ ...row, quantity, basis: 'measured' }];
    });
  }

  topology(): Topology {
    const { config, groups, name } = this;
    const regions = groups.map(({ members, topic, utilization }) => [
      topic.region,
      { count: members.length, utilization },
    ]);
    return {
      id: `consumers.${name}`,
      kind: 'consumer',
      title: name,
      regions: Object.fromEntries(regions),
      calls: [`topics.${config.topic.name}`, `services.${serviceOf(config)}`],
    };
  }

  record(): ConsumerTally {
    const total = (count: (group: Group) => number) =>
      this.groups.reduce((sum, group) => sum + count(group), 0);
    return {
      readable: total(({ counts }) => counts.readable),
      consumed: total(({ counts }) => counts.consumed),
      failed: total(({ counts }) => counts.failed),
      lost: total(({ counts }) => counts.lost),
      lagging: this.backlog(),
    };
  }
}
