import { regionNames, roundTripMilliseconds } from './aws-round-trips.ts';

/** Names of the places whose round trips are known (AWS regions). */
export const knownLocations: readonly string[] = regionNames;

/** Round trip in seconds between two known locations, direction included; undefined when either is unknown. */
export function roundTrip(from: string, to: string): number | undefined {
  const row = regionNames.indexOf(from);
  const column = regionNames.indexOf(to);
  return row < 0 || column < 0 ? undefined : roundTripMilliseconds[row][column] / 1000;
}
