import { zoneOffset } from '../../units/index.ts';
import { marketCloses, marketDay, marketOpens, marketStretch } from './market-day-shape.ts';
import { cityWeek, normalized, stretchedWeek } from './week-shape.ts';

const hour = 3600;
const day = 24 * hour;
const week = 7 * day;

/** How fast callers come over time. Instants are seconds of Unix time. */
export interface LoadProfile {
  /** Arrivals a second at an instant. */
  rateAt(instant: number): number;
  /** The next instant at which the rate changes. */
  nextChange(instant: number): number;
}

export interface MarketDayConfig {
  readonly shape: 'market-day';
  readonly timezone: string;
  /** Share of a trading day's arrivals that come outside the session. */
  readonly outside: number;
  /** Dates without trading besides weekends, `2026-12-25`. */
  readonly holidays: readonly string[];
}

export interface HoursConfig {
  readonly shape: 'hours';
  /** Rates in proportion to each other: 24 of a day from midnight, or 168 of a week from Monday 00:00. */
  readonly factors: readonly number[];
  readonly timezone: string;
}

export type ProfileConfig =
  | { readonly shape: 'flat' }
  | {
      readonly shape: 'week';
      readonly peak?: number;
      readonly peakToMean?: number;
      readonly timezone: string;
    }
  | HoursConfig
  | MarketDayConfig;

/** The profile of a mean rate (arrivals a second): over the week, or over the 24 hours of a trading day. */
export function loadProfile(meanRate: number, config: ProfileConfig): LoadProfile {
  if (config.shape === 'flat') return { rateAt: () => meanRate, nextChange: () => Number.POSITIVE_INFINITY };
  if (config.shape === 'week') return weekProfile(meanRate, config);
  if (config.shape === 'hours') return hourlyProfile(meanRate, normalized(config.factors), config.timezone);
  return marketDayProfile(meanRate, config);
}

/** Mean rate while callers come: of a market, in its session. */
export function openRate(meanRate: number, config: ProfileConfig): number {
  if (config.shape !== 'market-day') return meanRate;
  return (meanRate * (1 - config.outside) * day) / (marketCloses - marketOpens);
}

function weekProfile(meanRate: number, config: ProfileConfig & { shape: 'week' }): LoadProfile {
  const peakToMean = config.peak === undefined ? config.peakToMean : config.peak / meanRate;
  const factors = peakToMean === undefined ? cityWeek : stretchedWeek(peakToMean);
  return hourlyProfile(meanRate, factors, config.timezone);
}

/** Factors of mean 1, one an hour, over a day or a week. */
function hourlyProfile(meanRate: number, factors: readonly number[], timezone: string): LoadProfile {
  const local = clockOf(timezone);
  return {
    rateAt: (instant) => meanRate * factors[Math.floor(intoWeek(local(instant)) / hour) % factors.length],
    nextChange: (instant) => (Math.floor(instant / hour) + 1) * hour,
  };
}

function marketDayProfile(meanRate: number, { timezone, outside, holidays }: MarketDayConfig): LoadProfile {
  const local = clockOf(timezone);
  const aDay = meanRate * day;
  const rates = marketDay.map((share) => (aDay * (1 - outside) * share) / marketStretch);
  const rateOutside = (aDay * outside) / (day - (marketCloses - marketOpens));
  const closed = new Set(holidays.map((date) => Date.parse(date) / 1000 / day));
  return {
    rateAt: (instant) => {
      const there = local(instant);
      const isWeekend = intoWeek(there) >= 5 * day;
      if (isWeekend || closed.has(Math.floor(there / day))) return 0;
      const intoDay = there - Math.floor(there / day) * day;
      if (intoDay < marketOpens || intoDay >= marketCloses) return rateOutside;
      return rates[Math.floor((intoDay - marketOpens) / marketStretch)];
    },
    nextChange: (instant) => (Math.floor(instant / marketStretch) + 1) * marketStretch,
  };
}

/** Seconds since the last Monday 00:00. 1970-01-01 was a Thursday: Monday began three days before. */
const intoWeek = (local: number): number => (((local + 3 * day) % week) + week) % week;

/** What a zone's clock shows, as seconds. Clocks change on the hour at most: the offset is looked up once an hour. */
function clockOf(timezone: string): (instant: number) => number {
  let offset = 0;
  let offsetFor = Number.NaN;
  return (instant) => {
    const thisHour = Math.floor(instant / hour);
    if (thisHour !== offsetFor) {
      offset = timezone === 'UTC' ? 0 : zoneOffset(thisHour * hour * 1000, timezone);
      offsetFor = thisHour;
    }
    return instant + offset;
  };
}

/**
 * The same profile with instants counted from `start` (seconds of Unix time), which is rounded to a whole second: so
 * that the sum of it and a change's instant is the change's instant again, to the last digit.
 */
export function fromStart(profile: LoadProfile, start: number): LoadProfile {
  const origin = Math.round(start);
  return {
    rateAt: (instant) => profile.rateAt(origin + instant),
    nextChange: (instant) => profile.nextChange(origin + instant) - origin,
  };
}
