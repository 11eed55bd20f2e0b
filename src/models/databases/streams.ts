import type { Cursor, Failure } from '../cursor.ts';
import type { CommitLog } from './commit-log.ts';
import { type Entry, Journal, type Waiting } from './journal.ts';
import type { Lineage } from './lineage.ts';
import type { DatabaseModel } from './model.ts';
import { kthLeast } from './replica-answers.ts';
import type { ReplicaWait, Shipment } from './shard.ts';
import { Stream } from './stream.ts';

/**
 * The streams of a shard's log to its replicas, where links and nodes can fail.
 *
 * Rule: a stream breaks when a message of it cannot pass, or when an end of it dies. What the replica has not received by
 * then it gets after the stream is there again, from the log, in order and no faster than `catchUp`; it applies it in its
 * one process as ever. A cut link lets TCP's next repetition through once it is whole; from a minute on the replica tries
 * a new connection every five seconds.
 * Source: PostgreSQL's wal_receiver_timeout (60 s) and wal_retrieve_retry_interval (5 s).
 * Differs: what is on the wire when an end dies has not been received. A segment beyond the dead machine's network would
 * still arrive, so that losses are at most this, by up to the one-way delay.
 */
export class Streams {
  readonly journal: Journal;
  private readonly links: Stream[];
  private committedAt = -1;
  private readonly sorted: Float64Array;

  constructor(
    private readonly model: DatabaseModel,
    private readonly shard: Lineage,
    private readonly log: CommitLog,
  ) {
    const count = shard.followers.length;
    this.journal = new Journal(
      count,
      (entry) => this.goOn(entry),
      () => shard.reach?.isLost === true,
    );
    this.links = shard.followers.map((_, replica) => new Stream(this, model, shard, replica));
    this.sorted = new Float64Array(count);
  }

  private get now(): number {
    return this.model.wiring.simulation.now;
  }

  /** As `Shard.committed`; whoever waits for replicas says so next, by `awaitReplicas`. */
  committed(now: number, shipment: Shipment): Entry {
    const { journal, log, shard } = this;
    const { wait } = shipment;
    const leaves = now !== this.committedAt;
    this.committedAt = now;
    const entry = journal.add(now);
    entry.asks = wait;
    entry.before = log.newest;
    entry.applyTicks = shipment.applyTicks;
    entry.bytes = this.model.settings.rowSize * shipment.rowCount;
    shard.logRows(shipment, log, now);
    entry.last = log.newest;
    let lags = 0;
    for (let replica = 0; replica < this.links.length; replica += 1) {
      const link = this.links[replica];
      if (!link.isOpen) {
        this.keep(entry, replica);
        continue;
      }
      const delay = leaves ? this.delayTo(replica, shipment.wayTo(replica)) : 0;
      if (delay === Number.POSITIVE_INFINITY) {
        link.hang(entry.number, shipment.wayTo(replica));
        continue;
      }
      const { apply } = shard.followers[replica];
      if (leaves) apply.ship(now + delay, shipment.flushOn(replica));
      const applied = this.apply(entry, replica);
      lags += applied - now;
      if (wait !== null) this.answer(entry, replica, applied, shipment.wayBack(replica));
    }
    this.model.wiring.simulation.digest(lags);
    shard.shipped();
    if (wait === null) this.acknowledge(entry);
    return entry;
  }

  private acknowledge(entry: Entry): void {
    entry.acknowledgedAt = this.now;
    this.shard.acknowledged(entry);
  }

  /** A write waits for a replica that is not reached; if too many do, the log is given up and with it the replica. */
  private keep(entry: Entry, replica: number): void {
    const { journal, log, model, now, shard } = this;
    const link = this.links[replica];
    if (link.lostFrom < Number.POSITIVE_INFINITY) {
      entry.received[replica] = now;
      log.appliedAt(replica, now, entry.before, entry.last);
      return;
    }
    link.waitingBytes += entry.bytes;
    if (link.waitingBytes <= model.settings.keepLog) return;
    const first = Math.max(journal.oldest, Math.min(link.from, entry.number));
    link.lostFrom = journal.entry(first).committedAt;
    for (let number = first; number < journal.next; number += 1)
      journal.entry(number).received[replica] = now;
    log.allApplied(replica, now);
    model.note(
      `no more of the log is kept for ${shard.nameOf(shard.followers[replica].node)}: it must be copied whole`,
    );
  }

  /** When the first write was committed that a replica lacks and that nobody keeps for it; Infinity where there is none. */
  lostFrom(replica: number): number {
    return this.links[replica].lostFrom;
  }

  private delayTo(replica: number, uniform: number): number {
    const { model, shard } = this;
    return model.network.delay(shard.primary.place, shard.followers[replica].node.place, uniform);
  }

  /** What was shipped last will be applied. @returns when */
  private apply(entry: Entry, replica: number): number {
    const { log, model, shard } = this;
    const follower = shard.followers[replica];
    const { slowness } = follower.node;
    const ticks = slowness === 1 ? entry.applyTicks : Math.round(entry.applyTicks * slowness);
    const applied = follower.apply.apply(ticks);
    entry.received[replica] = follower.apply.receivedAt;
    log.appliedAt(replica, applied, entry.before, entry.last);
    model.network.carry(shard.primary.place, follower.node.place, entry.bytes);
    shard.watch(follower, entry.committedAt, applied - entry.committedAt);
    return applied;
  }

  /** Its answer comes back after those to earlier writes. */
  private answer(entry: Entry, replica: number, applied: number, uniform: number): void {
    const link = this.links[replica];
    const answer = this.shard.answerOf(replica, entry.asks as ReplicaWait, applied, uniform);
    if (answer === Number.POSITIVE_INFINITY) return;
    link.lastAnswer = Math.max(link.lastAnswer, answer);
    entry.answers[replica] = link.lastAnswer;
  }

  /** A writer waits for replicas. @param deadline instant */
  awaitReplicas(entry: Entry, cursor: Cursor, deadline: number, waiting: Waiting): void {
    entry.cursor = cursor;
    cursor.attended = entry;
    entry.waiting = waiting;
    entry.deadline = deadline;
    entry.wait = cursor.awaitAt(waiting.answered);
    this.plan(entry);
  }

  private plan(entry: Entry): void {
    if (!entry.isAwaited) return;
    const { sorted } = this;
    sorted.set(entry.answers);
    const wanted = this.shard.answersWanted(entry.asks as ReplicaWait);
    const answered = wanted > sorted.length ? Number.POSITIVE_INFINITY : kthLeast(sorted, wanted);
    entry.isLate = answered > entry.deadline;
    entry.plan += 1;
    const until = Math.max(this.now, entry.isLate ? entry.deadline : answered);
    if (until < Number.POSITIVE_INFINITY)
      this.model.wiring.simulation.schedule(
        until,
        entry.cursor?.high ?? 0,
        entry.cursor?.low ?? 0,
        entry.cursor?.word ?? 0,
        entry,
        entry.plan,
      );
  }

  private goOn(entry: Entry): void {
    const { cursor, isLate, waiting } = entry;
    if (cursor === null || waiting === null || !entry.isAwaited) return;
    const { now } = this;
    this.model.metering.waitedForReplicas(now - entry.committedAt, isLate);
    cursor.spendUntil(this.model.segmentOfReplicaWait(), now);
    if (!isLate || waiting.isAcknowledgedLate) this.acknowledge(entry);
    entry.cursor = null;
    cursor.go(isLate ? waiting.late : waiting.answered);
  }

  /** The stream to a replica breaks: what is on its way never comes. */
  cut(replica: number): void {
    const { journal, log, now } = this;
    const link = this.links[replica];
    if (link.lostFrom < Number.POSITIVE_INFINITY) {
      // Nothing is kept for it, and nothing was on its way.
      link.close(journal.next);
      return;
    }
    const { apply } = this.shard.followers[replica];
    let first = link.isOpen ? journal.next : Math.min(link.from, journal.next);
    let applied = now;
    for (let number = journal.oldest; number < first; number += 1) {
      const entry = journal.entry(number);
      if (entry.received[replica] > now) {
        first = number;
        break;
      }
      applied = Math.max(applied, log.instantOf(replica, entry.last));
    }
    for (let number = first; number < journal.next; number += 1) {
      const entry = journal.entry(number);
      entry.received[replica] = Number.POSITIVE_INFINITY;
      log.appliedAt(replica, Number.POSITIVE_INFINITY, entry.before, entry.last);
    }
    apply.restart(now, Math.min(applied, apply.freeAt));
    link.close(first);
    for (let number = journal.oldest; number < journal.next; number += 1) {
      const entry = journal.entry(number);
      if (entry.answers[replica] <= now) continue;
      entry.answers[replica] = Number.POSITIVE_INFINITY;
      this.plan(entry);
    }
  }

  cutAll(): void {
    for (let replica = 0; replica < this.links.length; replica += 1) this.cut(replica);
  }

  /** The stream is there again from `from` (an instant) on, as far as ends and links are: what is missing follows. */
  open(replica: number, from = this.now): void {
    const link = this.links[replica];
    const { model, shard } = this;
    const { node, apply } = shard.followers[replica];
    if (link.isOpen || !node.alive || !shard.primary.alive || !shard.admits(node)) return;
    const start = Math.min(link.from, this.journal.next);
    const delay = this.delayTo(replica, 0.5);
    if (delay === Number.POSITIVE_INFINITY) {
      link.hang(start, 0.5);
      return;
    }
    if (link.lostFrom < Number.POSITIVE_INFINITY) {
      shard.mustBeCopied(node);
      return;
    }
    link.opened();
    if (start < this.journal.next) shard.catchesUp(node);
    let leaves = from;
    for (let number = start; number < this.journal.next; number += 1) {
      const entry = this.journal.entry(number);
      leaves += (entry.bytes / model.catchUp) * 1e9;
      apply.ship(Math.round(leaves) + delay, 0);
      const applied = this.apply(entry, replica);
      if (entry.asks === null || !entry.isAwaited) continue;
      this.answer(entry, replica, applied, 0.5);
      this.plan(entry);
    }
  }

  /** Whether a replica gets what is committed. */
  isOpen(replica: number): boolean {
    return this.links[replica].isOpen;
  }

  /** The last statement of which a replica has everything up to it. */
  receivedUpTo(replica: number): number {
    const { journal, now } = this;
    let number = journal.oldest;
    while (number < journal.next && journal.entry(number).received[replica] <= now) number += 1;
    return number - 1;
  }

  /** Whoever waits for replicas fails: its primary is none any more. */
  failWaiting(reason: Failure): void {
    const { journal } = this;
    for (let number = journal.oldest; number < journal.next; number += 1) {
      const entry = journal.entry(number);
      if (!entry.isAwaited) continue;
      const cursor = entry.cursor as Cursor;
      entry.cursor = null;
      cursor.fail(reason);
    }
  }

  /** How many answers they wait for has changed. */
  planAll(): void {
    const { journal } = this;
    for (let number = journal.oldest; number < journal.next; number += 1) this.plan(journal.entry(number));
  }

  /** A replica's disk is empty: it gets a whole copy, as of now. */
  startsFromCopy(replica: number): void {
    this.cut(replica);
    this.hasAll(replica);
  }

  /** A replica's node has everything that there is: it has written it itself. */
  hasAll(replica: number): void {
    const { journal, log, now } = this;
    for (let number = journal.oldest; number < journal.next; number += 1)
      journal.entry(number).received[replica] = now;
    log.allApplied(replica, now);
    this.links[replica].close(journal.next);
    this.links[replica].lostFrom = Number.POSITIVE_INFINITY;
    this.links[replica].waitingBytes = 0;
  }

  /** Rows that a replica has received. */
  rowsReceived(replica: number): number {
    const { journal, log } = this;
    const number = this.receivedUpTo(replica);
    if (number >= journal.oldest) return journal.entry(number).last;
    return journal.oldest < journal.next ? journal.entry(journal.oldest).before : log.newest;
  }

  /**
   * Takes over what came after the point where another history left this one's primary; the streams to those who follow it go on
   * from there.
   * @param replicas their numbers in the other history
   */
  inherit(entries: readonly Entry[], from: CommitLog, replicas: readonly number[]): void {
    const { journal, links, log, now } = this;
    const first = links.map(() => Number.POSITIVE_INFINITY);
    for (const old of entries) {
      const entry = journal.add(old.committedAt);
      Object.assign(entry, { asks: null, before: log.newest, applyTicks: old.applyTicks, bytes: old.bytes });
      for (let write = old.before + 1; write <= old.last; write += 1) from.copyTo(log, write);
      entry.last = log.newest;
      for (const [replica, theirs] of replicas.entries()) {
        const has = old.received[theirs] <= now;
        if (!has) first[replica] = Math.min(first[replica], entry.number);
        entry.received[replica] = has ? now : Number.POSITIVE_INFINITY;
        if (has) log.appliedAt(replica, now, entry.before, entry.last);
      }
    }
    for (const [replica, link] of links.entries()) {
      link.close(Math.min(first[replica], journal.next));
      this.open(replica);
    }
  }

  /** What came after a statement did not happen. @returns the statements that are gone */
  truncate(after: number): Entry[] {
    const { journal, log, now } = this;
    const gone = journal.truncate(after + 1);
    for (const link of this.links) link.from = link.isOpen ? link.from : Math.min(link.from, after + 1);
    for (const entry of gone)
      for (let replica = 0; replica < this.links.length; replica += 1)
        log.appliedAt(replica, now, entry.before, entry.last);
    return gone;
  }
}
