import { Claim, type Fetched } from './claim.ts';
import type { GroupPartition } from './group-partition.ts';
import type { Member } from './member.ts';
import { MemberFetch } from './member-fetch.ts';

/** What a member has: the partitions that it owns, the fetches for them, and the records fetched and polled. */
export class Holdings {
  readonly claims: Claim[] = [];
  private readonly fetches: MemberFetch[] = [];
  /** Fetched and not polled. */
  private readonly buffer: Fetched[] = [];
  /** Polled and not in hand yet. */
  private readonly polled: Fetched[] = [];
  /** Processed from since the last commit. */
  private readonly touched: Claim[] = [];

  constructor(private readonly member: Member) {}

  /** Whether records of this poll are left to take in hand. */
  get hasPolled(): boolean {
    return this.polled.length > 0;
  }

  /** Whether all that it has processed can be committed. */
  get isSettled(): boolean {
    return this.claims.every((claim) => this.member.group.isSettled(claim));
  }

  /** The range whose first record is the next one. */
  next(): Fetched {
    return this.polled[0];
  }

  /** The first record of the first range is in hand. */
  take(range: Fetched): void {
    range.from += 1;
    if (range.from === range.to) this.polled.shift();
  }

  touch(claim: Claim): void {
    if (!this.touched.includes(claim)) this.touched.push(claim);
  }

  /** Owns a partition from now on; it is not read before `read`. */
  claim(partition: GroupPartition): Claim {
    const claim = new Claim(partition, this.member);
    this.claims.push(claim);
    return claim;
  }

  /** Begins to read what it owns where the group left off. */
  read(claim: Claim): void {
    const { partition } = claim;
    claim.isReading = true;
    claim.next = partition.committed;
    claim.done = partition.committed;
    partition.beganAt = partition.committed;
    if (partition.log.leader >= 0) this.fetchFrom(partition.log.leader).add(claim);
  }

  /** Its leader is not the one any more from which it was fetched. */
  loseLeader(claim: Claim): void {
    const { fetch } = claim;
    if (fetch === null) return;
    fetch.drop(claim);
    if (fetch.isEmpty) fetch.disconnect();
  }

  /** It has a leader that is known. */
  findLeader(claim: Claim): void {
    if (claim.fetch === null) this.fetchFrom(claim.partition.log.leader).add(claim);
  }

  private fetchFrom(broker: number): MemberFetch {
    const known = this.fetches.find((fetch) => fetch.broker === broker);
    if (known !== undefined) return known;
    const fetch = new MemberFetch(this.member, broker);
    this.fetches.push(fetch);
    return fetch;
  }

  /** An answer of a broker is here. */
  keep(fetched: Fetched): void {
    this.buffer.push(fetched);
  }

  /** Takes what is buffered, up to the most that a poll returns, and asks for more where nothing is left. */
  poll(): void {
    const { group } = this.member;
    const { buffer, polled } = this;
    let room = group.maxPoll;
    let taken = 0;
    while (room > 0 && taken < buffer.length) {
      const fetched = buffer[taken];
      const to = Math.min(fetched.to, fetched.from + room);
      room -= to - fetched.from;
      if (to < fetched.to) {
        const { claim, fetch, from } = fetched;
        polled.push({ claim, fetch, from, to, kept: null, isSole: false });
        fetched.from = to;
        break;
      }
      polled.push(fetched);
      fetched.fetch.buffered -= 1;
      taken += 1;
    }
    if (taken === 1) buffer.shift();
    else if (taken > 0) buffer.splice(0, taken);
    if (polled.length > 0) group.polled(polled, group.maxPoll - room);
    this.send();
  }

  /** Fetches that can leave do. */
  send(): void {
    const { group, place } = this.member;
    const { now } = group.simulation;
    for (let at = 0; at < this.fetches.length; at += 1) {
      const fetch = this.fetches[at];
      if (fetch.isDue) fetch.send(now, group.ways.ofFetch(place, this.polled, fetch.broker));
    }
  }

  /** Everything that is owned is asked for, by fetches that have been at their brokers before: how a steady run begins. */
  sendSteady(): void {
    for (const fetch of this.fetches) fetch.send(this.member.group.simulation.now, 0);
  }

  /** Commits the offsets of what was processed since the last commit. */
  commit(): void {
    const { touched } = this;
    while (touched.length > 0) this.member.group.commit(touched.pop() as Claim);
  }

  /** Gives up a partition, in a poll: all that was polled is processed. */
  revoke(claim: Claim): void {
    this.commit();
    this.release(claim);
  }

  /** The group gives what it owned to others: what it has polled it goes on with, and cannot commit. */
  lose(): void {
    const { group } = this.member;
    for (const range of this.polled) {
      const { log } = range.claim.partition;
      range.kept = Array.from({ length: range.to - range.from }, (_, at) => log.at(range.from + at));
      range.isSole = group.outcomes.setAside(range.claim.partition, range.from, range.to);
    }
    for (const claim of [...this.claims]) this.release(claim);
    this.touched.length = 0;
  }

  private release(claim: Claim): void {
    const { buffer } = this;
    claim.fetch?.drop(claim);
    for (let at = buffer.length - 1; at >= 0; at -= 1) {
      if (buffer[at].claim !== claim) continue;
      buffer[at].fetch.buffered -= 1;
      buffer.splice(at, 1);
    }
    this.claims.splice(this.claims.indexOf(claim), 1);
    if (!claim.isHeld) return;
    claim.partition.claim = null;
    this.member.group.standstill.stopped(claim.partition);
  }

  /** Its member dies: what it polled is not processed by it. */
  drop(): void {
    const { outcomes } = this.member.group;
    for (const range of this.polled) outcomes.droppedRange(range);
    this.polled.length = 0;
    for (const claim of [...this.claims]) this.release(claim);
    this.touched.length = 0;
  }

  close(): void {
    for (const fetch of this.fetches) fetch.close();
  }
}
