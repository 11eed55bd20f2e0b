import type { Modulation } from '../algorithms/arrivals/modulation.ts';
import type { LoadProfile } from './load-profile.ts';

/**
 * Instants of a Poisson process whose rate follows a profile, by inverting the cumulative rate: the next arrival is
 * where the integral of the rate has grown by an exponential variate. Unrounded seconds are accumulated, counted from
 * the start of the run (seconds of Unix time would leave no digits for nanoseconds).
 *
 * Stretches of constant rate that lie between the last arrival and the next are kept, so that the rate of all that is to
 * come can be changed while the next arrival is already awaited (`scale`).
 */
export class PoissonArrivals {
  /** The stretches that are known, in order: when each ends, and its rate. */
  private readonly ends: number[] = [];
  private readonly rates: number[] = [];
  /** Which of them `instant` is in. */
  private at = 0;
  private factor = 1;
  private profileRate: number;
  private profileChange: number;

  /**
   * @param profile of instants counted from the start of the run (`fromStart`)
   * @param instant seconds from the start of the run; may be negative
   * @param modulation bursts, from the same instant on
   */
  constructor(
    private readonly profile: LoadProfile,
    private instant: number,
    private readonly modulation?: Modulation,
  ) {
    this.profileRate = profile.rateAt(instant);
    this.profileChange = profile.nextChange(instant);
    this.learn();
  }

  /** The next arrival (seconds from the start of the run) for an exponential variate of mean 1. Infinity when none ever comes. */
  next(exponential: number): number {
    if (this.at > 0) this.forget();
    return this.advance(exponential / this.factor);
  }

  /**
   * From an instant on all rates are multiplied by `factor` (of what profile and bursts say).
   * @param now seconds, between the arrival before the last `next` and the one that it gave
   * @returns when the awaited arrival comes instead
   */
  scale(now: number, factor: number): number {
    const left = this.integral(now) * this.factor;
    this.factor = factor;
    if (this.instant === Number.POSITIVE_INFINITY) return this.instant;
    this.instant = Math.min(now, this.instant);
    this.at = 0;
    while (this.ends[this.at] <= now) this.at += 1;
    return this.advance(left / factor);
  }

  private advance(area: number): number {
    let left = area;
    for (let steps = 0; ; steps += 1) {
      const end = this.ends[this.at];
      const rate = this.rates[this.at];
      const room = (end - this.instant) * rate;
      if (left < room || end === Number.POSITIVE_INFINITY) {
        this.instant += rate > 0 ? left / rate : Number.POSITIVE_INFINITY;
        return this.instant;
      }
      left -= room;
      this.instant = steps < 1_000_000 ? end : Number.POSITIVE_INFINITY;
      if (this.instant === Number.POSITIVE_INFINITY) return this.instant;
      this.at += 1;
      if (this.at === this.ends.length) this.learn();
    }
  }

  /** Integral of the unscaled rate from `now` to the awaited arrival. */
  private integral(now: number): number {
    let area = 0;
    let from = now;
    for (let at = 0; from < this.instant && at <= this.at; at += 1) {
      const to = Math.min(this.ends[at], this.instant);
      if (to <= from) continue;
      area += (to - from) * this.rates[at];
      from = to;
    }
    return area;
  }

  /** Adds the stretch that begins where the last one ends. */
  private learn(): void {
    const { ends, rates, modulation } = this;
    const begin = ends.length === 0 ? this.instant : ends[ends.length - 1];
    if (this.profileChange <= begin) {
      this.profileRate = this.profile.rateAt(begin);
      this.profileChange = this.profile.nextChange(begin);
    }
    if (modulation === undefined) {
      ends.push(this.profileChange);
      rates.push(this.profileRate);
      return;
    }
    while (modulation.until <= begin) modulation.change();
    ends.push(Math.min(this.profileChange, modulation.until));
    rates.push(this.profileRate * modulation.factor);
  }

  /** Stretches before the arrival that has come. */
  private forget(): void {
    this.ends.splice(0, this.at);
    this.rates.splice(0, this.at);
    this.at = 0;
  }
}
