import type { KeyedDraws } from '../../sim/random/keyedDraws.ts';
import type { Cursor } from '../cursor.ts';
import { Step } from '../step.ts';
import type { CacheKey } from './cache-key.ts';
import { messageSize } from './defaults.ts';
import { Landed } from './flights.ts';
import type { CacheModel } from './model.ts';
import type { CacheNode, CacheRegion } from './region.ts';
import { AtNode, Visit } from './visit.ts';

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
export const visitAt = ({ cache, key, draws }: LookupSite, position: number): Visit =>
  new Visit(cache, key, draws, position, cache.getTime, cache.segments.looksUp);

/** Goes to another region, at a position of the caller's order: 0 is its own, or the nearest that has the cache. */
export class Ask extends Step {
  constructor(
    private readonly visit: Visit,
    atNode: AtNode,
  ) {
    super(atNode);
    visit.goesTo(atNode);
  }

  enter(cursor: Cursor): void {
    this.visit.depart(cursor, messageSize);
  }
}

/** The beginning of a lookup: notes when it began, for its latency, and goes to the caller's own region. */
export class Begin extends Step {
  constructor(
    private readonly site: LookupSite,
    private readonly visit: Visit,
    atNode: AtNode,
  ) {
    super(atNode);
    visit.goesTo(atNode);
  }

  enter(cursor: Cursor): void {
    cursor.scratch = cursor.now;
    if (Number.isNaN(this.site.key.numberOf(cursor.operation.keys))) cursor.fail('no-key');
    else this.visit.depart(cursor, messageSize);
  }
}

/** At a node that looks an entry up. */
export abstract class LooksUp extends AtNode {
  private readonly foundLate = { enter: (cursor: Cursor) => this.heard(cursor, true, cursor.now) } as Step;
  private readonly missedLate = { enter: (cursor: Cursor) => this.heard(cursor, false, cursor.now) } as Step;

  constructor(
    next: Step,
    protected readonly site: LookupSite,
    private readonly visit: Visit,
  ) {
    super(next);
  }

  enter(cursor: Cursor): void {
    const { visit } = this;
    const { cache, key } = this.site;
    const region = visit.regionFor(cursor);
    const number = key.numberOf(cursor.operation.keys);
    const node = region.nodeOf(key, number);
    if (visit.isUnheard(cursor, region, node)) return;
    const isHit = region.has(node, number, cursor.now);
    const answerAt = visit.answerAt(cursor, region, node, isHit ? cache.entrySize : messageSize);
    if (isHit) this.found(cursor, node, number, answerAt <= cursor.answerBy);
    if (answerAt <= cursor.answerBy) this.heard(cursor, isHit, answerAt);
    else visit.late(cursor, answerAt, isHit ? this.foundLate : this.missedLate);
  }

  /** The cursor has a value in its hands, from now or from before the writes that it lacks. */
  private found(cursor: Cursor, { stale }: CacheNode, number: number, isHeard: boolean): void {
    cursor.readAt = cursor.now;
    const lacked = stale.size === 0 ? undefined : stale.get(number);
    if (lacked === undefined) return;
    cursor.readAt = lacked.committedAt - 1;
    if (isHeard) this.site.cache.readStale(cursor.place, lacked);
  }

  unanswered(cursor: Cursor): void {
    this.heard(cursor, false, cursor.now);
  }

  /** The answer is known, and will be with the caller at an instant from now on. */
  protected abstract heard(cursor: Cursor, isHit: boolean, answerAt: number): void;

  /** The caller's own region, or the nearest that has the cache. */
  protected home(cursor: Cursor): CacheRegion {
    return this.site.cache.orderFrom(cursor.place)[0];
  }
}

/** At a node of the caller's own region. */
export class AtLocalNode extends LooksUp {
  private readonly landed: Step;

  /**
   * @param next after a hit, or after somebody else's load
   * @param missed asks the other regions; absent where there are none to ask
   */
  constructor(
    next: Step,
    site: LookupSite,
    visit: Visit,
    private readonly missed: Step | undefined,
  ) {
    super(next, site, visit);
    this.landed = new Landed(next, site.cache.segments.waitsForLoad);
  }

  protected heard(cursor: Cursor, isHit: boolean, answerAt: number): void {
    const { cache, key } = this.site;
    const { now } = cursor;
    const region = this.home(cursor);
    const ticks = answerAt - cursor.scratch;
    if (isHit) {
      cache.answered(region, 'local', now, ticks);
      cursor.resumeAt(answerAt, this.next);
      return;
    }
    if (cache.config.singleFlight) {
      const number = key.numberOf(cursor.operation.keys);
      const flight = region.flights.find(number);
      if (flight !== undefined) {
        cache.answered(region, 'joined', now, ticks);
        flight.join(cursor, answerAt, this.landed);
        return;
      }
      cursor.push(region.flights.open(number), this.next, cursor.place, cursor.host);
    }
    if (this.missed === undefined) cache.answered(region, 'nowhere', now, ticks);
    cursor.resumeAt(answerAt, this.missed ?? this.site.nowhere);
  }
}

/** At a node of another region, whose turn came after all before it had missed. */
export class AtRemoteNode extends LooksUp {
  /** @param otherwise asks the next region; absent for the last one */
  constructor(
    site: LookupSite,
    visit: Visit,
    private readonly otherwise: Step | undefined,
  ) {
    super(site.found, site, visit);
  }

  protected heard(cursor: Cursor, isHit: boolean, answerAt: number): void {
    const { cache, nowhere } = this.site;
    const { now } = cursor;
    const ticks = answerAt - cursor.scratch;
    if (isHit) cache.answered(this.home(cursor), 'remote', now, ticks);
    else if (this.otherwise === undefined) cache.answered(this.home(cursor), 'nowhere', now, ticks);
    cursor.resumeAt(answerAt, isHit ? this.next : (this.otherwise ?? nowhere));
  }
}
