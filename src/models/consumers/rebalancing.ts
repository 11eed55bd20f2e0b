import { toTicks } from '../../sim/clock.ts';
import type { Random } from '../../sim/random/streams.ts';
import { formatQuantity } from '../../units/index.ts';
import {
  type Assignor,
  assignors,
  Coordinator,
  type GroupWatcher,
  isCooperative,
  partitionName,
} from '../algorithms/consumption/index.ts';
import type { ConsumerConfig } from './config.ts';
import type { Group } from './group.ts';
import type { GroupPartition } from './group-partition.ts';
import type { Member } from './member.ts';
import { Membership } from './membership.ts';

/**
 * Between a group's members and its coordinator: messages take the network's time, heartbeats are there when they are
 * needed (to hear of a rebalance, to miss one who died) and cost nothing while all is well.
 */
export class Rebalancing implements GroupWatcher<Membership> {
  readonly heartbeatInterval: number;
  readonly isCooperative: boolean;
  readonly coordinator: Coordinator<Membership>;
  private readonly assign: Assignor;
  private readonly sessionTimeout: number;
  private readonly maxPollInterval: number;
  /** Both as words. */
  private readonly session: string;
  private readonly longest: string;
  private readonly topics: ReadonlyMap<string, number>;
  private readonly byName: ReadonlyMap<string, GroupPartition>;
  private shared = new Map<Membership, readonly GroupPartition[]>();
  private ids = 0;

  constructor(
    private readonly group: Group,
    config: ConsumerConfig,
    private readonly random: Random,
  ) {
    this.assign = assignors[config.assignor];
    this.isCooperative = isCooperative(config.assignor);
    this.heartbeatInterval = toTicks(config.heartbeatInterval);
    this.sessionTimeout = toTicks(config.sessionTimeout);
    this.maxPollInterval = toTicks(config.maxPollInterval);
    this.session = formatQuantity(config.sessionTimeout, 'duration');
    this.longest = formatQuantity(config.maxPollInterval, 'duration');
    const times = { rebalanceTimeout: this.maxPollInterval, initialDelay: toTicks(config.initialDelay) };
    this.coordinator = new Coordinator(times, this);
    const topics = new Map<string, number>();
    for (const { topic } of group.partitions) topics.set(topic, (topics.get(topic) ?? 0) + 1);
    this.topics = topics;
    this.byName = new Map(
      group.partitions.map((each) => [partitionName({ topic: each.topic, partition: each.number }), each]),
    );
  }

  get now(): number {
    return this.group.simulation.now;
  }

  at(instant: number, then: () => void): void {
    this.group.agenda.at(instant, { fire: then });
  }

  /** Ids sort in the order of joining. */
  private nextId(): string {
    this.ids += 1;
    return String(this.ids).padStart(8, '0');
  }

  membershipOf(member: Member): Membership {
    return new Membership(member, this, this.nextId());
  }

  /** The members are a group that was shared out before the run began: `begin: steady`. */
  settle(members: readonly Member[]): void {
    const memberships = members.map((member) => this.membershipOf(member));
    this.coordinator.settle(memberships);
    for (const membership of memberships) {
      membership.settle(1, this.now - Math.floor(this.random() * this.heartbeatInterval));
    }
    if (memberships.length === 0) return;
    this.shareOut();
    for (const membership of memberships) membership.takeSteadily();
  }

  /** Somebody comes: the coordinator first gives it an id. */
  joinNew(membership: Membership): void {
    membership.id = this.nextId();
    this.thereAndBack(membership, () => this.join(membership));
  }

  join(membership: Membership): void {
    this.send(membership, () => this.coordinator.join(membership, this.now));
  }

  sync(membership: Membership): void {
    const { generation } = membership;
    this.send(membership, () => this.coordinator.sync(membership, generation));
  }

  leave(membership: Membership): void {
    this.send(membership, () => this.remove(membership, 'leaves'));
  }

  /** A rebalance waits for its join. */
  isAwaited(membership: Membership): boolean {
    const { coordinator } = this;
    if (coordinator.state !== 'preparing') return false;
    return coordinator.has(membership) && !coordinator.isAwaitingJoin(membership);
  }

  /** Nanoseconds to the coordinator, a broker of the cluster that is read. */
  private way(membership: Membership): number {
    return this.group.ways.ofMember(membership.member.place);
  }

  private send(membership: Membership, arrive: () => void): void {
    this.travel(membership, this.way(membership), arrive);
  }

  /** There and back. */
  private thereAndBack(membership: Membership, arrive: () => void): void {
    this.travel(membership, this.way(membership) + this.way(membership), arrive);
  }

  private travel({ member }: Membership, ways: number, arrive: () => void): void {
    if (ways < Number.POSITIVE_INFINITY) this.at(this.now + ways, arrive);
    else this.group.ways.stuck(member.place, false, (instant) => this.at(instant, arrive));
  }

  private answer(membership: Membership, arrive: () => void): void {
    this.travel(membership, this.way(membership), () => {
      if (membership.standing !== 'gone') arrive();
    });
  }

  private remove(membership: Membership, why: string): void {
    if (!this.coordinator.has(membership)) return;
    this.group.note(`a member ${why}`);
    this.coordinator.remove(membership, this.now);
  }

  /** Its heartbeats have ended with its instance: the coordinator misses it a session timeout after the last one. */
  died(membership: Membership): void {
    const last = membership.beats ? membership.lastHeartbeat(this.now) : this.now;
    const way = this.way(membership);
    if (way < Number.POSITIVE_INFINITY) {
      this.expireAt(membership, Math.max(this.now, last + way + this.sessionTimeout));
    } else {
      // The coordinator is as lost as the member; whoever takes its place gives all members it knows of a new session.
      this.send(membership, () => this.expireAt(membership, this.now + this.sessionTimeout));
    }
  }

  private expireAt(membership: Membership, instant: number): void {
    this.at(instant, () => {
      // Who waits for the others to join has no session; it begins with the generation.
      if (!this.coordinator.isAwaitingJoin(membership))
        this.remove(membership, `is missed: no heartbeat for ${this.session}`);
    });
  }

  preparing(): void {
    for (const membership of this.coordinator.members) {
      if (this.coordinator.isAwaitingJoin(membership) || !membership.beats) continue;
      const heartbeat = membership.nextHeartbeat(this.now);
      const ways = this.way(membership) + this.way(membership);
      if (ways < Number.POSITIVE_INFINITY) membership.hearAt(heartbeat + ways);
      else this.travel(membership, ways, () => membership.hearAt(this.now));
    }
  }

  joined(membership: Membership, generation: number, isLeader: boolean): void {
    if (isLeader) this.group.rebalanced(this.coordinator.members.length);
    if (membership.standing === 'gone') this.expireAt(membership, this.now + this.sessionTimeout);
    this.answer(membership, () => membership.hasJoined(generation, isLeader));
  }

  synced(membership: Membership): void {
    this.answer(membership, () => membership.hasSynced(false));
  }

  refused(membership: Membership): void {
    this.answer(membership, () => membership.hasSynced(true));
  }

  expelled(membership: Membership): void {
    this.group.note('a member is thrown out: it did not join in time');
    if (membership.standing !== 'gone') this.answer(membership, () => membership.thrownOut());
  }

  wake(at: number, token: number): void {
    this.at(at, () => this.coordinator.timeUp(token, this.now));
  }

  /** The leader says who gets what. */
  shareOut(): void {
    const { members } = this.coordinator;
    const names = [...this.topics.keys()];
    const last = Math.max(...members.map(({ ownedIn }) => ownedIn));
    const owned = members
      .filter(({ ownedIn }) => ownedIn === last)
      .map(({ id, owned: had }) => [id, had] as const);
    const subscriptions = new Map(members.map(({ id }) => [id, names]));
    const shared = this.assign(this.topics, subscriptions, new Map(owned));
    this.shared = new Map(
      members.map((membership) => [
        membership,
        (shared.get(membership.id) ?? []).map(
          (each) => this.byName.get(partitionName(each)) as GroupPartition,
        ),
      ]),
    );
  }

  givenTo(membership: Membership): readonly GroupPartition[] {
    return this.shared.get(membership) ?? [];
  }

  /** A member owns these from now on: it asks where the group left off, and then reads. */
  begin(membership: Membership, partitions: readonly GroupPartition[]): void {
    if (partitions.length === 0) return;
    const { member } = membership;
    const claims = partitions.map((partition) => member.holdings.claim(partition));
    this.thereAndBack(membership, () => {
      for (const claim of claims) this.group.read(claim);
      if (member.isPolling) member.holdings.send();
    });
  }

  /** Looks from time to time whether a member polls often enough; one that does not leaves, and is busy with its poll. */
  watchPolls(membership: Membership): void {
    const { member } = membership;
    const isLate = !member.isPolling && this.now - member.polledAt >= this.maxPollInterval;
    const last = member.isPolling || isLate ? this.now : member.polledAt;
    this.at(last + this.maxPollInterval, () => {
      if (membership.standing === 'gone') return;
      const isTooLate = !member.isPolling && this.now - member.polledAt >= this.maxPollInterval;
      if (isTooLate && membership.standing !== 'out') {
        this.send(membership, () =>
          this.remove(membership, `leaves: it has been busy with one poll for ${this.longest}`),
        );
        membership.thrownOut();
      }
      this.watchPolls(membership);
    });
  }
}
