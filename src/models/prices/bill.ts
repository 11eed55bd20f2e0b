/**
 * Puts a price on what a run used.
 *
 * Rule: hour = quantity × price. Month, in 730 hours: what the component expects, else the same amount, or where it was
 * measured the amount an operation × the month's operations. What has no price keeps its row and is in no sum.
 * Cost: a look-up a row.
 */
import type { Price } from '../contracts/price-book.ts';
import type { BilledLoad, CostRow } from '../cost.ts';

export const hoursAMonth = 730;

export interface BillingFacts {
  readonly priceOf: (item: string, location: string) => Price | undefined;
  /** The location of a region by the scenario's name for it. */
  readonly locationOf: (region: string | undefined) => string;
  readonly load: BilledLoad;
}

export function priceRow(row: CostRow, facts: BillingFacts): CostRow {
  const { monthQuantity, onDemand, ...shown } = row;
  const location = facts.locationOf(row.region);
  const price = facts.priceOf(inLocations(row.item, facts), location);
  if (price === undefined) return shown;
  const amount = amountOfMonth(row, facts.load);
  const rate = rateFor(price, amount * hoursAMonth);
  const listed = onDemand && facts.priceOf(onDemand.item, location);
  return {
    ...shown,
    price: rate,
    per: price.unit === 'each' ? 'each' : 'hour',
    confidence: price.confidence,
    source: price.source,
    hour: row.quantity * rate,
    month: amount * hoursAMonth * rate,
    ...(listed && onDemand
      ? { monthOnDemand: onDemand.monthQuantity * hoursAMonth * rateFor(listed, 0) }
      : {}),
  };
}

/** Mean amount over a month. */
function amountOfMonth({ quantity, basis, monthQuantity }: CostRow, load: BilledLoad): number {
  if (monthQuantity !== undefined) return monthQuantity;
  if (basis !== 'measured') return quantity;
  const perOperation = load.operationsAnHour > 0 ? quantity / load.operationsAnHour : 0;
  return perOperation * load.operationsAnHourOfMonth;
}

/** $ a unit and hour; where the price falls with the amount, the mean over the month's `amount`. */
function rateFor({ value, unit, tiers }: Price, amount: number): number {
  if (unit === 'month') return value / hoursAMonth;
  if (tiers === undefined || amount <= 0) return value;
  const dollars = tiers.reduce((sum, tier, at) => {
    const until = Math.min(amount, tiers[at + 1]?.from ?? Number.POSITIVE_INFINITY);
    return sum + Math.max(0, until - tier.from) * tier.value;
  }, 0);
  return dollars / amount;
}

/** `cross-region transfer us-east → eu-west` with locations for the names of regions, as a book has it. */
function inLocations(item: string, { locationOf }: BillingFacts): string {
  const [, from, to] = /^cross-region transfer (\S+) → (\S+)$/.exec(item) ?? [];
  return from === undefined ? item : `cross-region transfer ${locationOf(from)} → ${locationOf(to)}`;
}
