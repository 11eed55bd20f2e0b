/**
 * The ways between places. A place is a number: regions first, in the scenario's order, then origins. A request's
 * delay is asked for with a uniform draw of its own, so that it does not depend on who else sends.
 */
export interface Network {
  readonly placeNames: readonly string[];
  readonly regionCount: number;
  /** The place of a region or origin by name. */
  placeOf(name: string): number;
  /** One-way delay in nanoseconds, jitter included: a function of the uniform draw. */
  delay(from: number, to: number, uniform: number): number;
  /** One-way delay in nanoseconds without jitter. */
  nominalDelay(from: number, to: number): number;
  /** Meters bytes that cross a link, for bandwidth and cost. */
  carry(from: number, to: number, bytes: number): void;
  /** The segment to which time between two places is credited. */
  segment(from: number, to: number): number;
}

export const networkSection = 'network';
