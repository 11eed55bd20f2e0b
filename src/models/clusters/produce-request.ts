import type { EventTarget } from '../../sim/event-queue.ts';
import type { Passage } from '../contracts/cluster.ts';
import type { HeldUp } from '../contracts/network.ts';
import type { Cursor } from '../cursor.ts';
import type { Batch } from './batch.ts';
import type { BrokerQueue } from './broker-queue.ts';
import type { ClusterInRegion } from './region.ts';

/** Which of a request's draws is which; the identity is its first record's. */
const drawOf = { there: 0, back: 1, append: 2 } as const;
/** Nanoseconds that a producer waits for an answer: Kafka's request.timeout.ms. */
const requestTimeout = 30e9;
const never = Number.POSITIVE_INFINITY;
/** Nothing but a link that was cut keeps a request on its way for so long. */
const heldFor = 10e9;

/**
 * Batches of one producer for one broker, from the producer's memory to the answer. Pooled.
 *
 * The broker takes or refuses each batch for itself; what is refused the producer sends again. A request whose broker
 * dies is cut off: the producer notices that the connection is gone, and takes all of it for refused. One that gets
 * nowhere, or whose answer does not, its producer waits for as long as its request timeout lets it.
 */
export class ProduceRequest implements EventTarget, HeldUp, Passage {
  readonly batches: Batch[] = [];
  /** When it reaches its broker. */
  arrivedAt = 0;
  private queue!: BrokerQueue;
  private high = 0;
  private low = 0;
  private sentAt = 0;
  private startedAt = 0;
  private appendedAt = 0;
  private replicatedAt = 0;
  /** When its answer leaves the broker, as far as that is known. */
  private leavesAt = never;
  private answeredAt = 0;
  /** Batches that some in-sync replica has not fetched. */
  private open = 0;
  private isAtBroker = false;
  private isLimited = false;
  /** Whether it is held up on its way to the broker. */
  private isStuck = false;
  /** Whether the batch that is being acknowledged had been sent before. */
  private isRetry = false;
  /** What its next event carries: an event of a former plan or life carries another number. */
  private token = 0;
  private life = 0;

  constructor(private readonly cluster: ClusterInRegion) {}

  /** Will leave at an instant with this batch as its first, not to overtake what goes before it on the same connection. */
  plan(queue: BrokerQueue, { records: [first] }: Batch, leavesAt: number, notBefore: number): void {
    const { cluster } = this;
    this.queue = queue;
    this.leavesAt = never;
    this.isLimited = false;
    this.high = first.high;
    this.low = first.low;
    this.isAtBroker = false;
    this.token = (this.token + 1) | 0;
    const way = cluster.wayFrom(queue.producer.place, first.high, first.low, drawOf.there);
    this.isStuck = way === never;
    if (this.isStuck) {
      this.arrivedAt = Math.max(leavesAt, notBefore);
      const uniform = cluster.draw(first.high, first.low, drawOf.there);
      cluster.hold(this, this.token, queue.producer.place, false, uniform);
      cluster.agenda.at(leavesAt + requestTimeout, this, this.token);
      return;
    }
    this.arrivedAt = Math.max(leavesAt + way, notBefore);
    cluster.agenda.at(this.arrivedAt, this, this.token);
  }

  /** Another one goes in its place. */
  withdraw(): void {
    this.token = (this.token + 1) | 0;
    this.cluster.giveRequest(this);
  }

  /** It has its batches and leaves. */
  leave(instant: number): void {
    const { batches, cluster } = this;
    let bytes = 0;
    for (let at = 0; at < batches.length; at += 1) {
      const batch = batches[at];
      batch.request = this;
      bytes += batch.bytes;
      if (!batch.isRetried) batch.partition.observer.batchLeft(batch.records, instant);
    }
    this.sentAt = instant;
    if (this.isStuck && this.givesUpAt < instant + requestTimeout)
      cluster.agenda.at(Math.max(cluster.simulation.now, this.givesUpAt), this, this.token);
    cluster.carryFrom(this.queue.producer.place, bytes);
  }

  fire(token: number): void {
    if (token !== this.token) return;
    if (this.isStuck) this.abandon();
    else if (this.isAtBroker) this.answer();
    else this.arrive();
  }

  awaits(wait: number): boolean {
    return wait === this.token;
  }

  comesThrough(instant: number): void {
    const { agenda } = this.cluster;
    this.token = (this.token + 1) | 0;
    if (this.isStuck) {
      this.isStuck = false;
      this.arrivedAt = Math.max(instant, this.arrivedAt);
      agenda.at(this.arrivedAt, this, this.token);
    } else {
      this.answeredAt = instant;
      agenda.at(instant, this, this.token);
    }
  }

  /** Its producer has given it up long before TCP would. */
  givenUp(): void {}

  /** When its producer stops waiting for it. */
  private get givesUpAt(): number {
    const { batches, queue, sentAt } = this;
    let oldest = never;
    for (const { openedAt } of batches) oldest = Math.min(oldest, openedAt);
    return Math.min(sentAt + requestTimeout, oldest + queue.producer.deliveryTimeout);
  }

  /** Nobody has heard of it for as long as its producer waits. */
  private abandon(): void {
    const { cluster, queue } = this;
    const { now } = cluster.simulation;
    queue.settle(now);
    this.token = (this.token + 1) | 0;
    this.isStuck = false;
    this.leavesAt = now;
    for (const batch of this.batches) {
      batch.isRefused = true;
      batch.isKept = true;
    }
    if (queue.producer.settings.acks === 0) this.end();
    else {
      queue.disconnect();
      this.answer();
    }
  }

  private arrive(): void {
    const { cluster, queue } = this;
    const { now } = cluster.simulation;
    const { acks } = queue.producer.settings;
    queue.settle(now);
    this.isAtBroker = true;
    this.open = this.batches.length;
    if (cluster.failures.isTroubled) this.screen();
    if (queue.broker.isAlive) this.append(now);
    else this.answerAfter(now);
    if (acks === 0) this.end();
    else if (cluster.simulation.now > this.sentAt + heldFor) this.limit();
  }

  private append(now: number): void {
    const { batches, cluster, queue } = this;
    const { acks } = queue.producer.settings;
    let bytes = 0;
    for (let at = 0; at < batches.length; at += 1) if (!batches[at].isRefused) bytes += batches[at].bytes;
    const work = cluster.appendTicks(queue.broker, bytes, this.high, this.low, drawOf.append);
    const appendedAt = queue.broker.line.serve(now, work);
    this.appendedAt = appendedAt;
    this.startedAt = appendedAt - work;
    this.replicatedAt = appendedAt;
    cluster.received(bytes);
    if (acks === 1 || (acks === 'all' && this.open === 0)) this.answerAfter(appendedAt);
    if (cluster.failures.isSlowed || appendedAt > this.sentAt + requestTimeout) this.limit();
    for (let at = 0; at < batches.length; at += 1) {
      const batch = batches[at];
      if (batch.isRefused) continue;
      batch.isKept = acks !== 0;
      if (batch.isInLog) this.appendAgain(batch, appendedAt);
      else batch.partition.append(batch, appendedAt);
    }
  }

  /** The log has it already: the broker knows that if the producer is idempotent. */
  private appendAgain(batch: Batch, appendedAt: number): void {
    if (batch.producer.isIdempotent) batch.partition.attach(batch);
    else batch.partition.append(this.cluster.copyOf(batch), appendedAt);
  }

  /** Refuses what the broker cannot take. */
  private screen(): void {
    for (const batch of this.batches) {
      if (!this.queue.takes(batch)) this.refuse(batch);
    }
  }

  private refuse(batch: Batch): void {
    batch.isRefused = true;
    batch.isKept = true;
    this.open -= 1;
  }

  /** All in-sync replicas have one more of its batches from an instant on. */
  replicated(instant: number): void {
    if (!this.isAtBroker || this.queue.producer.settings.acks !== 'all') return;
    this.open -= 1;
    if (instant > this.replicatedAt) this.replicatedAt = instant;
    if (this.open === 0) this.answerAfter(this.replicatedAt);
  }

  /** What `replicated` said of one batch does not hold any more. */
  reopened(): void {
    if (!this.isAtBroker || this.queue.producer.settings.acks !== 'all') return;
    this.open += 1;
    this.replicatedAt = this.appendedAt;
    if (this.leavesAt === never) return;
    this.leavesAt = never;
    this.token = (this.token + 1) | 0;
  }

  /** Whether the answer is on its way. */
  get hasLeft(): boolean {
    return this.leavesAt <= this.cluster.simulation.now;
  }

  /** The broker has died: the producer sees its connection go. */
  cutOff(now: number): void {
    if (!this.isAtBroker || this.leavesAt <= now) return;
    this.token = (this.token + 1) | 0;
    for (const batch of this.batches) if (!batch.isRefused) this.refuse(batch);
    this.answerAfter(now);
  }

  /** The broker does not lead a batch's partition any more and will not wait for its followers. */
  turnAway(batch: Batch, now: number): void {
    if (!this.isAtBroker || this.leavesAt <= now || batch.isRefused) return;
    this.refuse(batch);
    if (this.open === 0 && this.leavesAt === never) this.answerAfter(now);
  }

  /** Its producer will not wait for ever: only where it is known that the answer may take long. */
  limit(): void {
    if (this.isLimited) return;
    const { life } = this;
    const { agenda, simulation } = this.cluster;
    this.isLimited = true;
    const expire = { fire: () => this.expire(life) };
    agenda.at(Math.max(simulation.now, this.sentAt + requestTimeout), expire);
  }

  private expire(life: number): void {
    const { now } = this.cluster.simulation;
    if (life !== this.life || this.leavesAt <= now) return;
    this.token = (this.token + 1) | 0;
    for (const batch of this.batches) if (!batch.isRefused) this.refuse(batch);
    this.leavesAt = now;
    this.answer();
  }

  private answerAfter(instant: number): void {
    if (this.queue.producer.settings.acks === 0) return;
    const { place } = this.queue.producer;
    this.leavesAt = instant;
    this.replicatedAt = instant;
    const { broker } = this.queue;
    const way = broker.isSilent ? never : this.cluster.wayTo(place, this.high, this.low, drawOf.back);
    if (way === never) {
      this.awaitAnswer(!broker.isSilent);
      return;
    }
    this.answeredAt = instant + way;
    this.cluster.agenda.at(this.answeredAt, this, this.token);
  }

  /** The answer gets nowhere, or nobody is there who could send one: the producer waits for as long as it does. */
  private awaitAnswer(isSent: boolean): void {
    const { cluster, life, queue } = this;
    this.token = (this.token + 1) | 0;
    const { token } = this;
    if (isSent) {
      const uniform = cluster.draw(this.high, this.low, drawOf.back);
      cluster.hold(this, token, queue.producer.place, true, uniform);
    }
    cluster.agenda.at(Math.max(cluster.simulation.now, this.givesUpAt), {
      fire: () => {
        if (life !== this.life || token !== this.token) return;
        this.token = (this.token + 1) | 0;
        for (const batch of this.batches) if (!batch.isRefused) this.refuse(batch);
        this.queue.disconnect();
        this.answer();
      },
    });
  }

  private answer(): void {
    const { batches, queue } = this;
    for (let at = 0; at < batches.length; at += 1) {
      const batch = batches[at];
      batch.request = null;
      if (batch.isRefused) {
        queue.producer.again(batch);
      } else {
        const { records } = batch;
        batch.isAcknowledged = true;
        this.isRetry = batch.isRetried;
        for (let index = 0; index < records.length; index += 1) records[index].acknowledged(this);
        this.cluster.forgetKept(batch);
      }
    }
    this.end();
    queue.answered();
  }

  /** Nothing more is expected of it. */
  private end(): void {
    const { batches } = this;
    const isUnanswered = this.queue.producer.settings.acks === 0;
    for (let batch = batches.pop(); batch !== undefined; batch = batches.pop()) {
      if (isUnanswered) batch.request = null;
      if (isUnanswered && batch.isRefused) this.queue.producer.again(batch);
    }
    this.life = (this.life + 1) | 0;
    this.cluster.giveRequest(this);
  }

  credit(cursor: Cursor, batchSegment: number): void {
    const { segments } = this.cluster;
    const network = this.cluster.segmentTo(this.queue.producer.place);
    cursor.spendUntil(this.isRetry ? segments.retries : batchSegment, this.sentAt);
    cursor.spendUntil(network, this.arrivedAt);
    cursor.spendUntil(segments.waits, this.startedAt);
    cursor.spendUntil(segments.appends, this.appendedAt);
    cursor.spendUntil(segments.replicates, this.replicatedAt);
    cursor.spendUntil(network, this.answeredAt);
  }
}
