import { toTicks } from '../../sim/clock.ts';
import type { Distribution } from '../../sim/distributions/index.ts';
import type { KeyedDraws } from '../../sim/random/keyedDraws.ts';
import type { Cursor } from '../cursor.ts';

/** A time that each request draws for itself, in ticks; one that never varies costs no draw. */
export class ServiceTime {
  private readonly always: number;

  /**
   * @param distribution in seconds
   * @param index which of the step's draws it is
   */
  constructor(
    private readonly distribution: Distribution,
    private readonly index: number,
  ) {
    this.always = distribution.cv === 0 ? toTicks(distribution.mean) : -1;
  }

  ticks(draws: KeyedDraws, cursor: Cursor, index = this.index): number {
    if (this.always >= 0) return this.always;
    return toTicks(this.distribution.quantile(draws.uniform(cursor.high, cursor.low, cursor.word | index)));
  }
}
