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
    const { place } = cursor;
    if (place !== region.place) network.carry(place, region.place, bytes);
    cursor.reach(region.place, this.draw(cursor, drawOf.there), arrive);
  }

  /** @returns whether the node is dead without a word: then the cursor waits until something answers there again */
  isUnheard(cursor: Cursor, region: CacheRegion, { silence }: CacheNode, arrive: Step): boolean {
    if (silence === null) return false;
    cursor.hangInSilence(silence, cursor.place, region.place, this.draw(cursor, drawOf.there), arrive);
    return true;
  }

  /**
   * The node takes the cursor's request now; or its machine refuses the connection, where no node runs.
   * @returns the instant at which the answer is back at the cursor's place; all time up to it is credited. Infinity where
   * nothing passes (`answered` is ready for that)
   */
  answerAt(cursor: Cursor, region: CacheRegion, node: CacheNode, bytes: number): number {
    const { network } = this;
    const { place, now } = cursor;
    const departure = node.isDown ? now : this.serve(cursor, node);
    if (place !== region.place) network.carry(region.place, place, bytes);
    const delay = network.delay(region.place, place, this.draw(cursor, drawOf.back));
    if (delay > 0 && delay < Number.POSITIVE_INFINITY)
      cursor.spendUntil(network.segment(region.place, place), departure + delay);
    return departure + delay;
  }

  private serve(cursor: Cursor, { line }: CacheNode): number {
    const { now } = cursor;
    const work = this.constantTicks >= 0 ? this.constantTicks : this.drawWork(cursor);
    const departure = line.serve(now, work);
    if (departure - work > now) cursor.spendUntil(this.cache.segments.waitsForNode, departure - work);
    cursor.spendUntil(this.segment, departure);
    return departure;
  }

  /** Goes on once the answer is there: at the instant that `answerAt` gave, or when the link is whole again. */
  answered(cursor: Cursor, region: CacheRegion, answerAt: number, next: Step): void {
    if (answerAt < Number.POSITIVE_INFINITY) cursor.resumeAt(answerAt, next);
    else cursor.hang(region.place, cursor.place, this.draw(cursor, drawOf.back), next, false);
  }

  private drawWork(cursor: Cursor): number {
    return toTicks(this.time.quantile(this.draw(cursor, drawOf.work)));
  }

  private draw(cursor: Cursor, index: number): number {
    return this.draws.uniform(cursor.high, cursor.low, cursor.word | (this.from + index));
  }
}
