import type { PriceConfidence } from '../cost.ts';

/** What a price pays for: one of the item for an hour, for a month, or one used up (a GB, a million requests). */
export type PriceUnit = 'hour' | 'month' | 'each';

export interface Price {
  /** Dollars. */
  readonly value: number;
  readonly unit: PriceUnit;
  readonly confidence: PriceConfidence;
  readonly source: string;
  /** Where the price falls with the month's amount: each rate holds from `from` on. The first one is `value`. */
  readonly tiers?: readonly { readonly from: number; readonly value: number }[];
}

/** Which prices hold. */
export interface PriceTerms {
  readonly book: string;
  /** When and where it was collected. */
  readonly about: string;
  /** For how long reserved nodes are promised: `1y`. */
  readonly reservedTerm: string;
}

/** What things cost. Items are the words that src/models/cost.ts lists. */
export interface PriceBook {
  /** Of an item in a location (an AWS region); undefined where nobody knows. */
  price(item: string, location: string): Price | undefined;
  /** Where a region of the scenario is, or what stands in for that. */
  locationOf(region: string | undefined): string;
  readonly terms: PriceTerms;
}

export const pricesSection = 'prices';
