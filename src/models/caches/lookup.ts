import type { KeyedDraws } from '../../sim/random/keyedDraws.ts';
import type { Cursor } from '../cursor.ts';
import { Step } from '../step.ts';
import type { CacheKey } from './cache-key.ts';
import { messageSize } from './defaults.ts';
import { Landed } from './flights.ts';
import type { CacheModel } from './model.ts';
import { drawsAVisit, Visit } from './visit.ts';

/** What the steps of one `get` share. */
export interface LookupSite {
  readonly cache: CacheModel;
  readonly key: CacheKey;
  readonly draws: KeyedDraws;
  /** Where an operation goes on that found its entry in another region. */
  readonly found: Step;
  /** Where it goes on when nobody has the entry. */
  readonly nowhere: Step;
}

/** The exchange with the region at a position of the caller's order. */
export const visitAt = ({ cache, draws }: LookupSite, position: number): Visit =>
  new Visit(cache, draws, position * drawsAVisit, cache.getTime, cache.segments.looksUp);

/** Goes to another region, at a position of the caller's order: 0 is its own, or the nearest that has the cache. */
export class Ask extends Step {
  constructor(
    private readonly cache: CacheModel,
    private readonly position: number,
    private readonly visit: Visit,
    atNode: Step,
  ) {
    super(atNode);
  }

  enter(cursor: Cursor): void {
    const region = this.cache.orderFrom(cursor.place)[this.position];
    this.visit.depart(cursor, region, messageSize, this.next);
  }
}

/** The beginning of a lookup: notes when it began, for its latency, and goes to the caller's own region. */
export class Begin extends Step {
  constructor(
    private readonly site: LookupSite,
    private readonly visit: Visit,
    atNode: Step,
  ) {
    super(atNode);
  }

  enter(cursor: Cursor): void {
    const { cache, key } = this.site;
    cursor.scratch = cursor.now;
    if (Number.isNaN(key.numberOf(cursor.operation.keys))) cursor.fail('no-key');
    else this.visit.depart(cursor, cache.orderFrom(cursor.place)[0], messageSize, this.next);
  }
}

/** At a node of the caller's own region. */
export class AtLocalNode extends Step {
  private readonly landed: Step;

  /**
   * @param next after a hit, or after somebody else's load
   * @param missed asks the other regions; absent where there are none to ask
   */
  constructor(
    next: Step,
    private readonly site: LookupSite,
    private readonly visit: Visit,
    private readonly missed: Step | undefined,
  ) {
    super(next);
    this.landed = new Landed(next, site.cache.segments.waitsForLoad);
  }

  enter(cursor: Cursor): void {
    const { cache, key } = this.site;
    const { now } = cursor;
    const region = cache.orderFrom(cursor.place)[0];
    const number = key.numberOf(cursor.operation.keys);
    const node = region.nodeOf(key, number);
    if (this.visit.isUnheard(cursor, region, node, this)) return;
    const isHit = region.has(node, number, now);
    const answerAt = this.visit.answerAt(cursor, region, node, isHit ? cache.entrySize : messageSize);
    const ticks = answerAt - cursor.scratch;
    if (isHit) {
      cache.answered(region, 'local', now, ticks);
      this.visit.answered(cursor, region, answerAt, this.next);
      return;
    }
    if (cache.config.singleFlight) {
      const flight = region.flights.find(number);
      if (flight !== undefined) {
        cache.answered(region, 'joined', now, ticks);
        if (answerAt < Number.POSITIVE_INFINITY) flight.join(cursor, answerAt, this.landed);
        else this.visit.answered(cursor, region, answerAt, this.landed);
        return;
      }
      cursor.push(region.flights.open(number), this.next, cursor.place, cursor.host);
    }
    if (this.missed === undefined) cache.answered(region, 'nowhere', now, ticks);
    this.visit.answered(cursor, region, answerAt, this.missed ?? this.site.nowhere);
  }
}

/** At a node of another region, whose turn came after all before it had missed. */
export class AtRemoteNode extends Step {
  /** @param otherwise asks the next region; absent for the last one */
  constructor(
    private readonly site: LookupSite,
    private readonly position: number,
    private readonly visit: Visit,
    private readonly otherwise: Step | undefined,
  ) {
    super(site.found);
  }

  enter(cursor: Cursor): void {
    const { cache, key, nowhere } = this.site;
    const { now } = cursor;
    const order = cache.orderFrom(cursor.place);
    const region = order[this.position];
    const number = key.numberOf(cursor.operation.keys);
    const node = region.nodeOf(key, number);
    if (this.visit.isUnheard(cursor, region, node, this)) return;
    const isHit = region.has(node, number, now);
    const answerAt = this.visit.answerAt(cursor, region, node, isHit ? cache.entrySize : messageSize);
    if (isHit) cache.answered(order[0], 'remote', now, answerAt - cursor.scratch);
    else if (this.otherwise === undefined)
      cache.answered(order[0], 'nowhere', now, answerAt - cursor.scratch);
    this.visit.answered(cursor, region, answerAt, isHit ? this.next : (this.otherwise ?? nowhere));
  }
}
