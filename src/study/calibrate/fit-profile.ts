import { zoneOffset } from '../../units/index.ts';
import type { Arrivals } from './dispersion-of-counts.ts';

const hour = 3600;

export interface ProfileFit {
  /** Factors of mean 1 by hour of the day (24) or of the week (168, Monday 00:00 first). */
  readonly hours: readonly number[];
  /** Mean rate over them, a second. */
  readonly rate: number;
}

/**
 * The rate by hour of the day, or of the week, where the arrivals show it.
 *
 * Rule: each hour's rate is its arrivals over the time watched. Among flat, 24 and 168 rates the one with the least
 * quasi-AIC, −2 ln L / φ + 2 k, with Poisson counts and φ their index of dispersion: bursts alone make no profile. A day
 * is offered from 24 hours on, a week from 168.
 *
 * @param arrivals at instants of Unix time
 * @param dispersion index of dispersion of the counts in the longest stretches that were measured
 */
export function fitProfile(arrivals: Arrivals, timezone: string, dispersion: number): ProfileFit | undefined {
  const { instants } = arrivals;
  const seconds = instants[instants.length - 1] - instants[0];
  const slots = [1, 24, 168].filter((size) => size === 1 || seconds >= (size - 0.5) * hour);
  const fits = slots.map((size) => ratesBy(arrivals, timezone, size));
  const phi = Math.max(1, dispersion);
  const cost = ({ logLikelihood, rates }: Rates) => (-2 * logLikelihood) / phi + 2 * rates.length;
  const best = fits.reduce((a, b) => (cost(b) < cost(a) ? b : a));
  if (best.rates.length === 1) return undefined;
  const rate = best.rates.reduce((sum, each) => sum + each, 0) / best.rates.length;
  return { hours: best.rates.map((each) => each / rate), rate };
}

interface Rates {
  readonly rates: readonly number[];
  readonly logLikelihood: number;
}

function ratesBy({ instants, weights }: Arrivals, timezone: string, size: number): Rates {
  const counts = new Float64Array(size);
  const watched = new Float64Array(size);
  const slotOf = (instant: number) => {
    const shift = timezone === 'UTC' ? 0 : zoneOffset(Math.floor(instant / hour) * hour * 1000, timezone);
    // Unix time began on a Thursday: Monday was three days before.
    const hours = Math.floor((instant + shift + 3 * 24 * hour) / hour);
    return ((hours % size) + size) % size;
  };
  const [start, end] = [instants[0], instants[instants.length - 1]];
  for (let from = start; from < end; ) {
    const to = Math.min(end, (Math.floor(from / hour) + 1) * hour);
    watched[slotOf(from)] += to - from;
    from = to;
  }
  instants.forEach((instant, at) => {
    counts[slotOf(instant)] += weights[at];
  });
  const rates = Array.from(counts, (count, slot) => (watched[slot] > 0 ? count / watched[slot] : 0));
  let logLikelihood = 0;
  for (let slot = 0; slot < size; slot++) {
    if (counts[slot] > 0) logLikelihood += counts[slot] * Math.log(rates[slot]) - rates[slot] * watched[slot];
  }
  return { rates, logLikelihood };
}
