import type { KeyedDraws } from '../../sim/random/keyedDraws.ts';
import type { Agenda, Simulation } from '../../sim/simulation.ts';
import type { Network } from '../contracts/network.ts';
import type { CallSite, LocalCallSite, ServiceHost } from '../contracts/service.ts';
import type { LogReader, MirroredTopic, PartitionLog, RegionalTopic } from '../contracts/topic.ts';
import type { Cursor } from '../cursor.ts';
import type { CursorPool } from '../cursor-pool.ts';
import type { Occupancy } from '../kind.ts';
import type { Step } from '../step.ts';
import type { MeasuredWindow } from '../window.ts';
import type { Wiring } from '../wiring.ts';
import type { Burial } from './burial.ts';
import type { Checkpoints } from './checkpoints.ts';
import type { Claim, Fetched } from './claim.ts';
import type { ConsumerConfig } from './config.ts';
import type { Effects } from './effects.ts';
import { GroupPartition } from './group-partition.ts';
import { Member } from './member.ts';
import type { ConsumerMeters } from './metrics.ts';
import { Outcomes, type SettlementWatcher } from './outcomes.ts';
import { Rebalancing } from './rebalancing.ts';
import type { Retries } from './retries.ts';
import { Standstill } from './standstill.ts';
import { Ways } from './ways.ts';
import { Work } from './work.ts';

/** What all groups of a consumer share. */
export interface GroupSetting {
  readonly name: string;
  readonly config: ConsumerConfig;
  /** Bytes. */
  readonly recordSize: number;
  /** Numbers the consumer apart from others, for the identities of what records cause. */
  readonly site: number;
  readonly wiring: Wiring;
  readonly network: Network;
  readonly draws: KeyedDraws;
  /** Through a balancer, where the service does not say what its instances are. */
  readonly callSite: CallSite;
  readonly localSite: LocalCallSite | undefined;
  /** Whether steps of the called operation ask for the poll and put effects off. */
  readonly putsOff: boolean;
  readonly retries: Retries;
  /** Where records go that could not be processed; none: they are passed over. */
  readonly burial: Burial | undefined;
  /** Of all regions together. */
  readonly whole: ConsumerMeters;
}

/** Where a member lives. */
export interface Home {
  readonly place: number;
  readonly host: ServiceHost | null;
}

/** Kafka's retry.backoff.ms: before a client asks again who leads a partition. */
const retryBackoff = 100e6;
/** Kafka's request.timeout.ms: how long a fetch is waited for that nobody answers. */
const requestTimeout = 30e9;

/** A consumer group: the members that read one region's cluster, and who of them owns which partition. */
export class Group implements LogReader, SettlementWatcher {
  readonly agenda: Agenda;
  readonly simulation: Simulation;
  readonly window: MeasuredWindow;
  readonly cursors: CursorPool;
  readonly partitions: readonly GroupPartition[];
  readonly work: Work;
  readonly standstill: Standstill;
  readonly outcomes: Outcomes;
  readonly members: Member[] = [];
  private readonly path: string;
  /** Number of its first partition among all of the region. */
  private readonly firstIndex: number;
  readonly maxPoll: number;
  readonly site: number;
  readonly recordSize: number;
  readonly putsOff: boolean;
  readonly retries: Retries;
  readonly burial: Burial | undefined;
  readonly ways: Ways;
  private readonly reader: number;
  private readonly rebalancing: Rebalancing;
  private readonly commitsFirst: boolean;
  private readonly commitsSettled: boolean;

  constructor(
    readonly topic: RegionalTopic,
    private readonly setting: GroupSetting,
    private readonly meters: ConsumerMeters,
    lagSeries: (now: number, records: number) => void,
    /** Whose copies it reads, and nothing else, when their own region cannot; null: it reads its own region's. */
    readonly mirror: MirroredTopic | null = null,
  ) {
    const { config, name, wiring, putsOff } = setting;
    this.agenda = wiring.agenda();
    this.simulation = wiring.simulation;
    this.window = wiring.window;
    this.cursors = wiring.cursors;
    this.maxPoll = config.maxPoll;
    this.site = setting.site;
    this.recordSize = setting.recordSize;
    this.retries = setting.retries;
    this.burial = setting.burial;
    this.putsOff = putsOff;
    this.commitsFirst = config.commit === 'before';
    this.commitsSettled = config.commit === 'after-flush' && putsOff;
    const from = mirror === null ? '' : `.from.${mirror.source}`;
    this.path = `consumers.${name}.in.${topic.region}${from}`;
    const random = wiring.stream(`${this.path}.group`);
    const { draws, network, recordSize } = setting;
    this.ways = new Ways(
      topic.place,
      recordSize,
      network,
      draws,
      random,
      this.window,
      this.agenda,
      this.simulation,
    );
    this.partitions = this.partitionsOf(config);
    this.work = new Work(this.simulation);
    this.standstill = new Standstill(this.simulation, meters, () => this.outcomes.lag);
    this.outcomes = new Outcomes(
      topic,
      this.simulation,
      this.window,
      this.standstill,
      this,
      meters,
      setting.whole,
      lagSeries,
    );
    this.rebalancing = new Rebalancing(this, config, random);
    this.outcomes.isStandby = mirror !== null;
    this.firstIndex = mirror === null ? 0 : mirror.logs[0].index;
    this.reader = topic.subscribe(this, mirror?.source ?? config.mirrored !== false);
  }

  /** Its own topic's and, if it asks for them, those of the other regions' that are mirrored here. */
  private partitionsOf({ topic: { name }, mirrored }: ConsumerConfig): GroupPartition[] {
    const { putsOff } = this;
    const { logs, mirrors } = this.topic;
    if (this.mirror !== null) return this.copiesOf(this.mirror, name);
    const own = logs.map((log, number) => new GroupPartition(log, name, number, putsOff));
    if (mirrored === false) return own;
    return [...own, ...mirrors.flatMap((mirror) => this.copiesOf(mirror, name))];
  }

  private copiesOf({ logs, source }: MirroredTopic, name: string): GroupPartition[] {
    return logs.map((log, number) => new GroupPartition(log, `${source}.${name}`, number, this.putsOff));
  }

  private partitionOf({ index }: PartitionLog): GroupPartition {
    return this.partitions[index - this.firstIndex];
  }

  /** Who reads copies for another region knows how far that has come: nobody will begin before. */
  knows(checkpoints: Checkpoints): void {
    this.partitions.forEach((partition, number) => {
      partition.committed = Math.max(partition.committed, checkpoints.of(number));
      partition.settled?.skipTo(partition.committed);
      partition.log.release(this.reader, partition.committed);
    });
  }

  /** Goes on for another region, from the last checkpoint, or from where it came itself the last time. */
  takeOver(checkpoints: Checkpoints, homes: readonly Home[]): void {
    this.knows(checkpoints);
    let records = 0;
    for (const partition of this.partitions) {
      partition.reached = partition.committed;
      records += partition.lag;
    }
    this.outcomes.takenOver(records);
    this.meters.takeovers.count();
    this.note(`goes on for ${this.mirror?.source}: ${records} copied records from its last checkpoint on`);
    this.changeHomes(homes);
  }

  /** The other region goes on itself. */
  standBy(): void {
    this.note(`${this.mirror?.source} goes on itself`);
    this.outcomes.handedBack();
    this.changeHomes([]);
  }

  /** The group as it is when the run begins. */
  start(homes: readonly Home[], isSettled: boolean): void {
    const members = homes.flatMap((home) => this.membersOn(home));
    this.members.push(...members);
    this.work.setMembers(this.members.length);
    if (isSettled) this.rebalancing.settle(members);
    else for (const member of members) this.rebalancing.membershipOf(member).join();
  }

  private membersOn({ place, host }: Home): Member[] {
    const { members } = this.setting.config;
    return Array.from({ length: members }, (_, number) => new Member(this, place, host, number));
  }

  /** Instances have come or gone. Who comes joins; who goes leaves, unless it turns out to be dead. */
  changeHomes(homes: readonly Home[]): void {
    const hosts = new Set(homes.map(({ host }) => host));
    const leaving = this.members.filter(({ host }) => !hosts.has(host));
    // An instance that dies is first no longer ready: at the end of this event it is known to be dead.
    const letGo = () => {
      for (const member of leaving) member.membership.askToLeave();
    };
    if (leaving.length > 0) this.simulation.soon({ fire: letGo }, 0);
    const known = new Set(this.members.map(({ host }) => host));
    for (const home of homes) {
      if (known.has(home.host)) continue;
      const members = this.membersOn(home);
      this.members.push(...members);
      for (const member of members) this.rebalancing.membershipOf(member).join();
    }
    this.work.setMembers(this.members.length);
  }

  /** A member is not there any more. */
  forget(member: Member): void {
    this.members.splice(this.members.indexOf(member), 1);
    this.work.setMembers(this.members.length);
  }

  advanced(log: PartitionLog, records: number, now: number): void {
    if (this.outcomes.isStandby) return;
    this.outcomes.readable(records, now, this.mirror === null);
    this.partitionOf(log).claim?.fetch?.offer(now);
  }

  leaderChanged(log: PartitionLog): void {
    const partition = this.partitionOf(log);
    const { claim } = partition;
    if (claim === null) return;
    claim.member.holdings.loseLeader(claim);
    this.standstill.stopped(partition);
    const { now } = this.simulation;
    if (log.isSilent && log.leader < 0) partition.silentSince = now;
    // Its owner's fetch fails, and it asks who leads now.
    // Where nobody closes the connection, only once it has waited its time out.
    const heardAt = Math.max(now + retryBackoff, partition.silentSince + requestTimeout);
    if (log.leader >= 0) this.agenda.at(heardAt, { fire: () => this.leaderFound(partition) });
  }

  private leaderFound(partition: GroupPartition): void {
    const { claim, log } = partition;
    if (log.leader < 0 || claim === null || !claim.isReading) return;
    const { holdings, isPolling } = claim.member;
    holdings.findLeader(claim);
    this.standstill.resumed(partition);
    if (isPolling) holdings.send();
  }

  /** The new owner knows where the group left off. */
  read(claim: Claim): void {
    if (!claim.isHeld) return;
    claim.member.holdings.read(claim);
    if (claim.partition.log.leader >= 0) this.standstill.resumed(claim.partition);
  }

  /** A poll has returned these. */
  polled(ranges: readonly Fetched[], records: number): void {
    this.meters.pollSize.observe(records);
    if (!this.commitsFirst) return;
    for (const { claim, to } of ranges) {
      if (claim.isHeld) claim.partition.committed = Math.max(claim.partition.committed, to);
    }
  }

  /** Sends a cursor into the consumer's operation. */
  call(cursor: Cursor, host: ServiceHost | null, place: number, next: Step): void {
    const { callSite, localSite } = this.setting;
    if (host === null || localSite === undefined) callSite.enter(cursor, place, next);
    else localSite.enter(cursor, host, next);
  }

  /** A member commits what it has processed. The coordinator takes it from the owner only. */
  commit(claim: Claim): void {
    const { partition } = claim;
    if (!claim.isHeld || this.commitsSettled) return;
    if (claim.done > partition.committed) partition.committed = claim.done;
    partition.log.release(this.reader, claim.done);
  }

  /** More has settled of what this owner has processed. */
  offsetSettled(claim: Claim): void {
    const { partition } = claim;
    if (!this.commitsSettled || !claim.isHeld) return;
    partition.committed = Math.max(partition.committed, Math.min(claim.done, partition.settled?.base ?? 0));
    partition.log.release(this.reader, partition.committed);
    claim.member.hasSettled();
  }

  failedLater({ claim, record }: Effects): boolean {
    const { burial, outcomes } = this;
    const { host, place } = claim.member;
    if (burial === undefined || host === null || !host.alive) return false;
    burial.bury(record, this.site, place, host, (failure) => outcomes.buried(record, failure));
    return true;
  }

  /** Whether all that its owner has processed of a partition can be committed. */
  isSettled({ done, partition }: Claim): boolean {
    return !this.commitsSettled || partition.committed >= done;
  }

  /** A generation begins. */
  rebalanced(members: number): void {
    this.meters.rebalances.count();
    this.note(`partitions are shared out anew: ${members} ${members === 1 ? 'member' : 'members'}`);
  }

  note(what: string): void {
    this.setting.wiring.timeline.note(this.simulation.now, this.path, what);
  }

  openWindow(now: number): void {
    this.work.openWindow();
    this.ways.bytesFetched = 0;
    for (const member of this.members) member.openWindow(now);
  }

  closeWindow(now: number): void {
    this.work.account();
    this.standstill.closeWindow();
    for (const member of this.members) member.closeWindow(now);
    for (const { utilization } of [this.meters, this.setting.whole]) {
      utilization.give(this.work.busyTicks, this.work.memberTicks);
    }
    this.meters.hottestMemberUtilization.set(this.hottestUtilization());
  }

  /** Nanoseconds of lag of the window by partition, of all records together. */
  lagTicksByPartition(now: number): number[] {
    const { from } = this.window;
    return this.partitions.map(({ lagTicks, log, reached }) => {
      let ticks = lagTicks;
      if (this.outcomes.isStandby) return ticks;
      for (let offset = reached; offset < log.end; offset += 1) {
        ticks += now - Math.max(from, log.at(offset).visibleAt);
      }
      return ticks;
    });
  }

  occupancy(): Occupancy {
    this.work.account();
    return { region: this.topic.region, busy: this.work.busyTicks, there: this.work.memberTicks };
  }

  /** Of the member that had most to do. */
  hottestUtilization(): number {
    const busy = this.members.map(({ busyTicks }) => busyTicks);
    return Math.max(0, ...busy) / (this.window.seconds * 1e9);
  }
}
