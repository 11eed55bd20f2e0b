import type { EventTarget } from '../../sim/event-queue.ts';
import type { Claim, Fetched } from './claim.ts';
import type { Member } from './member.ts';

/** Kafka's fetch.max.bytes and max.partition.fetch.bytes. */
const maxBytes = 50 * 2 ** 20;
const maxPartitionBytes = 2 ** 20;

/** Where a fetch is. */
type Stage = 'to be sent' | 'waits at the broker' | 'reaches the broker' | 'answer under way';

/**
 * The fetches of one member from one broker, for the partitions that it owns there; one at a time, as Kafka 4.0's
 * consumer does it.
 *
 * A fetch waits at the broker until something is readable (fetch.min.bytes 1), then brings all that is. The next one
 * leaves when nothing of this broker is buffered at the member any more: just before a poll returns the last of it, so
 * that it travels while the records are processed. (An empty answer after fetch.max.wait.ms, and the next fetch at once,
 * changes nothing but for the round trip in between; it is left out.)
 */
export class MemberFetch implements EventTarget {
  /** Ranges of this broker's records that lie at the member. */
  buffered = 0;
  private stage: Stage = 'waits at the broker';
  /** When the fetch is, or will be, at the broker. */
  private thereAt = 0;
  private readonly answer: Fetched[] = [];
  private isClosed = false;

  constructor(
    readonly member: Member,
    readonly broker: number,
    private readonly claims: readonly Claim[],
  ) {}

  /** Asks for more, if nothing of this broker is left here. The identity's draw says how long the way takes. */
  send(now: number, high: number, low: number): void {
    if (this.stage !== 'to be sent' || this.buffered > 0) return;
    this.stage = 'waits at the broker';
    this.thereAt = now + this.member.group.way(this.member.place, high, low, 2 * this.broker + 1);
    this.offer(now);
  }

  /** Something may be readable. */
  offer(now: number): void {
    if (this.stage !== 'waits at the broker' || !this.claims.some((claim) => claim.hasMore)) return;
    if (now >= this.thereAt) {
      this.respond(now);
    } else {
      this.stage = 'reaches the broker';
      this.member.group.agenda.at(this.thereAt, this);
    }
  }

  fire(): void {
    if (this.isClosed) return;
    const { now } = this.member.group.simulation;
    if (this.stage === 'reaches the broker') this.respond(now);
    else this.arrive();
  }

  /** The group is shared out anew: what is under way is dropped. */
  close(): void {
    this.isClosed = true;
  }

  private respond(now: number): void {
    const { answer, claims, member } = this;
    const { recordSize } = member.group;
    const most = Math.max(1, Math.floor(maxPartitionBytes / recordSize));
    let records = 0;
    for (const claim of claims) {
      if (!claim.hasMore || records * recordSize >= maxBytes) continue;
      const to = Math.min(claim.log.end, claim.next + most);
      answer.push({ claim, fetch: this, from: claim.next, to });
      records += to - claim.next;
      claim.next = to;
    }
    const first = answer[0].claim.log.at(answer[0].from);
    const way = member.group.wayBack(member.place, records, first.high, first.low, 2 * this.broker);
    this.stage = 'answer under way';
    member.group.agenda.at(now + way, this);
  }

  private arrive(): void {
    const { answer } = this;
    this.stage = 'to be sent';
    this.buffered = answer.length;
    this.member.keep(answer);
    // Emptied before work begins: work may ask for more at once.
    while (answer.length > 0) answer.pop();
    this.member.proceed();
  }
}
