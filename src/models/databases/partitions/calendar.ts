/** What one table partition covers. Calendars are UTC’s. */
export type PartitionUnit = 'day' | 'month';

const day = 86_400;

/** Seconds of a unit on the mean: a month is 730 hours. */
export const lengthOf: Readonly<Record<PartitionUnit, number>> = { day, month: 730 * 3600 };

/** The number of the unit in which an instant (seconds of Unix time) lies; they are counted through. */
export function unitAt(unit: PartitionUnit, instant: number): number {
  if (unit === 'day') return Math.floor(instant / day);
  const date = new Date(instant * 1000);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

/** When a unit begins, in seconds of Unix time. */
export const startOfUnit = (unit: PartitionUnit, number: number): number =>
  unit === 'day' ? number * day : Date.UTC(Math.floor(number / 12), number % 12) / 1000;

/** `2026-01` or `2026-01-14`. */
export const nameOfUnit = (unit: PartitionUnit, number: number): string =>
  new Date(startOfUnit(unit, number) * 1000).toISOString().slice(0, unit === 'day' ? 10 : 7);
