import { childIdentity } from '../../sim/random/childIdentity.ts';
import type { ServiceHost } from '../contracts/service.ts';
import type { ReadableRecord } from '../contracts/topic.ts';
import { finish } from '../control/finish.ts';
import type { Cursor, Failure, Root } from '../cursor.ts';
import type { Claim, Fetched } from './claim.ts';
import { Delivery, Effects } from './delivery.ts';
import type { Group } from './group.ts';
import { MemberFetch } from './member-fetch.ts';
import { RecordPoll } from './record-poll.ts';

const words = { high: 0, low: 0 };

/**
 * One member of a group: polls, works on one record after another by calling the consumer's operation, commits, and
 * polls again.
 */
export class Member implements Root {
  /** Nanoseconds at work in the measured window. */
  busyTicks = 0;
  private busySince = 0;
  private isBusy = false;
  private fetches: MemberFetch[] = [];
  /** Fetched and not polled. */
  private readonly buffer: Fetched[] = [];
  /** Polled and not started. */
  private readonly polled: Fetched[] = [];
  private readonly touched: Claim[] = [];
  /** What the records of this poll share; none where no step asks for it. */
  private shared: RecordPoll | null = null;
  /** What becomes of the record in hand. */
  private effects: Effects | undefined;
  private cursor: Cursor | null = null;
  private record!: ReadableRecord;
  private claim!: Claim;
  private isRetired = false;
  private isStarting = false;

  /**
   * @param place of the region where it stands
   * @param host the instance on which it lives; none where the service says nothing about its instances
   */
  constructor(
    readonly group: Group,
    readonly place: number,
    readonly host: ServiceHost | null,
    /** Which of the members of its instance. */
    readonly number: number,
  ) {
    host?.whenDead(() => this.endPoll());
  }

  /** Owns these partitions from now on, and what it had is dropped, but for the record in its hands. */
  own(claims: readonly Claim[], now: number): void {
    this.drop();
    for (const claim of claims) {
      const { leader } = claim.log;
      if (this.fetches.every(({ broker }) => broker !== leader)) {
        const led = claims.filter(({ log }) => log.leader === leader);
        const fetch = new MemberFetch(this, leader, led);
        for (const each of led) each.fetch = fetch;
        this.fetches.push(fetch);
      }
    }
    for (const fetch of this.fetches) fetch.offer(now);
  }

  /** Leaves the group; the record in its hands it finishes. */
  retire(): void {
    this.drop();
    this.setBusy(false);
    this.isRetired = true;
  }

  private drop(): void {
    this.commit();
    for (const fetch of this.fetches) fetch.close();
    this.fetches = [];
    this.buffer.length = 0;
    this.polled.length = 0;
    if (this.cursor === null) this.endPoll();
  }

  /** An answer of a broker is here. */
  keep(answer: readonly Fetched[]): void {
    for (let at = 0; at < answer.length; at += 1) this.buffer.push(answer[at]);
  }

  /** Starts records until one takes time or there are none. */
  proceed(): void {
    if (this.isStarting) return;
    this.isStarting = true;
    while (this.cursor === null && this.hasNext()) this.start();
    this.isStarting = false;
    this.setBusy(this.cursor !== null);
  }

  private hasNext(): boolean {
    if (this.polled.length === 0) {
      this.commit();
      this.poll();
    }
    return this.polled.length > 0;
  }

  /** Takes what is buffered, up to the most that a poll returns, and asks for more where nothing is left. */
  private poll(): void {
    const { buffer, group, polled } = this;
    let room = group.maxPoll;
    let taken = 0;
    while (room > 0 && taken < buffer.length) {
      const fetched = buffer[taken];
      const { claim, fetch, from } = fetched;
      const to = Math.min(fetched.to, from + room);
      polled.push({ claim, fetch, from, to });
      room -= to - from;
      fetched.from = to;
      if (to < fetched.to) break;
      fetch.buffered -= 1;
      taken += 1;
    }
    if (polled.length === 0) return;
    if (group.putsOff) this.shared = new RecordPoll();
    if (taken === 1) buffer.shift();
    else buffer.splice(0, taken);
    group.polled(group.maxPoll - room);
    const { claim, from } = polled[0];
    const { high, low } = claim.log.at(from);
    for (const fetch of this.fetches) fetch.send(group.simulation.now, high, low);
  }

  /** Calls the operation for the next record. */
  private start(): void {
    const { group, place, polled } = this;
    const { now } = group.simulation;
    const next = polled[0];
    const { claim } = next;
    const record = claim.log.at(next.from);
    next.from += 1;
    if (next.from === next.to) polled.shift();
    this.claim = claim;
    this.record = record;
    claim.worker = this;
    childIdentity(record.high, record.low, group.site, 0, words);
    const cursor = group.cursors.take();
    cursor.high = words.high;
    cursor.low = words.low;
    cursor.word = 0;
    const { shared } = this;
    this.effects = shared === null ? undefined : new Effects(group, claim, record);
    const delivery = new Delivery(
      cursor.high,
      cursor.low,
      now,
      place,
      group.window.contains(now),
      record.keys,
      shared ?? undefined,
      this.effects,
    );
    if (shared !== null && polled.length === 0) shared.last = delivery;
    cursor.operation = delivery;
    cursor.root = this;
    cursor.place = place;
    this.cursor = cursor;
    this.setBusy(true);
    group.call(cursor, this.host, place, finish);
  }

  completed(cursor: Cursor): void {
    if (cursor === this.cursor) this.end(null);
    cursor.release();
  }

  failed(cursor: Cursor, reason: Failure): void {
    if (cursor === this.cursor) this.end(reason);
    cursor.release();
  }

  replaced(cursor: Cursor, by: Cursor): void {
    if (cursor === this.cursor) this.cursor = by;
  }

  private end(failure: Failure | null): void {
    const { claim, effects, group, record } = this;
    this.cursor = null;
    claim.worker = null;
    if (this.polled.length === 0) this.endPoll();
    if (this.isRetired && failure !== null) {
      group.handOver(claim);
      return;
    }
    claim.done += 1;
    if (!this.touched.includes(claim)) this.touched.push(claim);
    group.processed(claim, record, failure, effects);
    if (this.isRetired) this.commit();
    else this.proceed();
  }

  /** What was collected for this poll is done, or never will be. */
  private endPoll(): void {
    const { shared } = this;
    this.shared = null;
    shared?.end();
  }

  /** Commits the offsets of what was processed since the last commit. */
  private commit(): void {
    for (const claim of this.touched) this.group.commit(claim);
    while (this.touched.length > 0) this.touched.pop();
  }

  private setBusy(isBusy: boolean): void {
    if (isBusy === this.isBusy) return;
    const { now } = this.group.simulation;
    this.isBusy = isBusy;
    if (isBusy) this.busySince = now;
    else this.busyTicks += now - this.busySince;
    this.group.busyChanged(isBusy ? 1 : -1);
  }

  openWindow(now: number): void {
    this.busyTicks = 0;
    this.busySince = now;
  }

  closeWindow(now: number): void {
    if (this.isBusy) this.busyTicks += now - this.busySince;
    this.busySince = now;
  }
}
