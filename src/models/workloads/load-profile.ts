import { zoneOffset } from '../../units/index.ts';
import { cityWeek, stretchedWeek } from './week-shape.ts';

const hour = 3600;
const week = 168 * hour;

/** How fast callers come over time. Instants are seconds of Unix time. */
export interface LoadProfile {
  /** Arrivals a second at an instant. */
  rateAt(instant: number): number;
  /** The next instant at which the rate changes. */
  nextChange(instant: number): number;
}

export type ProfileConfig =
  | { readonly shape: 'flat' }
  | {
      readonly shape: 'week';
      readonly peak?: number;
      readonly peakToMean?: number;
      readonly timezone: string;
    };

/** The profile of a mean rate (arrivals a second over the week). */
export function loadProfile(meanRate: number, config: ProfileConfig): LoadProfile {
  if (config.shape === 'flat') return { rateAt: () => meanRate, nextChange: () => Number.POSITIVE_INFINITY };
  const peakToMean = config.peak === undefined ? config.peakToMean : config.peak / meanRate;
  const factors = peakToMean === undefined ? cityWeek : stretchedWeek(peakToMean);
  const { timezone } = config;
  let offset = 0;
  let offsetFor = Number.NaN;
  const local = (instant: number) => {
    // Clocks change on the hour at most: the offset is looked up once an hour.
    const thisHour = Math.floor(instant / hour);
    if (thisHour !== offsetFor) {
      offset = timezone === 'UTC' ? 0 : zoneOffset(thisHour * hour * 1000, timezone);
      offsetFor = thisHour;
    }
    return instant + offset;
  };
  return {
    // 1970-01-01 was a Thursday: Monday began three days before.
    rateAt: (instant) => {
      const intoWeek = (((local(instant) + 3 * 24 * hour) % week) + week) % week;
      return meanRate * factors[Math.floor(intoWeek / hour)];
    },
    nextChange: (instant) => (Math.floor(instant / hour) + 1) * hour,
  };
}

/** The same profile with instants counted from `start` (seconds of Unix time). */
export const fromStart = (profile: LoadProfile, start: number): LoadProfile => ({
  rateAt: (instant) => profile.rateAt(start + instant),
  nextChange: (instant) => profile.nextChange(start + instant) - start,
});
