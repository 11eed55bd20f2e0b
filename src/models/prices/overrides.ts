import { nearestWord } from '../../scenario/index.ts';
import type { Price } from '../contracts/price-book.ts';
import type { Finding } from '../kind.ts';
import { books } from './books.ts';
import type { PricesConfig } from './config.ts';
import { LookUp } from './look-up.ts';

/** Prices that a scenario sets: for an item in a location, or for an item everywhere. */
export function overridden(
  { override }: PricesConfig,
  unitOf: (item: string, location: string) => Price['unit'],
): (item: string, location: string) => Price | undefined {
  return (item, location) => {
    const key = [`${item} ${location}`, item].find((each) => Object.hasOwn(override, each));
    if (key === undefined) return undefined;
    const unit = unitOf(item, location);
    return {
      value: override[key],
      unit,
      confidence: 'given',
      source: `prices.override of the scenario: ${key}`,
    };
  };
}

/** The book's prices under what the scenario sets; what the book does not know is set by the hour. */
export function lookUpOf(config: PricesConfig): LookUp {
  const lookUp: LookUp = new LookUp(
    books[config.book],
    config,
    overridden(config, (item, location) => lookUp.inBook(item, location)?.unit ?? 'hour'),
  );
  return lookUp;
}

/** A warning where the book has no prices in the location that stands in for unknown ones. */
export function checkLocation({ book, location }: PricesConfig): Finding[] {
  const locations = Object.keys(books[book].locationRatio);
  if (locations.includes(location)) return [];
  const near = nearestWord(location, locations);
  return [
    {
      path: ['location'],
      severity: 'warning',
      message: `the price book has no prices in "${location}"`,
      expected: locations.join(', '),
      ...(near === undefined ? {} : { hint: `did you mean ${near}?` }),
    },
  ];
}

/** A warning for each override that changes no price of the book: a slip of the pen, or a node of one's own. */
export function checkOverrides(config: PricesConfig): Finding[] {
  const plain = new LookUp(books[config.book], config, () => undefined);
  const locations = Object.keys(books[config.book].locationRatio);
  const isKnown = (key: string): boolean =>
    locations.some(
      (location) =>
        plain.inBook(key, location) !== undefined ||
        (key.endsWith(` ${location}`) &&
          plain.inBook(key.slice(0, -location.length - 1), location) !== undefined),
    );
  return Object.keys(config.override)
    .filter((key) => !isKnown(key))
    .map((key) => ({
      path: ['override', key],
      severity: 'warning',
      message: `the price book has nothing called "${key}"`,
      expected: 'an item of the bill, alone or before a location: "m6i.xlarge on-demand us-east-1"',
      hint: 'it is taken as $ an hour of a row of exactly this name',
    }));
}
