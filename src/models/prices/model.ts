import type { Price, PriceBook, PriceTerms } from '../contracts/price-book.ts';
import type { BilledLoad, CostRow } from '../cost.ts';
import type { Component } from '../kind.ts';
import type { MetersOf } from '../meters.ts';
import type { Wiring } from '../wiring.ts';
import { hoursAMonth, priceRow } from './bill.ts';
import { books } from './books.ts';
import type { PricesConfig } from './config.ts';
import type { LookUp } from './look-up.ts';
import { costMeters, costPath, savingMeters, savingsPath } from './metrics.ts';
import { lookUpOf } from './overrides.ts';

/** The price book of a run: prices everybody's rows, and meters what they come to. */
export class PriceModel implements PriceBook, Component {
  private readonly lookUp: LookUp;
  private readonly meters: MetersOf<typeof costMeters>;
  private readonly savings: MetersOf<typeof savingMeters>;

  constructor(
    private readonly config: PricesConfig,
    private readonly wiring: Wiring,
  ) {
    this.lookUp = lookUpOf(config);
    this.meters = wiring.meters(costPath, costMeters);
    this.savings = wiring.meters(savingsPath, savingMeters);
  }

  price(item: string, location: string): Price | undefined {
    return this.lookUp.price(item, location);
  }

  get terms(): PriceTerms {
    const { book, reservedTerm } = this.config;
    return { book, about: books[book].about, reservedTerm };
  }

  bill(rows: readonly CostRow[], load: BilledLoad): CostRow[] {
    const priced = rows.map((row) =>
      priceRow(row, {
        priceOf: (item, location) => this.price(item, location),
        locationOf: (region) => this.locationOf(region),
        load,
      }),
    );
    this.meter(priced, load);
    return priced;
  }

  locationOf(region: string | undefined): string {
    const { design } = this.wiring;
    const found = region === undefined ? undefined : design.entry<{ location?: string }>('regions', region);
    return found?.location ?? this.config.location;
  }

  /** Nothing is metered of a design that has nothing with a price: its cost is unknown, not zero. */
  private meter(rows: readonly CostRow[], load: BilledLoad): void {
    const known = rows.filter(({ month }) => month !== undefined);
    if (known.length === 0) return;
    const month = sum(known, (row) => row.month);
    this.meters.month.set(month);
    this.meters.hour.set(sum(known, (row) => row.hour));
    const operations = load.operationsAnHourOfMonth * hoursAMonth;
    if (operations > 0) this.meters.perMillion.set((month / operations) * 1e6);
    const nodes = known.filter(({ monthOnDemand }) => monthOnDemand !== undefined);
    const onDemand = sum(nodes, (row) => row.monthOnDemand);
    if (onDemand > 0) this.savings.vsOnDemand.set(1 - sum(nodes, (row) => row.month) / onDemand);
  }
}

const sum = (rows: readonly CostRow[], read: (row: CostRow) => number | undefined): number =>
  rows.reduce((total, row) => total + (read(row) ?? 0), 0);
