/** How sure a price is: S primary source, D data set, B secondary page, R unverified, given: by the scenario. */
export type PriceConfidence = 'S' | 'D' | 'B' | 'R' | 'given';

/** One line of the bill, as the run saw it. The month is worked out from the load over a month (DESIGN §4, Cost). */
export interface CostRow {
  /** Section and name: `pools.web`. */
  readonly component: string;
  /** What is paid for: `m6i.xlarge spot`, `cross-region transfer us-east → eu-west`. */
  readonly item: string;
  readonly region?: string;
  /** Mean amount during the measured window: instances, GB an hour, million requests an hour. */
  readonly quantity: number;
  readonly unit: string;
  /** $ a unit and hour; undefined when nobody knows: the row is named, never zero. */
  readonly price?: number;
  readonly confidence?: PriceConfidence;
  readonly source?: string;
  /** $ an hour, as the run saw it. */
  readonly hour?: number;
  /** $ a month. */
  readonly month?: number;
  /** How the month follows: `fixed` does not depend on load, `measured` scaled by requests, `extrapolated` otherwise. */
  readonly basis: 'fixed' | 'measured' | 'extrapolated';
  /** $ a month if the same were bought on demand at list price. */
  readonly monthOnDemand?: number;
}
