/** What a fault takes away: a region, or one of its zones, with all that stands there. */
export interface Loss {
  /** Place of the region. */
  readonly place: number;
  /** Which of the region's zones, from 0; undefined for the whole region. */
  readonly zone?: number;
  /** How many zones the region has. */
  readonly zones: number;
  /** Whether disks have their contents when they come back. What was in memory is gone in either case. */
  readonly data: 'kept' | 'destroyed';
}

/** The zone that copy `number` of something stands in: copies are spread over a region's zones in turn. */
export const zoneOf = (number: number, zones: number): number => number % zones;

/** Whether copy `number` (instance, replica, broker) of something in a region is lost. */
export const strikes = (loss: Loss, place: number, number: number): boolean =>
  loss.place === place && (loss.zone === undefined || zoneOf(number, loss.zones) === loss.zone);
