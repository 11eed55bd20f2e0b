import { toTicks } from '../../sim/clock.ts';
import type { Distribution } from '../../sim/distributions/index.ts';
import type { KeyedDraws } from '../../sim/random/keyedDraws.ts';
import type { Network, Silence } from '../contracts/network.ts';
import type { Cursor } from '../cursor.ts';
import { Step } from '../step.ts';
import type { CacheKey } from './cache-key.ts';
import type { CacheModel } from './model.ts';
import type { CacheNode, CacheRegion } from './region.ts';

/** Draws of one visit, by index. */
const drawOf = { there: 0, back: 1, work: 2 } as const;
/** Draws that one visit takes. */
export const drawsAVisit = 3;

/** What is done at a node, and what where none answers. */
export abstract class AtNode extends Step {
  /** The client has given up, or a circuit breaker does not let it ask. */
  abstract unanswered(cursor: Cursor): void;

  /** What is sent will be there at this instant, when its client has long given up. */
  arrivesLate(_cursor: Cursor, _instant: number): void {}
}

/**
 * One exchange with a node: the way there, its turn for a thread and its work, the way back. Takes two events: the
 * arrival, since a Line must be asked in order of time, and the answer. Its client waits no longer than its timeout; since
 * a node's line and the way back tell at once when the answer comes, only who hangs needs an event for that.
 */
export class Visit {
  private readonly network: Network;
  private readonly constantTicks: number;
  private arrive!: AtNode;
  /** Where a cursor goes on whose client has given up: its connection is closed. */
  private readonly gaveUp = { enter: (cursor: Cursor) => this.giveUp(cursor) } as Step;

  /**
   * @param key names what is asked for
   * @param position of the region in the caller's order; its draws are numbered by it
   * @param time that a thread takes
   * @param segment to which that time is credited
   */
  constructor(
    private readonly cache: CacheModel,
    private readonly key: CacheKey,
    private readonly draws: KeyedDraws,
    private readonly position: number,
    private readonly time: Distribution,
    private readonly segment: number,
  ) {
    this.network = cache.network;
    this.constantTicks = time.cv === 0 ? toTicks(time.mean) : -1;
  }

  /** What is done at the node: said once, before the first visit. */
  goesTo(arrive: AtNode): void {
    this.arrive = arrive;
  }

  /** Where a cursor's visit goes. */
  regionFor(cursor: Cursor): CacheRegion {
    return this.cache.orderFrom(cursor.place)[this.position];
  }

  private nodeFor(cursor: Cursor, region: CacheRegion): CacheNode {
    return region.nodeOf(this.key, this.key.numberOf(cursor.operation.keys));
  }

  /** Sends a cursor on its way. */
  depart(cursor: Cursor, bytes: number): void {
    const { arrive, network } = this;
    const { clients } = this.cache;
    const { now, place } = cursor;
    const region = this.regionFor(cursor);
    if (clients.isWary && !clients.permits(cursor, region)) {
      this.cache.notPermitted(place);
      arrive.unanswered(cursor);
      return;
    }
    const handshake = clients.isWary ? this.handshake(cursor, region) : 0;
    if (handshake < 0) return;
    if (place !== region.place) network.carry(place, region.place, bytes);
    const uniform = this.draw(cursor, drawOf.there);
    const arrivesAt = now + handshake + network.delay(place, region.place, uniform);
    cursor.answerBy = now + handshake + clients.timeout;
    if (arrivesAt === Number.POSITIVE_INFINITY) {
      this.hang(cursor, place, region.place, uniform, false, null, arrive);
    } else if (arrivesAt > cursor.answerBy) {
      arrive.arrivesLate(cursor, arrivesAt);
      this.waitInVain(cursor);
    } else if (arrivesAt === now) {
      arrive.enter(cursor);
    } else {
      cursor.spendUntil(network.segment(place, region.place), arrivesAt);
      cursor.resumeAt(arrivesAt, arrive);
    }
  }

  /**
   * Opens a connection first, where the last one had to be closed.
   * @returns nanoseconds that it takes; −1 where it gets nowhere for now, and the cursor waits
   */
  private handshake(cursor: Cursor, region: CacheRegion): number {
    const { network } = this;
    const { clients } = this.cache;
    const { now, place } = cursor;
    const node = this.nodeFor(cursor, region);
    if (!clients.mustOpen(cursor, node)) return 0;
    cursor.answerBy = now + clients.connectTimeout;
    const uniform = this.draw(cursor, drawOf.there);
    const isCut = !network.passes(place, region.place) || !network.passes(region.place, place);
    if (node.silence !== null || isCut) {
      // What opens it is repeated; when it is answered the request follows.
      const [from, to] = network.passes(place, region.place) ? [region.place, place] : [place, region.place];
      this.hang(cursor, from, to, uniform, true, node.silence, this.arrive);
      return -1;
    }
    const roundTrip = network.nominalDelay(place, region.place) + network.nominalDelay(region.place, place);
    if (roundTrip <= clients.connectTimeout) return roundTrip;
    this.waitInVain(cursor);
    return -1;
  }

  private hang(
    cursor: Cursor,
    from: number,
    to: number,
    uniform: number,
    isOpening: boolean,
    silence: Silence | null,
    next: Step,
  ): void {
    const way = { from, to, uniform, isOpening };
    cursor.hangUntil(cursor.answerBy, way, silence, next, this.gaveUp, this.cache.segments.waitsInVain);
  }

  private giveUp(cursor: Cursor): void {
    const region = this.regionFor(cursor);
    this.ended(cursor, region, this.nodeFor(cursor, region), true);
    this.cache.timedOut(cursor.place);
    this.arrive.unanswered(cursor);
  }

  /** Waits until its client gives up. */
  private waitInVain(cursor: Cursor): void {
    if (cursor.answerBy > cursor.now) cursor.spendUntil(this.cache.segments.waitsInVain, cursor.answerBy);
    cursor.resumeAt(Math.max(cursor.answerBy, cursor.now), this.gaveUp);
  }

  /** @returns whether the node is dead without a word: then the cursor waits until something answers there again */
  isUnheard(cursor: Cursor, region: CacheRegion, { silence }: CacheNode): boolean {
    if (silence === null) return false;
    const uniform = this.draw(cursor, drawOf.there);
    this.hang(cursor, cursor.place, region.place, uniform, false, silence, this.arrive);
    return true;
  }

  /**
   * The node takes the cursor's request now; or its machine refuses the connection, where no node runs.
   * @returns the instant at which the answer is back at the cursor's place, all time up to it credited; beyond
   * `cursor.answerBy` nothing is, and `late` follows. Infinity where nothing passes
   */
  answerAt(cursor: Cursor, region: CacheRegion, node: CacheNode, bytes: number): number {
    const { network } = this;
    const { place, now } = cursor;
    const work = node.isDown ? 0 : this.workOf(cursor, node);
    const departure = node.isDown ? now : node.line.serve(now, work);
    if (place !== region.place) network.carry(region.place, place, bytes);
    const delay = network.delay(region.place, place, this.draw(cursor, drawOf.back));
    const answerAt = departure + delay;
    if (answerAt > cursor.answerBy) return answerAt;
    const { waitsForNode } = this.cache.segments;
    if (departure - work > now) cursor.spendUntil(waitsForNode, departure - work);
    if (work > 0) cursor.spendUntil(this.segment, departure);
    if (delay > 0) cursor.spendUntil(network.segment(region.place, place), answerAt);
    if (this.cache.clients.isWary) this.ended(cursor, region, node, false, answerAt);
    return answerAt;
  }

  private ended(
    cursor: Cursor,
    region: CacheRegion,
    node: CacheNode,
    isInVain: boolean,
    at = cursor.now,
  ): void {
    const { clients } = this.cache;
    clients.ended(cursor, region, node, isInVain, at - cursor.answerBy + clients.timeout);
  }

  /**
   * The answer does not come in time, or not before the link is whole.
   * @param answerAt as `answerAt` gave it
   * @param heard where it goes on if it comes in time after all
   */
  late(cursor: Cursor, answerAt: number, heard: Step): void {
    if (answerAt < Number.POSITIVE_INFINITY) {
      this.waitInVain(cursor);
      return;
    }
    const region = this.regionFor(cursor);
    const uniform = this.draw(cursor, drawOf.back);
    this.hang(cursor, region.place, cursor.place, uniform, false, null, heard);
  }

  private workOf(cursor: Cursor, { slowness }: CacheNode): number {
    const usual =
      this.constantTicks >= 0
        ? this.constantTicks
        : toTicks(this.time.quantile(this.draw(cursor, drawOf.work)));
    return slowness === 1 ? usual : Math.round(usual * slowness);
  }

  private draw(cursor: Cursor, index: number): number {
    const from = this.position * drawsAVisit;
    return this.draws.uniform(cursor.high, cursor.low, cursor.word | (from + index));
  }
}
