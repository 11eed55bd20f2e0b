import type { EventTarget } from '../../sim/event-queue.ts';
import { childIdentity } from '../../sim/random/childIdentity.ts';
import type { ServiceHost } from '../contracts/service.ts';
import type { ReadableRecord } from '../contracts/topic.ts';
import { finish } from '../control/finish.ts';
import type { Cursor, Failure, Root } from '../cursor.ts';
import { packAttempt } from '../operation.ts';
import { type Claim, recordOf } from './claim.ts';
import { Delivery } from './delivery.ts';
import { Effects } from './effects.ts';
import type { Group } from './group.ts';
import { Holdings } from './holdings.ts';
import type { Membership } from './membership.ts';
import { deadLettered } from './outcomes.ts';
import { RecordPoll } from './record-poll.ts';

const words = { high: 0, low: 0 };

/** What a member does with the record in its hands. */
type Handling = 'nothing' | 'works' | 'backs off' | 'buries';

/**
 * One member of a group: polls, works on one record after another by calling the consumer's operation, commits, and
 * polls again.
 */
export class Member implements Root, EventTarget {
  readonly holdings = new Holdings(this);
  membership!: Membership;
  /** Something about the group waits for the next poll. */
  hasNews = false;
  /** When it polled last. */
  polledAt = 0;
  /** Nanoseconds at work in the measured window. */
  busyTicks = 0;
  private busySince = 0;
  private isBusy = false;
  private isGone = false;
  /** It polls no more before all that it has processed is flushed: only then it gives partitions up. */
  private isSettling = false;
  /** What the records of this poll share; none where no step asks for it. */
  private shared: RecordPoll | null = null;
  private handling: Handling = 'nothing';
  private isProceeding = false;
  /** Of the record in hand. */
  private cursor: Cursor | null = null;
  private record!: ReadableRecord;
  private claim!: Claim;
  private offset = 0;
  private isSole = false;
  private delivery!: Delivery;
  private attempt = 0;

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
    host?.whenDead(() => this.die());
  }

  /** Whether it waits in a poll: nothing is in its hands. */
  get isPolling(): boolean {
    return this.handling === 'nothing' && !this.holdings.hasPolled && !this.isProceeding && !this.isSettling;
  }

  /** @returns whether everything it has processed is flushed; else it waits for that, and looks at the news again then */
  settles(): boolean {
    this.isSettling = !this.holdings.isSettled;
    return !this.isSettling;
  }

  /** More of what it has processed is flushed. */
  hasSettled(): void {
    if (!this.isSettling || !this.holdings.isSettled) return;
    this.isSettling = false;
    this.group.simulation.soon({ fire: () => this.tell() }, 0);
  }

  /** Something about the group has changed: looked at in the poll, now or once this one's records are done. */
  tell(): void {
    if (this.isGone) return;
    this.hasNews = true;
    if (this.isPolling) this.proceed();
  }

  /** Works until something takes time or there is nothing to do. */
  proceed(): void {
    if (this.isProceeding || this.isGone) return;
    this.isProceeding = true;
    while (this.handling === 'nothing' && this.hasNext()) this.take();
    this.isProceeding = false;
    this.setBusy(this.handling !== 'nothing');
  }

  private hasNext(): boolean {
    const { group, holdings } = this;
    if (holdings.hasPolled) return true;
    if (this.isSettling) return false;
    holdings.commit();
    if (this.hasNews) {
      this.hasNews = false;
      this.membership.polls();
      if (this.isGone || this.isSettling) return false;
    }
    this.polledAt = group.simulation.now;
    holdings.poll();
    if (!holdings.hasPolled) return false;
    if (group.putsOff) this.shared = new RecordPoll();
    return true;
  }

  /** Takes the next record in hand and calls the operation for it. */
  private take(): void {
    const { group, holdings, place, shared } = this;
    const { now } = group.simulation;
    const range = holdings.next();
    const { claim } = range;
    const record = recordOf(range);
    this.claim = claim;
    this.record = record;
    this.offset = range.from;
    this.isSole = range.isSole;
    holdings.take(range);
    childIdentity(record.high, record.low, group.site, 0, words);
    const { high, low } = words;
    const effects = shared === null ? undefined : new Effects(group.outcomes, claim, this.offset, record);
    this.delivery = new Delivery(
      high,
      low,
      now,
      place,
      group.window.contains(now),
      record.keys,
      shared ?? undefined,
      effects,
    );
    if (shared !== null && !holdings.hasPolled) shared.last = this.delivery;
    this.attempt = 0;
    this.call();
  }

  private call(): void {
    const { group, place } = this;
    const cursor = this.newCursor();
    cursor.word = packAttempt(this.attempt);
    this.handling = 'works';
    this.setBusy(true);
    group.call(cursor, this.host, place, finish);
  }

  private newCursor(): Cursor {
    const { delivery, group, place } = this;
    const cursor = group.cursors.take();
    cursor.high = delivery.high;
    cursor.low = delivery.low;
    cursor.word = 0;
    cursor.operation = delivery;
    cursor.root = this;
    cursor.place = place;
    this.cursor = cursor;
    return cursor;
  }

  completed(cursor: Cursor): void {
    if (cursor === this.cursor) this.end(this.handling === 'buries' ? deadLettered : null);
    cursor.release();
  }

  failed(cursor: Cursor, reason: Failure): void {
    if (cursor === this.cursor) this.again(reason);
    cursor.release();
  }

  replaced(cursor: Cursor, by: Cursor): void {
    if (cursor === this.cursor) this.cursor = by;
  }

  /** Tries the record once more, in place; or gives it up. */
  private again(reason: Failure): void {
    const { delivery, group } = this;
    this.cursor = null;
    if (this.handling === 'buries') {
      this.end(reason);
      return;
    }
    const wait = group.retries.wait(this.attempt + 1, delivery);
    if (wait >= 0) {
      this.attempt += 1;
      this.handling = 'backs off';
      group.outcomes.retried();
      const { now } = group.simulation;
      group.simulation.schedule(now + wait, delivery.high, delivery.low, packAttempt(this.attempt), this, 0);
    } else if (group.burial !== undefined && this.host !== null) {
      this.handling = 'buries';
      group.burial.enter(this.newCursor(), this.host);
    } else this.end(reason);
  }

  /** The back-off is over. */
  fire(): void {
    if (!this.isGone && this.handling === 'backs off') this.call();
  }

  private end(failure: Failure | null): void {
    const { claim, group, holdings, offset } = this;
    this.cursor = null;
    this.handling = 'nothing';
    claim.done = offset + 1;
    if (!holdings.hasPolled) this.endPoll();
    holdings.touch(claim);
    group.outcomes.processed(claim, offset, this.record, this.delivery.settlement, failure, this.isSole);
    this.proceed();
  }

  /** What was collected for this poll is done, or never will be. */
  private endPoll(): void {
    const { shared } = this;
    this.shared = null;
    shared?.end();
  }

  /** The group has given its partitions to others: it goes on with what it polled, and cannot commit it. */
  lose(): void {
    const { claim, group, holdings, offset } = this;
    if (this.handling !== 'nothing')
      this.isSole = group.outcomes.setAside(claim.partition, offset, offset + 1);
    holdings.lose();
  }

  /** It has left the group for good. */
  leave(): void {
    this.isGone = true;
    this.setBusy(false);
    this.holdings.close();
    this.group.forget(this);
  }

  /** Its instance dies: what it has in hand is not processed, and nobody hears of it but by its silence. */
  private die(): void {
    if (this.isGone) return;
    const { claim, group, holdings, isSole, offset, record } = this;
    if (this.handling !== 'nothing') group.outcomes.dropped(claim, offset, record, isSole);
    this.isGone = true;
    this.cursor = null;
    this.handling = 'nothing';
    this.endPoll();
    holdings.drop();
    this.setBusy(false);
    this.membership.die();
    holdings.close();
    group.forget(this);
  }

  private setBusy(isBusy: boolean): void {
    if (isBusy === this.isBusy) return;
    const { now } = this.group.simulation;
    this.isBusy = isBusy;
    if (isBusy) this.busySince = now;
    else this.busyTicks += now - this.busySince;
    this.group.work.changed(isBusy ? 1 : -1);
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
