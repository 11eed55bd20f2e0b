import type { PriceUnit } from '../contracts/price-book.ts';
import type { PriceConfidence } from '../cost.ts';

/** A figure with how sure it is. */
export interface Figure {
  readonly value: number;
  readonly confidence: PriceConfidence;
  readonly source: string;
}

/** Figures by location (an AWS region). */
export type ByLocation = Readonly<Record<string, Figure>>;

/** $ an hour by instance size: those read in a source. Other sizes follow from the first one, by size. */
export type ByClass = Readonly<Record<string, Figure>>;

/** A price that does not depend on an instance class. */
export interface Listed extends Figure {
  readonly unit: PriceUnit;
  /** The same in all locations. */
  readonly isGlobal?: boolean;
}

/** All that a dated price book knows. Prices are US dollars without tax; Linux; list prices unless it says otherwise. */
export interface Book {
  readonly name: string;
  /** When and where it was collected, in a line. */
  readonly about: string;
  /** EC2, $ an hour of the size `large`, by family and location. */
  readonly onDemand: Readonly<Record<string, ByLocation>>;
  /** By which other prices are carried from us-east-1 to a location, where the book has none there. */
  readonly locationRatio: ByLocation;
  /** Spot, $ an hour by type and location. */
  readonly spot: Readonly<Record<string, ByLocation>>;
  /** Usual saving of spot against on demand, by location; `elsewhere` for others. */
  readonly spotSaving: ByLocation;
  /** Saving of reserved nodes by term and family, nothing paid upfront; `other` for other families. */
  readonly reservedSaving: Readonly<Record<string, Readonly<Record<string, Figure>>>>;
  /** Instances of managed services in us-east-1, by their item with `*` for the class: `db.* instance`. */
  readonly classes: Readonly<Record<string, ByClass>>;
  /** Classes that are sold at twice the price of another. */
  readonly doubled: Readonly<Record<string, string>>;
  /** What follows a class that stands alone: `db.r6g.large` is `db.r6g.large instance`. */
  readonly bareClass: Readonly<Record<string, string>>;
  readonly listed: Readonly<Record<string, Listed>>;
  /** $ a GB that leaves a location for another one; pairs `a → b` first. */
  readonly interRegion: ByLocation;
  /** $ a GB that leaves a location for the internet, by the GB of the month from which a rate holds. */
  readonly internet: Readonly<
    Record<string, Figure & { readonly tiers: readonly { from: number; value: number }[] }>
  >;
}
