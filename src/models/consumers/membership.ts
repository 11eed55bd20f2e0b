import type { OwnedPartition } from '../algorithms/consumption/index.ts';
import type { GroupPartition } from './group-partition.ts';
import type { Member } from './member.ts';
import type { Rebalancing } from './rebalancing.ts';

/**
 * Where a member is with its group. `joined` and `synced`: the answer is here, and is looked at in the next poll.
 */
export type Standing = 'out' | 'joining' | 'joined' | 'syncing' | 'synced' | 'settled' | 'gone';

/**
 * A member's side of Kafka's group protocol: it joins, sends heartbeats, hears with one of them that it has to join
 * anew, and does so when it polls next. Eager members give up everything before they join, cooperative ones only what they
 * are told to, after it.
 */
export class Membership {
  standing: Standing = 'out';
  /** What it got in which generation, for assignors that keep to what was. */
  generation = -1;
  owned: readonly OwnedPartition[] = [];
  ownedIn = -1;
  /** Heartbeats leave at this instant and every interval after it. */
  heartbeatsFrom = 0;
  leads = false;
  private isStale = false;
  private isLeaving = false;
  private isToHear = false;

  constructor(
    readonly member: Member,
    private readonly group: Rebalancing,
    /** Assignors go through members in the order of their ids. */
    public id: string,
  ) {
    member.membership = this;
    group.watchPolls(this);
  }

  /** In the group since before the run began. */
  settle(generation: number, heartbeatsFrom: number): void {
    this.standing = 'settled';
    this.generation = generation;
    this.heartbeatsFrom = heartbeatsFrom;
  }

  /** The first time, or after it was thrown out: it is given an id, and joins with that. */
  join(): void {
    this.standing = 'joining';
    this.isStale = false;
    this.group.joinNew(this);
  }

  /** Whether its heartbeats are sent: not while it waits for the others to join. */
  get beats(): boolean {
    return this.standing === 'syncing' || this.standing === 'synced' || this.standing === 'settled';
  }

  /** The instant of its first heartbeat from `now` on. */
  nextHeartbeat(now: number): number {
    const { heartbeatsFrom, group } = this;
    const interval = group.heartbeatInterval;
    return heartbeatsFrom + Math.max(1, Math.ceil((now - heartbeatsFrom) / interval)) * interval;
  }

  /** The instant of the last one before. */
  lastHeartbeat(now: number): number {
    const { heartbeatsFrom, group } = this;
    const interval = group.heartbeatInterval;
    return heartbeatsFrom + Math.max(0, Math.floor((now - heartbeatsFrom) / interval)) * interval;
  }

  /** A rebalance is prepared: its next heartbeat is answered with that. */
  hearAt(instant: number): void {
    if (this.isToHear) return;
    this.isToHear = true;
    this.group.at(instant, () => {
      this.isToHear = false;
      if (!this.beats || !this.group.isAwaited(this)) return;
      this.isStale = true;
      this.member.tell();
    });
  }

  /** The answer to its join. */
  hasJoined(generation: number, leads: boolean): void {
    if (this.standing !== 'joining') return;
    this.standing = 'joined';
    this.generation = generation;
    this.leads = leads;
    this.member.tell();
  }

  /** The answer to its sync; refused: the group has begun another rebalance. */
  hasSynced(isRefused: boolean): void {
    if (this.standing !== 'syncing') return;
    this.standing = isRefused ? 'settled' : 'synced';
    if (isRefused) this.isStale = true;
    this.member.tell();
  }

  /** It shall leave once what it has polled is processed. */
  askToLeave(): void {
    this.isLeaving = true;
    this.member.tell();
  }

  /** Its member polls: what has been heard meanwhile is acted upon. */
  polls(): void {
    if (this.isLeaving) {
      if (this.member.settles()) this.leave();
      return;
    }
    if (this.standing === 'joined') this.sync();
    if (this.standing === 'synced' && (!this.givesUp() || this.member.settles())) this.complete();
    if (this.standing === 'settled' && this.isStale) {
      if (this.group.isCooperative || this.member.settles()) this.rejoin();
    }
    if (this.standing === 'out') this.join();
  }

  private rejoin(): void {
    this.isStale = false;
    this.standing = 'joining';
    // What it holds counts as of the generation that it joined last, also where its sync was refused (Kafka's ConsumerCoordinator).
    if (this.group.isCooperative) this.ownedIn = this.generation;
    else this.revokeAll();
    this.group.join(this);
  }

  private sync(): void {
    this.standing = 'syncing';
    this.heartbeatsFrom = this.group.now;
    if (this.leads) this.group.shareOut();
    this.group.sync(this);
  }

  /** It knows what it has from now on: takes what is new, gives up what is not its own any more. */
  private complete(): void {
    const { member } = this;
    this.standing = 'settled';
    const given = this.group.givenTo(this);
    this.remember(given);
    const { claims } = member.holdings;
    const lost = claims.filter(({ partition }) => !given.includes(partition));
    for (const claim of lost) member.holdings.revoke(claim);
    this.group.begin(
      this,
      given.filter((partition) => claims.every((claim) => claim.partition !== partition)),
    );
    // Whoever had to give something up joins again: another round gives it to somebody.
    if (lost.length > 0) this.isStale = true;
  }

  /** Whether it has something that is not its own any more. */
  private givesUp(): boolean {
    const given = this.group.givenTo(this);
    return this.member.holdings.claims.some(({ partition }) => !given.includes(partition));
  }

  private remember(given: readonly GroupPartition[]): void {
    this.owned = given.map(({ topic, number: partition }) => ({ topic, partition }));
    this.ownedIn = this.generation;
  }

  /** What the group gave it before the run began, and reads already. */
  takeSteadily(): void {
    const given = this.group.givenTo(this);
    const { holdings } = this.member;
    this.remember(given);
    for (const partition of given) holdings.read(holdings.claim(partition));
    holdings.sendSteady();
  }

  private revokeAll(): void {
    const { holdings } = this.member;
    for (const claim of [...holdings.claims]) holdings.revoke(claim);
  }

  private leave(): void {
    this.revokeAll();
    this.standing = 'gone';
    this.group.leave(this);
    this.member.leave();
  }

  /** The group goes on without it; what it has polled it goes on with, and then it joins anew. */
  thrownOut(): void {
    this.standing = 'out';
    this.owned = [];
    this.ownedIn = -1;
    this.member.lose();
    this.member.tell();
  }

  /** Its instance is dead. */
  die(): void {
    this.group.died(this);
    this.standing = 'gone';
  }
}
