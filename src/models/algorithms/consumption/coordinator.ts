/**
 * Kafka's group coordinator, classic protocol: who is in a group, and when a new generation begins.
 *
 * Rule: whoever joins, leaves or is thrown out of a settled group makes it prepare a rebalance. It waits until all its
 * members have joined again, or the rebalance timeout is over and those who have not are thrown out; into an empty group
 * it lets the first ones in together after a delay, which further ones prolong. Then all hear of the new generation, the leader
 * (the first to join of those who stay) sends what everybody gets, and each one's answer waits for that.
 * Source: Apache Kafka 1eb7644349cb, core/…/coordinator/group/GroupCoordinator.scala and its DelayedJoin,
 * InitialDelayedJoin.
 * Differs: no static members, one protocol; heartbeats are the caller's, who says when somebody's session is over; a
 * member that joined and does not sync is not thrown out for that alone. Cost: O(members) a rebalance.
 */

/** What the coordinator answers and asks for. Answers go to members by way of the network: that is the watcher's. */
export interface GroupWatcher<M> {
  /** A rebalance is prepared: members that have not joined anew hear of it with their next heartbeat. */
  preparing(): void;
  /** A generation begins: the answer to a member's join. */
  joined(member: M, generation: number, isLeader: boolean): void;
  /** The leader has said what everybody gets: the answer to a member's sync. */
  synced(member: M, generation: number): void;
  /** The answer to a member's sync is that it has to join anew. */
  refused(member: M): void;
  /** It did not join in time and is not in the group any more. */
  expelled(member: M): void;
  /** Call `timeUp` with the token at this instant. */
  wake(at: number, token: number): void;
}

/** In the unit of the instants that are given. */
export interface GroupTimes {
  readonly rebalanceTimeout: number;
  readonly initialDelay: number;
}

export type GroupState = 'empty' | 'preparing' | 'completing' | 'stable';

export class Coordinator<M> {
  state: GroupState = 'empty';
  generation = 0;
  /** In the order of their first joining. */
  readonly members: M[] = [];
  private leader: M | undefined;
  /** Of the members, those whose join is not answered yet, and those whose sync is not. */
  private readonly joining = new Set<M>();
  private readonly syncing = new Set<M>();
  /** Whether the group was empty before, so that the first ones wait for more. */
  private isInitial = false;
  private initialUntil = 0;
  private hasGrown = false;
  private token = 0;

  constructor(
    private readonly times: GroupTimes,
    private readonly watcher: GroupWatcher<M>,
  ) {}

  /** The group is there and settled: how a run begins that begins steady. */
  settle(members: readonly M[]): void {
    this.members.push(...members);
    this.leader = members[0];
    if (members.length === 0) return;
    this.generation = 1;
    this.state = 'stable';
  }

  /** A member joins, for the first time or anew. */
  join(member: M, now: number): void {
    if (!this.members.includes(member)) {
      this.members.push(member);
      this.hasGrown = true;
    }
    this.joining.add(member);
    if (this.state === 'preparing') this.completeIfAllJoined();
    else this.prepare(now);
  }

  /** A member asks what it gets (or says what everybody gets, if it leads). */
  sync(member: M, generation: number): void {
    if (!this.members.includes(member) || generation !== this.generation || this.state === 'preparing') {
      this.watcher.refused(member);
    } else if (this.state === 'stable') {
      this.watcher.synced(member, generation);
    } else {
      this.syncing.add(member);
      if (member === this.leader) this.stabilize();
    }
  }

  /** A member leaves, or its session is over. One that waits for the others to join has no session. */
  remove(member: M, now: number): void {
    const at = this.members.indexOf(member);
    if (at < 0) return;
    this.members.splice(at, 1);
    this.joining.delete(member);
    this.syncing.delete(member);
    if (this.state === 'preparing') this.completeIfAllJoined();
    else this.prepare(now);
  }

  isAwaitingJoin(member: M): boolean {
    return this.joining.has(member);
  }

  has(member: M): boolean {
    return this.members.includes(member);
  }

  timeUp(token: number, now: number): void {
    if (token !== this.token || this.state !== 'preparing') return;
    if (this.isInitial && this.hasGrown && now < this.initialUntil) this.waitInitially(now);
    else this.complete();
  }

  private prepare(now: number): void {
    for (const member of this.syncing) this.watcher.refused(member);
    this.syncing.clear();
    this.isInitial = this.state === 'empty';
    this.state = 'preparing';
    if (this.isInitial) {
      this.initialUntil = now + this.times.rebalanceTimeout;
      this.waitInitially(now);
      return;
    }
    this.wakeAt(now + this.times.rebalanceTimeout);
    this.watcher.preparing();
    this.completeIfAllJoined();
  }

  private waitInitially(now: number): void {
    this.hasGrown = false;
    this.wakeAt(Math.min(now + this.times.initialDelay, this.initialUntil));
  }

  private wakeAt(at: number): void {
    this.token += 1;
    this.watcher.wake(at, this.token);
  }

  private completeIfAllJoined(): void {
    if (this.state !== 'preparing' || this.isInitial) return;
    if (this.members.every((member) => this.joining.has(member))) this.complete();
  }

  private complete(): void {
    for (const member of this.members.filter((each) => !this.joining.has(each))) {
      this.members.splice(this.members.indexOf(member), 1);
      this.watcher.expelled(member);
    }
    this.generation += 1;
    this.isInitial = false;
    this.token += 1;
    if (this.members.length === 0) {
      this.state = 'empty';
      this.leader = undefined;
      return;
    }
    if (this.leader === undefined || !this.members.includes(this.leader)) [this.leader] = this.members;
    this.state = 'completing';
    this.joining.clear();
    for (const member of [...this.members]) {
      this.watcher.joined(member, this.generation, member === this.leader);
    }
  }

  private stabilize(): void {
    this.state = 'stable';
    const waiting = [...this.syncing];
    this.syncing.clear();
    for (const member of waiting) this.watcher.synced(member, this.generation);
  }
}
