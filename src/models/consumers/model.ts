import { type Network, networkSection } from '../contracts/network.ts';
import { type Router, routingSection } from '../contracts/router.ts';
import { type Callee, type CallSite, servicesSection } from '../contracts/service.ts';
import { type MirroredTopic, type RegionalTopic, type Topic, topicsSection } from '../contracts/topic.ts';
import { finish } from '../control/finish.ts';
import type { CostRow } from '../cost.ts';
import type { Component, Occupancy } from '../kind.ts';
import type { Topology } from '../topology.ts';
import type { Vital } from '../vital.ts';
import type { Wiring } from '../wiring.ts';
import { Burial } from './burial.ts';
import { Checkpoints } from './checkpoints.ts';
import { type ConsumerConfig, serviceOf } from './config.ts';
import { Group, type GroupSetting, type Home } from './group.ts';
import { type ConsumerMeters, consumerMeters } from './metrics.ts';
import type { Outcomes } from './outcomes.ts';
import { groupsOf, takenOver } from './placement.ts';
import { putsOff } from './puts-off.ts';
import { Retries } from './retries.ts';
import { Takeover } from './takeover.ts';

/** What a consumer leaves for the result beside its meters: records of the whole run. */
export interface ConsumerTally {
  /** That became readable. */
  readonly readable: number;
  /** Processed for the first time, and not lost after that. */
  readonly consumed: number;
  /** Of those processed: with a call that failed for good, and without or with a dead-letter topic to go to. */
  readonly failed: number;
  readonly deadLettered: number;
  /** Whose effects were done again. */
  readonly duplicates: number;
  /** That are done never. */
  readonly lost: number;
  /** That were lost from the log after they could be read and before they were fetched. */
  readonly gone: number;
  /** That can be read and are not processed. */
  readonly lagging: number;
}

/** Callers from a topic: a group for each of the topic's regions. */
export class ConsumerModel implements Component {
  /** One a region, then those that go on for other regions. */
  private readonly groups: Group[] = [];
  private readonly takeovers: Takeover[] = [];
  private readonly whole: ConsumerMeters;
  private readonly meters: ConsumerMeters[] = [];
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
      name,
      config,
      recordSize: this.topic.recordSize,
      site: wiring.site(path),
      wiring,
      network: wiring.find<Network>(networkSection),
      draws: wiring.draws(path),
      callSite: this.callSite,
      putsOff: putsOff(config.call.name, wiring.design),
      localSite: this.callee.residence?.localSite(operation, `${path}.call`),
      retries: new Retries(config.retries, wiring.draws(`${path}.retries`)),
      burial: this.burial(path),
      whole: this.whole,
    };
    const regions = new Set(groupsOf(config, wiring.design).map(({ region }) => region));
    for (const topic of this.topic.regions.filter(({ region }) => regions.has(region))) {
      const meters = wiring.meters(['consumers', name, 'in', topic.region], consumerMeters);
      const lag = wiring.timeline.level(`${path}.in.${topic.region}.lagRecords`, 'count');
      this.meters.push(meters);
      this.groups.push(new Group(topic, setting, meters, lag));
    }
    this.buildTakeovers(setting);
    this.callee.residence?.watch((place) => {
      if (this.hasStarted) for (const takeover of this.takeovers) takeover.changeHomes();
      const group = this.groupAt(place);
      if (this.hasStarted && group !== undefined) group.changeHomes(this.homesOf(group));
    });
  }

  private buildTakeovers(setting: GroupSetting): void {
    const { config, name, topic, wiring } = this;
    const { failover } = config;
    if (failover === undefined) return;
    const agenda = wiring.agenda();
    const router = wiring.find<Router>(routingSection);
    const here = topic.regions.find(({ region }) => region === failover.to.name) as RegionalTopic;
    for (const from of takenOver(config, wiring.design)) {
      const source = this.groups.find(({ topic: { region } }) => region === from) as Group;
      const mirror = here.mirrors.find((each) => each.source === from) as MirroredTopic;
      const path = `consumers.${name}.in.${here.region}.from.${from}`;
      const meters = wiring.meters(['consumers', name, 'in', here.region, 'from', from], consumerMeters);
      const lag = wiring.timeline.level(`${path}.lagRecords`, 'count');
      const standby = new Group(here, setting, meters, lag, mirror);
      standby.partitions.forEach((copy, number) => {
        const own = source.partitions[number];
        own.isDoneElsewhere = (offset) => copy.hasProcessedCopy(offset);
        copy.isDoneElsewhere = (_, { sourceOffset = -1 }) =>
          sourceOffset < own.reached || copy.hasProcessedCopy(sourceOffset);
      });
      const checkpoints = new Checkpoints(source, mirror, here.place, setting.network);
      const random = wiring.stream(`${path}.takeover`);
      const homes = () => this.callSite.regions.filter((place) => this.groupAt(place)?.topic === here);
      this.meters.push(meters);
      this.groups.push(standby);
      this.takeovers.push(
        new Takeover(standby, source, checkpoints, failover, router, agenda, random, () =>
          homes().flatMap((place) => this.homesAt(place)),
        ),
      );
    }
  }

  /** Groups that read their own region's records. */
  private get own(): Group[] {
    return this.groups.filter(({ mirror }) => mirror === null);
  }

  /** Records that cannot be processed are published as by a step. */
  private burial(path: string): Burial | undefined {
    const { deadLetter } = this.config;
    if (deadLetter === undefined) return undefined;
    const publish = { verb: 'publish', options: { to: deadLetter } };
    const { cursors } = this.wiring;
    return new Burial(this.wiring.steps([publish], path, `${path}.deadLetter`, finish), cursors);
  }

  start(): void {
    const isSettled = this.wiring.design.run.begin === 'steady';
    this.hasStarted = true;
    for (const group of this.own) group.start(this.homesOf(group), isSettled);
    for (const takeover of this.takeovers) takeover.start();
  }

  /** The group that instances at a place join; none where it is read elsewhere only. */
  private groupAt(place: number): Group | undefined {
    const nearest = this.topic.nearest(place);
    return this.own.find(({ topic }) => topic === nearest);
  }

  private homesOf(group: Group): Home[] {
    const places = this.callSite.regions.filter((place) => this.groupAt(place) === group);
    return places.flatMap((place) => this.homesAt(place));
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
    return this.groups.reduce((sum, { outcomes }) => sum + outcomes.lag, 0);
  }

  vitals(): Vital[] {
    return this.groups.map(({ outcomes, topic }) => ({
      sign: 'lag',
      of: `consumers.${this.name}.in.${topic.region}`,
      level: () => outcomes.lag,
    }));
  }

  openWindow(now: number): void {
    for (const group of this.groups) group.openWindow(now);
  }

  closeWindow(now: number): void {
    const { meters, whole } = this;
    for (const [at, group] of this.groups.entries()) {
      group.closeWindow(now);
      for (const count of counters) whole[count].give(meters[at][count].read().num);
      for (const values of histograms) whole[values].give(meters[at][values]);
    }
    const shares = this.groups.map((group) => group.lagTicksByPartition(now));
    for (const [at, ticks] of shares.entries()) setHottest(meters[at], ticks);
    setHottest(whole, shares.flat());
    const hottest = this.groups.map((group) => group.hottestUtilization());
    whole.hottestMemberUtilization.set(Math.max(...hottest));
  }

  costs(): CostRow[] {
    const { name, wiring } = this;
    return this.groups.flatMap(({ topic: { region }, ways: { bytesFetched } }): CostRow[] => {
      const zones = wiring.design.entry<{ zones: number }>('regions', region)?.zones ?? 1;
      const quantity = (bytesFetched / 1e9) * ((zones - 1) / zones) * (3600 / wiring.window.seconds);
      const row = { component: `consumers.${name}`, region, item: 'inter-zone transfer', unit: 'GB' };
      return quantity === 0 ? [] : [{ ...row, quantity, basis: 'measured' }];
    });
  }

  occupancy(): Occupancy[] {
    return this.own.map((group) => group.occupancy());
  }

  topology(): Topology {
    const { config, name, own } = this;
    const regions = own.map(({ members, topic, work: { utilization } }) => [
      topic.region,
      { count: members.length, utilization },
    ]);
    return {
      id: `consumers.${name}`,
      kind: 'consumer',
      title: name,
      regions: Object.fromEntries(regions),
      calls: [
        `topics.${config.topic.name}`,
        `services.${serviceOf(config)}`,
        ...(config.deadLetter === undefined ? [] : [`topics.${config.deadLetter.name}`]),
      ],
    };
  }

  record(): ConsumerTally {
    const total = (count: keyof Outcomes['counts']) =>
      this.groups.reduce((sum, { outcomes }) => sum + outcomes.counts[count], 0);
    return {
      readable: total('readable'),
      consumed: total('consumed'),
      failed: total('failed'),
      deadLettered: total('deadLettered'),
      duplicates: total('duplicates'),
      lost: total('lost'),
      gone: total('gone'),
      lagging: this.backlog(),
    };
  }
}

const counters = [
  'consumed',
  'failed',
  'retried',
  'deadLettered',
  'redelivered',
  'duplicates',
  'lostRecords',
  'outOfOrder',
  'rebalances',
  'takeovers',
] as const;
const histograms = ['lagSeconds', 'pollSize', 'rebalancePause', 'drainTime'] as const;

function setHottest(meters: ConsumerMeters, ticks: readonly number[]): void {
  const total = ticks.reduce((sum, each) => sum + each, 0);
  if (total > 0) meters.hottestPartitionLagShare.set(Math.max(...ticks) / total);
}
