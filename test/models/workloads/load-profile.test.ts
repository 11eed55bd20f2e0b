import { describe, expect, test } from 'vitest';
import { loadProfile } from '../../../src/models/workloads/load-profile.ts';
import { cityWeek, stretchedWeek } from '../../../src/models/workloads/week-shape.ts';

const hour = 3600;
const monday = Date.UTC(2026, 0, 5) / 1000;
const hours = Array.from({ length: 168 }, (_, at) => at);
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('a weekly profile', () => {
  test('has exactly the mean rate over a week, and its peak where it was asked for', () => {
    const { rateAt } = loadProfile(38, { shape: 'week', peak: 111, timezone: 'UTC' });
    const rates = hours.map((at) => rateAt(monday + at * hour));
    expect(mean(rates)).toBeCloseTo(38, 9);
    expect(Math.max(...rates)).toBeCloseTo(111, 6);
  });

  test('keeps the order of the hours when it is stretched', () => {
    const order = (week: readonly number[]) => hours.toSorted((a, b) => week[a] - week[b]);
    expect(order(stretchedWeek(2.9))).toEqual(order(cityWeek));
  });

  test('follows the clock of its time zone, daylight saving included', () => {
    const utc = loadProfile(1, { shape: 'week', timezone: 'UTC' });
    const newYork = loadProfile(1, { shape: 'week', timezone: 'America/New_York' });
    const july = Date.UTC(2026, 6, 6) / 1000;
    for (const at of hours) {
      expect(newYork.rateAt(monday + (at + 5) * hour)).toBe(utc.rateAt(monday + at * hour));
      expect(newYork.rateAt(july + (at + 4) * hour)).toBe(utc.rateAt(july + at * hour));
    }
  });

  test('has a peak 1.7 times its mean where nothing is said: on a Saturday night', () => {
    const week = cityWeek;
    const peak = week.indexOf(Math.max(...week));
    expect(Math.max(...week)).toBeGreaterThan(1.5);
    expect([Math.floor(peak / 24), peak % 24]).toEqual([5, 0]);
  });
});

describe('a profile by hours as written', () => {
  test('has exactly the mean rate, whatever the factors add up to, and goes by the clock of its zone', () => {
    const factors = Array.from({ length: 24 }, (_, at) => (at === 9 ? 30 : 2));
    const { rateAt, nextChange } = loadProfile(10, { shape: 'hours', factors, timezone: 'America/New_York' });
    const rates = hours.map((at) => rateAt(monday + at * hour));
    expect(mean(rates)).toBeCloseTo(10, 9);
    // 09:00 in New York is 14:00 UTC in January; 30 of a mean of 76/24.
    expect(rateAt(monday + 14.5 * hour)).toBeCloseTo((10 * 30 * 24) / 76, 9);
    expect(nextChange(monday + 14.5 * hour)).toBe(monday + 15 * hour);
  });

  test('of 168 factors begins on Monday', () => {
    const factors = hours.map((at) => (at === 0 ? 168 : 0));
    const { rateAt } = loadProfile(1, { shape: 'hours', factors, timezone: 'UTC' });
    expect([rateAt(monday), rateAt(monday - hour), rateAt(monday + 24 * hour)]).toEqual([168, 0, 0]);
  });
});
