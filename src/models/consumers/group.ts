import type { KeyedDraws } from '../../sim/random/keyedDraws.ts';
import type { Agenda, Simulation } from '../../sim/simulation.ts';
import { assignors } from '../algorithms/consumption/index.ts';
import type { Network } from '../contracts/network.ts';
import type { CallSite, LocalCallSite, ServiceHost } from '../contracts/service.ts';
import type { LogReader, PartitionLog, ReadableRecord, RegionalTopic } from '../contracts/topic.ts';
import type { Cursor, Failure } from '../cursor.ts';
import type { CursorPool } from '../cursor-pool.ts';
import type { Step } from '../step.ts';
import type { MeasuredWindow } from '../window.ts';
import type { Wiring } from '../wiring.ts';
import { Claim } from './claim.ts';
import type { ConsumerConfig } from './config.ts';
import type { Effects, EffectsWatcher } from './delivery.ts';
import { Member } from './member.ts';
import type { ConsumerMeters } from './metrics.ts';

/** What all groups of a consumer share. */
export interface GroupSetting {
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
}

/** Where a member lives. */
export interface Home {
  readonly place: number;
  readonly host: ServiceHost | null;
}

/** A consumer group: the members that read one region's cluster, and who of them owns which partition. */
export class Group implements LogReader, EffectsWatcher {
  readonly agenda: Agenda;
  readonly simulation: Simulation;
  readonly window: MeasuredWindow;
  readonly cursors: CursorPool;
  readonly claims: readonly Claim[];
  /** Records of the whole run: readable since the group is there, and processed of them. */
  readonly counts = { readable: 0, consumed: 0, failed: 0, lost: 0 };
  members: Member[] = [];
  /** Bytes of records that members fetched in the measured window. */
  bytesFetched = 0;
  private readonly reader: number;
  private busyMembers = 0;
  private accountedAt = 0;
  private busyTicks = 0;
  private memberTicks = 0;

  constructor(
    readonly topic: RegionalTopic,
    private readonly setting: GroupSetting,
    /** Of all regions together, and of this one. */
    private readonly meters: readonly [whole: ConsumerMeters, region: ConsumerMeters],
    private readonly lagSeries: (now: number, records: number) => void,
  ) {
    const { wiring } = setting;
    this.agenda = wiring.agenda();
    this.simulation = wiring.simulation;
    this.window = wiring.window;
    this.cursors = wiring.cursors;
    this.claims = topic.logs.map((log) => new Claim(log));
    this.reader = topic.subscribe(this);
  }

  get maxPoll(): number {
    return this.setting.config.maxPoll;
  }

  get putsOff(): boolean {
    return this.setting.putsOff;
  }

  get site(): number {
    return this.setting.site;
  }

  get recordSize(): number {
    return this.setting.recordSize;
  }

  /** Records that can be read and are not processed. */
  get lag(): number {
    return this.claims.reduce((sum, { lag }) => sum + lag, 0);
  }

  /** Shares the partitions out among the members that live here, at once. Who stays keeps its record in hand. */
  assign(homes: readonly Home[]): void {
    const { config } = this.setting;
    this.account();
    const before = new Set(this.members);
    this.members = homes.flatMap(({ place, host }) =>
      Array.from({ length: config.members }, (_, number) => this.memberOn(place, host, number, before)),
    );
    for (const gone of before) gone.retire();
    for (const claim of this.claims) {
      claim.next = claim.worker === null ? claim.done : claim.done + 1;
      claim.fetch = null;
    }
    if (this.members.length > 0) this.shareOut();
  }

  private memberOn(place: number, host: ServiceHost | null, number: number, before: Set<Member>): Member {
    const same = (member: Member) => host !== null && member.host === host && member.number === number;
    const member = [...before].find(same) ?? new Member(this, place, host, number);
    before.delete(member);
    return member;
  }

  private shareOut(): void {
    const { config } = this.setting;
    const topic = config.topic.name;
    const idOf = (place: number) => String(place).padStart(6, '0');
    const subscriptions = new Map(this.members.map((_, place) => [idOf(place), [topic]]));
    const shared = assignors[config.assignor](new Map([[topic, this.claims.length]]), subscriptions);
    this.members.forEach((member, place) => {
      const owned = shared.get(idOf(place)) ?? [];
      member.own(
        owned.map(({ partition }) => this.claims[partition]),
        this.simulation.now,
      );
    });
  }

  advanced(log: PartitionLog, records: number, now: number): void {
    this.counts.readable += records;
    for (const { lagRecords } of this.meters) lagRecords.add(now, records);
    this.lagSeries(now, this.meters[1].lagRecords.current);
    this.claims[log.index].fetch?.offer(now);
  }

  /** A poll has returned. */
  polled(records: number): void {
    for (const { pollSize } of this.meters) pollSize.observe(records);
  }

  /** Sends a cursor into the consumer's operation. */
  call(cursor: Cursor, host: ServiceHost | null, place: number, next: Step): void {
    const { callSite, localSite } = this.setting;
    if (host === null || localSite === undefined) callSite.enter(cursor, place, next);
    else localSite.enter(cursor, host, next);
  }

  /** A record is done with, well or not. */
  processed(claim: Claim, record: ReadableRecord, failure: Failure | null, effects?: Effects): void {
    const { now } = this.simulation;
    const lag = now - record.visibleAt;
    this.counts.consumed += 1;
    if (effects !== undefined) effects.settle(failure);
    else if (failure !== null) this.giveUp(record);
    for (const { consumed, lagRecords, lagSeconds } of this.meters) {
      consumed.count();
      lagRecords.add(now, -1);
      lagSeconds.observe(lag / 1e9);
    }
    this.lagSeries(now, this.meters[1].lagRecords.current);
    this.simulation.digest(lag);
    claim.fetch?.offer(now);
  }

  /** @internal what a record does in the end is known, well or not */
  settled({ record }: Effects, failure: Failure | null): void {
    if (failure !== null) this.giveUp(record);
  }

  /** @internal some of what a record should have done died in the memory of an instance */
  lost({ record }: Effects): void {
    this.counts.lost += 1;
    for (const { lostRecords } of this.meters) lostRecords.count();
    this.topic.misapplied(record);
  }

  private giveUp(record: ReadableRecord): void {
    this.counts.failed += 1;
    for (const { failed } of this.meters) failed.count();
    this.topic.misapplied(record);
  }

  /** A member that has left could not finish its record: whoever owns the partition now begins with it. */
  handOver(claim: Claim): void {
    claim.next = claim.done;
    claim.fetch?.offer(this.simulation.now);
  }

  commit(claim: Claim): void {
    claim.log.release(this.reader, claim.done);
  }

  /** Nanoseconds of a fetch from a member to its broker. */
  way(member: number, high: number, low: number, draw: number): number {
    const { draws, network } = this.setting;
    return network.delay(member, this.topic.place, draws.uniform(high, low, draw));
  }

  /** Nanoseconds of an answer with so many records from a broker to a member. */
  wayBack(member: number, records: number, high: number, low: number, draw: number): number {
    const { draws, network, recordSize } = this.setting;
    network.carry(this.topic.place, member, records * recordSize);
    if (this.window.open) this.bytesFetched += records * recordSize;
    return network.delay(this.topic.place, member, draws.uniform(high, low, draw));
  }

  /** A member of this group starts or stops working. */
  busyChanged(change: number): void {
    this.account();
    this.busyMembers += change;
  }

  private account(): void {
    const { now } = this.simulation;
    const elapsed = now - this.accountedAt;
    this.busyTicks += this.busyMembers * elapsed;
    this.memberTicks += this.members.length * elapsed;
    this.accountedAt = now;
  }

  openWindow(now: number): void {
    this.account();
    this.busyTicks = 0;
    this.memberTicks = 0;
    this.bytesFetched = 0;
    for (const member of this.members) member.openWindow(now);
  }

  closeWindow(now: number): void {
    this.account();
    for (const member of this.members) member.closeWindow(now);
    for (const { utilization } of this.meters) utilization.give(this.busyTicks, this.memberTicks);
    this.meters[1].hottestMemberUtilization.set(this.hottestUtilization());
  }

  /** Busy time over time of all members together; 0 without members. */
  get utilization(): number {
    return this.memberTicks === 0 ? 0 : this.busyTicks / this.memberTicks;
  }

  /** Of the member that had most to do. */
  hottestUtilization(): number {
    const busy = this.members.map(({ busyTicks }) => busyTicks);
    return Math.max(0, ...busy) / (this.window.seconds * 1e9);
  }
}
