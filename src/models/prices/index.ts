import type { Design } from '../design.ts';
import { type Assumption, defineKind } from '../kind.ts';
import { books } from './books.ts';
import { type PricesConfig, pricesSchema } from './config.ts';
import { costFamilies, costScopes } from './metrics.ts';
import { PriceModel } from './model.ts';
import { checkLocation, checkOverrides } from './overrides.ts';

/** Sections whose entries cost something: without any of them nobody need hear of prices. */
const sectionsWithCosts = ['pools', 'databases', 'clusters', 'caches'];

function assumptionsOf(config: PricesConfig, design: Design): Assumption[] {
  if (sectionsWithCosts.every((section) => design.names(section).length === 0)) return [];
  const regions = design.entries<{ location?: string }>('regions');
  const adrift = regions.filter(([, { location }]) => location === undefined).map(([name]) => name);
  const location = {
    about: `prices in ${adrift.join(', ')}`,
    value: `those of ${config.location}`,
    source: 'prices.location',
  };
  return [
    { about: 'prices', value: config.book, source: books[config.book].about },
    ...(adrift.length === 0 ? [] : [location]),
    ...reservedAssumption(config, design),
  ];
}

/** As much of a pool, or of a region of it, as says whether anything is reserved. */
interface Bought {
  readonly mix?: { readonly reserved?: number };
}

function reservedAssumption({ book, reservedTerm }: PricesConfig, design: Design): Assumption[] {
  const pools = design.entries<Bought & { regions: string | Readonly<Record<string, Bought>> }>('pools');
  const mixes = pools.flatMap(([, { mix, regions }]) => [
    mix,
    ...Object.values(typeof regions === 'string' ? {} : regions).map((own) => own.mix),
  ]);
  if (!mixes.some((mix) => (mix?.reserved ?? 0) > 0)) return [];
  const { value, source } = books[book].reservedSaving[reservedTerm].other;
  return [
    { about: 'reserved nodes', value: `for ${reservedTerm}, ${+(value * 100).toFixed(1)}% off`, source },
  ];
}

export const prices = defineKind<PricesConfig>({
  section: 'prices',
  noun: 'price book',
  about: 'What things cost: a dated book, and what is known better.',
  shape: 'single',
  schema: pricesSchema as never,
  families: costFamilies,
  scopes: costScopes,
  check: (_name, config) => [...checkLocation(config), ...checkOverrides(config)],
  assumptions: (_name, config, design) => assumptionsOf(config, design),
  build: (_name, config, wiring) => new PriceModel(config, wiring),
});
