import { z } from 'zod';
import type { Distribution } from '../../../sim/distributions/index.ts';
import { quantity } from '../../../units/index.ts';
import { distribution } from '../../distribution.ts';
import { type AgeRange, ageRange } from './age-range.ts';
import { lengthOf, type PartitionUnit } from './calendar.ts';

const length = (about: string) =>
  z
    .union([
      quantity('duration', { about }),
      z.literal('rest').describe('What the tiers before leave of kept.'),
    ])
    .describe(`${about} rest: what the tiers before leave of kept.`);

const ratio = quantity('factor', { about: 'By what rows shrink there. Default: 4.' }).optional();
const rate = (what: string, otherwise: string) =>
  quantity('bandwidth', {
    positive: true,
    about: `Bytes of rows that one core ${what} a second, of those that come from the tier before. Default: ${otherwise}.`,
  }).optional();

const warmTier = z
  .strictObject({
    read: quantity('duration', {
      about:
        'Core time beside a read’s own to unpack a row, for a scan in each warm partition. Default: 0.5 ms.',
    }).optional(),
    write: quantity('duration', {
      about: 'Core time beside a write’s own to unpack and pack a row. Default: 1 ms.',
    }).optional(),
    ratio,
    rate: rate('compresses', '100 MB/s'),
  })
  .describe('What the warm tier costs: compressed rows in the database’s own storage.');

const coldTier = z
  .strictObject({
    read: distribution('duration')
      .optional()
      .describe(
        'Time to fetch from object storage, for each cold partition that is looked into, one after the other. Default: lognormal, mean 50 ms, cv 1.',
      ),
    write: distribution('duration')
      .optional()
      .describe('Time to fetch, change and store an object again. Default: lognormal, mean 150 ms, cv 1.'),
    fetchSize: quantity('size', { about: 'Bytes of a fetch, for cost. Default: 1 MiB.' }).optional(),
    ratio,
    rate: rate('archives', '50 MB/s'),
    store: z
      .enum(['standard', 'standard-ia', 'glacier-instant-retrieval'])
      .optional()
      .describe('Storage class of S3. Default: standard-ia.'),
  })
  .describe('What the cold tier costs: archives in object storage.');

export const tablePartitionsSchema = z
  .strictObject({
    by: z.enum(['day', 'month']).describe('What one partition covers, in UTC’s calendar.'),
    hot: length(
      'Age up to which partitions are hot: rows as they are, with indexes. The newest partition counts.',
    ),
    warm: length('For how long after that they are warm: compressed. Default: not at all.').optional(),
    cold: length('For how long after that they are cold: in object storage. Default: not at all.').optional(),
    kept: quantity('duration', {
      positive: true,
      about:
        'Age at which a partition is dropped. Default: the sum of the tiers, or 2 years where one is rest.',
    }).optional(),
    growth: quantity('rate', {
      about: 'Rows that are added, for the size of partitions. Default: what the run writes.',
    }).optional(),
    probe: quantity('duration', {
      about:
        'Core time to plan for and look into each partition beyond the first that a query is not kept from. Default: 8 µs.',
    }).optional(),
    warmTier: warmTier.optional(),
    coldTier: coldTier.optional(),
  })
  .describe('The table is partitioned by date: old partitions are compressed, then archived, then dropped.');

export interface TablePartitionsConfig {
  readonly by: PartitionUnit;
  /** Seconds, as the others. */
  readonly hot: number | 'rest';
  readonly warm?: number | 'rest';
  readonly cold?: number | 'rest';
  readonly kept?: number;
  /** Rows a second. */
  readonly growth?: number;
  readonly probe?: number;
  readonly warmTier?: {
    readonly read?: number;
    readonly write?: number;
    readonly ratio?: number;
    readonly rate?: number;
  };
  readonly coldTier?: {
    readonly read?: Distribution;
    readonly write?: Distribution;
    readonly fetchSize?: number;
    readonly ratio?: number;
    readonly rate?: number;
    readonly store?: ColdStore;
  };
}

export type ColdStore = 'standard' | 'standard-ia' | 'glacier-instant-retrieval';
export const tierNames = ['hot', 'warm', 'cold'] as const;
export type TierName = (typeof tierNames)[number];

/** Partitions in each tier, the newest one being hot. */
export type TierLengths = Readonly<Record<TierName, number>>;

/** What is kept where the author says `rest` and no more, in seconds. */
export const keptByDefault = 2 * 12 * 730 * 3600;

/** Seconds of each tier; those that are `rest` have what is left, perhaps less than nothing. */
export function tierSeconds(config: TablePartitionsConfig): Record<TierName, number> & { kept: number } {
  const given = tierNames.map((tier) => config[tier] ?? 0);
  const sum = given.reduce<number>((total, each) => (each === 'rest' ? total : total + each), 0);
  const kept = config.kept ?? (given.includes('rest') ? keptByDefault : sum);
  const [hot, warm, cold] = given.map((each) => (each === 'rest' ? kept - sum : each));
  return { hot, warm, cold, kept };
}

export function tierLengths(config: TablePartitionsConfig): TierLengths {
  const { hot, warm, cold } = tierSeconds(config);
  const unit = lengthOf[config.by];
  return { hot: Math.round(hot / unit), warm: Math.round(warm / unit), cold: Math.round(cold / unit) };
}

/** What a query says about the date. */
const where = z.union([
  z.literal('none').describe('Nothing: every partition is looked into.'),
  z.strictObject({
    age: ageRange,
    column: z
      .enum(['bare', 'wrapped'])
      .default('bare')
      .describe(
        'bare: the date column is compared as it is, and partitions are pruned. wrapped: through a function or cast, as in date_trunc(…): none is.',
      ),
  }),
]);

export type Where = 'none' | { readonly age: AgeRange; readonly column: 'bare' | 'wrapped' };

/** Options of a step about a table that is partitioned by date. */
export interface DateOptions {
  readonly age?: Distribution;
  readonly where?: Where;
}

export const ageOption = distribution('duration')
  .optional()
  .describe(
    'How old the row is, in a table that is partitioned by date: which partition has it. The query names its date, unless where says otherwise.',
  );

export const whereOption = where
  .optional()
  .describe(
    'What the query says about the date, in a table that is partitioned by date. Default: the row’s date where age is given, else nothing.',
  );
