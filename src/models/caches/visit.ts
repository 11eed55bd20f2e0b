import { toTicks } from '../../sim/clock.ts';
import type { Distribution } from '../../sim/distributions/index.ts';
import type { KeyedDraws } from '../../sim/random/keyedDraws.ts';
import type { Network } from '../contracts/network.ts';
import type { Cursor } from '../cursor.ts';
import type { Step } from '../step.ts';
import type { CacheModel } from './model.ts';
import type { CacheNode, CacheRegion } from './region.ts';

/** Draws of one visit, by index. */
const drawOf = { there: 0, back: 1, work: 2 } as const;
/** Draws that one visit takes. */
export const drawsAVisit = 3;

/**
 * One exchange with a node: the way there, its turn for a thread and its work, the way back. Takes two events: the
 * arrival, since a Line must be asked in order of time, and the answer.
 */
export class Visit {
  private readonly network: Network;
  private readonly constantTicks: number;

  /**
   * @param from index of its first draw
   * @param time that a thread takes
   * @param segment to which that time is credited
   */
  constructor(
    private readonly cache: CacheModel,
    private readonly draws: KeyedDraws,
    private readonly from: number,
    private readonly time: Distribution,
    private readonly segment: number,
  ) {
    this.network = cache.network;
    this.constantTicks = time.cv === 0 ? toTicks(time.mean) : -1;
  }

  /** Sends a cursor on its way to a region; at the node it goes on with `arrive`. */
  depart(cursor: Cursor, region: CacheRegion, bytes: number, arrive: Step): void {
    const { network } = this;
    const { place, now } = cursor;
    const delay = network.delay(place, region.place, this.draw(cursor, drawOf.there));
    if (place !== region.place) network.carry(place, region.place, bytes);
    if (delay === 0) {
      arrive.enter(cursor);
    } else {
      cursor.spendUntil(network.segment(place, region.place), now + delay);
      cursor.resumeAt(now + delay, arrive);
    }
  }

  /**
   * The node takes the cursor's request now.
   * @returns the instant at which the answer is back at the cursor's place; all time up to it is credited
   */
  answerAt(cursor: Cursor, region: CacheRegion, node: CacheNode, bytes: number): number {
    const { network } = this;
    const { place, now } = cursor;
    const work = this.constantTicks >= 0 ? this.constantTicks : this.drawWork(cursor);
    const departure = node.line.serve(now, work);
    if (departure - work > now) cursor.spendUntil(this.cache.segments.waitsForNode, departure - work);
    cursor.spendUntil(this.segment, departure);
    const delay = network.delay(region.place, place, this.draw(cursor, drawOf.back));
    if (delay > 0) cursor.spendUntil(network.segment(region.place, place), departure + delay);
    if (place !== region.place) network.carry(region.place, place, bytes);
    return departure + delay;
  }

  private drawWork(cursor: Cursor): number {
    return toTicks(this.time.quantile(this.draw(cursor, drawOf.work)));
  }

  private draw(cursor: Cursor, index: number): number {
    return this.draws.uniform(cursor.high, cursor.low, cursor.word | (this.from + index));
  }
}
