import type { EventTarget } from '../../sim/event-queue.ts';
import type { Claim, Fetched } from './claim.ts';
import type { Member } from './member.ts';

/** Kafka's fetch.max.bytes and max.partition.fetch.bytes. */
const maxBytes = 50 * 2 ** 20;
const maxPartitionBytes = 2 ** 20;
/** Kafka's fetch.max.wait.ms: how long a broker keeps a fetch for which it has nothing. */
const maxWait = 500e6;

/** Where a fetch is. */
type Stage = 'to be sent' | 'is stuck' | 'waits at the broker' | 'reaches the broker' | 'answer under way';

/**
 * The fetches of one member from one broker, for the partitions that it owns there; one at a time, as Kafka 4.0's
 * consumer does it.
 *
 * A fetch waits at the broker until something is readable (fetch.min.bytes 1), then brings all that is. The next one
 * leaves when nothing of this broker is buffered at the member any more: just before a poll returns the last of it, so
 * that it travels while the records are processed. A fetch asks for the partitions that the member owned when it was
 * sent. (An empty answer after fetch.max.wait.ms, and the next fetch at once, changes nothing but for the round trip in
 * between; it is left out, unless a partition waits for the next fetch.)
 */
export class MemberFetch implements EventTarget {
  /** Ranges of this broker's records that lie at the member. */
  buffered = 0;
  private stage: Stage = 'to be sent';
  /** When the fetch is, or will be, at the broker. */
  private thereAt = 0;
  /** Asked for by the fetch under way; and to be asked for by the next one. */
  private readonly claims: Claim[] = [];
  private readonly added: Claim[] = [];
  private readonly answer: Fetched[] = [];
  private token = 0;

  constructor(
    readonly member: Member,
    readonly broker: number,
  ) {}

  /** Whether the next fetch can leave. */
  get isDue(): boolean {
    return this.stage === 'to be sent' && this.buffered === 0 && !this.isEmpty;
  }

  /** Whether nothing is to be asked for. */
  get isEmpty(): boolean {
    return this.claims.length === 0 && this.added.length === 0;
  }

  /** The next fetch asks for this, too. */
  add(claim: Claim): void {
    claim.fetch = this;
    this.added.push(claim);
    if (this.stage === 'waits at the broker') this.awaitNextFetch();
  }

  /** The member does not own it any more, or another broker leads it. */
  drop(claim: Claim): void {
    claim.fetch = null;
    remove(this.claims, claim);
    remove(this.added, claim);
  }

  /** Asks for more. @param way nanoseconds to the broker; none: it is there already */
  send(now: number, way: number): void {
    if (this.added.length > 0) this.claimAdded();
    if (way === Number.POSITIVE_INFINITY) {
      this.stick('is stuck', (instant) => {
        this.stage = 'waits at the broker';
        this.thereAt = instant;
        if (this.claims.some(({ hasMore }) => hasMore)) this.offer(this.member.group.simulation.now);
      });
      return;
    }
    this.stage = 'waits at the broker';
    this.thereAt = now + way;
    for (let at = 0; at < this.claims.length; at += 1) {
      if (!this.claims[at].hasMore) continue;
      this.offer(now);
      return;
    }
  }

  private claimAdded(): void {
    for (const claim of this.added) this.claims.push(claim);
    this.added.length = 0;
  }

  /** Something of a partition is readable. */
  offer(now: number): void {
    if (this.stage !== 'waits at the broker') return;
    if (now >= this.thereAt) {
      this.respond(now);
    } else {
      this.stage = 'reaches the broker';
      this.schedule(this.thereAt);
    }
  }

  fire(token: number): void {
    if (token !== this.token) return;
    const { now } = this.member.group.simulation;
    if (this.stage === 'answer under way') this.arrive();
    else this.respond(now);
  }

  /** The broker is dead: a fetch that waits there fails, and nothing is asked of it. */
  disconnect(): void {
    if (this.stage === 'to be sent' || this.stage === 'answer under way') return;
    this.token += 1;
    this.stage = 'to be sent';
  }

  /** The member is gone: what is under way finds nobody. */
  close(): void {
    this.token += 1;
    this.stage = 'to be sent';
    this.claims.length = 0;
    this.added.length = 0;
  }

  /** The fetch, or its answer, gets nowhere for now. */
  private stick(stage: Stage, arrived: (instant: number) => void): void {
    const { group, place } = this.member;
    this.stage = stage;
    this.token += 1;
    const { token } = this;
    group.ways.stuck(place, stage === 'answer under way', (instant) => {
      if (token === this.token) arrived(instant);
    });
  }

  private schedule(at: number): void {
    this.token += 1;
    this.member.group.agenda.at(at, this, this.token);
  }

  /** The fetch that waits is answered when its time is over: fetches have come back empty since the first got there. */
  private awaitNextFetch(): void {
    const { group, place } = this.member;
    const { now } = group.simulation;
    const { thereAt } = this;
    const period = maxWait + 2 * group.ways.usual(place);
    const waited = now > thereAt ? (now - thereAt) % period : now - thereAt;
    this.schedule(Math.max(now, now + maxWait - waited));
  }

  private respond(now: number): void {
    const { claims, member } = this;
    const { recordSize } = member.group;
    const most = Math.max(1, Math.floor(maxPartitionBytes / recordSize));
    let records = 0;
    for (let at = 0; at < claims.length; at += 1) {
      const claim = claims[at];
      if (!claim.hasMore || records * recordSize >= maxBytes) continue;
      records += this.collect(claim, Math.min(claim.partition.log.end, claim.next + most));
    }
    this.stage = 'answer under way';
    const { group, place } = member;
    const way = group.ways.ofAnswer(place, this.answer, records, this.broker);
    if (way < Number.POSITIVE_INFINITY) this.schedule(now + way);
    else this.stick('answer under way', (instant) => this.schedule(instant));
  }

  /** Puts what there is of a partition up to an offset into the answer; what has been lost from its log is passed over. */
  private collect(claim: Claim, to: number): number {
    const { log } = claim.partition;
    let from = claim.next;
    let gone = 0;
    for (let offset = from; offset < to; offset += 1) {
      if (!log.at(offset).isGone) continue;
      gone += 1;
      this.put(claim, from, offset);
      from = offset + 1;
    }
    this.put(claim, from, to);
    const records = to - claim.next - gone;
    claim.next = to;
    return records;
  }

  private put(claim: Claim, from: number, to: number): void {
    if (to > from) this.answer.push({ claim, fetch: this, from, to, kept: null, isSole: false });
  }

  private arrive(): void {
    const { answer, member } = this;
    this.stage = 'to be sent';
    for (let at = 0; at < answer.length; at += 1) {
      if (!answer[at].claim.isHeld) continue;
      this.buffered += 1;
      member.holdings.keep(answer[at]);
    }
    // Emptied before work begins: work may ask for more at once.
    while (answer.length > 0) answer.pop();
    member.proceed();
  }
}

function remove(list: Claim[], claim: Claim): void {
  const at = list.indexOf(claim);
  if (at >= 0) list.splice(at, 1);
}
