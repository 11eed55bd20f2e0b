import { z } from 'zod';
import { quantity } from '../../units/index.ts';
import { books } from './books.ts';

export const pricesSchema = z.strictObject({
  book: z
    .enum(Object.keys(books) as [string, ...string[]])
    .default('aws-2026-07')
    .describe('Which dated price book holds.'),
  location: z
    .string()
    .default('us-east-1')
    .describe('Whose prices hold for regions that do not say where they are.'),
  reservedTerm: z
    .enum(['1y', '3y'])
    .default('1y')
    .describe('For how long reserved nodes are promised, nothing paid upfront.'),
  override: z
    .record(
      z.string(),
      quantity('money', { about: 'Dollars, for what the book’s price is for: an hour, a month or one.' }),
    )
    .default({})
    .describe(
      'Prices that are known better, by item, or by item and location: { "m6i.xlarge on-demand us-east-1": $0.19 }.',
    ),
});

export interface PricesConfig {
  readonly book: string;
  readonly location: string;
  readonly reservedTerm: '1y' | '3y';
  /** Dollars. */
  readonly override: Readonly<Record<string, number>>;
}
