import type { LoadProfile } from './load-profile.ts';

/**
 * Instants of a Poisson process whose rate follows a profile, by inverting the cumulative rate: the next arrival is
 * where the integral of the rate has grown by an exponential variate. Unrounded seconds are accumulated, counted from
 * the start of the run (seconds of Unix time would leave no digits for nanoseconds).
 */
export class PoissonArrivals {
  private rate: number;
  private change: number;

  /**
   * @param profile of instants counted from the start of the run (`fromStart`)
   * @param instant seconds from the start of the run; may be negative
   */
  constructor(
    private readonly profile: LoadProfile,
    private instant: number,
  ) {
    this.rate = profile.rateAt(instant);
    this.change = profile.nextChange(instant);
  }

  /** The next arrival (seconds from the start of the run) for an exponential variate of mean 1. Infinity when none ever comes. */
  next(exponential: number): number {
    let left = exponential;
    for (let steps = 0; ; steps += 1) {
      const room = (this.change - this.instant) * this.rate;
      if (left < room || this.change === Number.POSITIVE_INFINITY) {
        this.instant += this.rate > 0 ? left / this.rate : Number.POSITIVE_INFINITY;
        return this.instant;
      }
      if (steps > 1_000_000) return Number.POSITIVE_INFINITY;
      left -= room;
      this.instant = this.change;
      this.rate = this.profile.rateAt(this.instant);
      this.change = this.profile.nextChange(this.instant);
    }
  }
}
