import { z } from 'zod';
import { oneKey } from '../../scenario/index.ts';
import { isTimeZone, quantity } from '../../units/index.ts';
import type { BurstState } from '../algorithms/arrivals/modulation.ts';
import type { ProfileConfig } from './load-profile.ts';
import { type Trace, traceOf } from './trace.ts';

const timezone = (fallback: string) =>
  z
    .string()
    .default(fallback)
    .refine(isTimeZone, { message: 'no such time zone; expected an IANA name such as America/New_York' })
    .describe('Whose clock the hours are of.');

const isDate = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00Z`).toJSON()?.slice(0, 10) === text;

const profile = z.discriminatedUnion('shape', [
  z.strictObject({ shape: z.literal('flat').describe('The same rate at all hours.') }),
  z.strictObject({
    shape: z.literal('week').describe('Hour by hour over a week, as the demand of a big city goes.'),
    peak: quantity('rate', {
      positive: true,
      about: 'Rate of the busiest hour; the week is stretched to it, the mean stays.',
    }).optional(),
    peakToMean: quantity('factor', { min: 1, about: 'The same, as a factor of the mean rate.' }).optional(),
    timezone: timezone('UTC'),
  }),
  z.strictObject({
    shape: z
      .literal('hours')
      .describe('Hour by hour as written: what `headroom calibrate --arrivals` measures.'),
    factors: z
      .array(quantity('factor', { min: 0 }))
      .refine((factors) => factors.length === 24 || factors.length === 168, {
        message: 'expected 24 factors (a day from midnight) or 168 (a week from Monday 00:00)',
      })
      .refine((factors) => factors.some((factor) => factor > 0), { message: 'nobody comes in any hour' })
      .describe(
        'Rate of each hour in proportion to the others: 24 of a day from midnight, or 168 of a week from Monday 00:00. The mean over them is the rate.',
      ),
    timezone: timezone('UTC'),
  }),
  z.strictObject({
    shape: z
      .literal('market-day')
      .describe(
        'As stocks are traded, 09:30 to 16:00, Monday to Friday: most at the open and at the close. The rate is the mean over the 24 hours of a trading day: under 10M/day ten million come in each trading day, none at weekends.',
      ),
    timezone: timezone('America/New_York'),
    outside: quantity('ratio', {
      max: '99%',
      default: '0%',
      about: 'Share of a trading day’s arrivals that come outside the session, evenly over its other hours.',
    }),
    holidays: z
      .array(z.string().refine(isDate, { message: 'no such date; expected one such as 2026-12-25' }))
      .default([])
      .describe('Dates without trading, besides weekends: 2026-12-25.'),
  }),
]);

const recordedOrBursts = oneKey(
  () => ({
    bursty: {
      about: 'Bursts and calm between them, by how far the counts are from Poisson.',
      schema: burstySchema,
      short: 'dispersion',
    },
    mmpp: {
      about:
        'A Markov-modulated Poisson process by its states: each lasts an exponential time, then any of the others follows.',
      schema: mmppSchema,
    },
    trace: {
      about:
        'The times between recorded arrivals, one after the other, stretched to the rate; begun again when they are used up. The same callers in each run.',
      schema: traceSchema,
    },
  }),
  'process of arrivals',
  { key: 'name', several: 'choose one' },
);

const burstySchema = z.strictObject({
  dispersion: quantity('factor', {
    min: 1,
    default: 15,
    about:
      'Variance over mean of the arrivals within a stretch of time, at the mean rate (of a market: in its session); Poisson has 1. Trades of one liquid stock, counted by the second: 10 to 17, of a busy one 62 to 69.',
  }),
  within: quantity('duration', { positive: true, default: '1s', about: 'That stretch of time.' }),
  share: quantity('ratio', {
    positive: true,
    max: 0.99,
    default: '5%',
    about: 'Share of the time in bursts.',
  }),
  last: quantity('duration', {
    positive: true,
    about: 'Mean length of a burst. Default: as long as `within`.',
  }).optional(),
});

const traceSchema = z
  .union([z.string(), z.array(z.number())])
  .describe(
    'A file with a line for each arrival, that begins with its instant in seconds, in order; or a list of the instants.',
  )
  .transform((recorded, context) => {
    const trace = traceOf(recorded);
    if (typeof trace !== 'string') return trace;
    context.addIssue({ code: 'custom', message: trace });
    return z.NEVER;
  });

const mmppSchema = z
  .array(
    z.strictObject({
      factor: quantity('factor', {
        min: 0,
        about: 'Rate in this state, in proportion to the other states’.',
      }),
      last: quantity('duration', { positive: true, about: 'Mean time that it lasts.' }),
    }),
  )
  .min(2)
  .refine((states) => states.some(({ factor }) => factor > 0), { message: 'nobody comes in any state' });

const writtenSchema = z.strictObject({
  rate: quantity('rate', {
    positive: true,
    about: 'Mean arrivals, over the whole profile: 80/s, 100M/month.',
  }),
  process: z
    .union([z.enum(['poisson', 'deterministic', 'bursty']), recordedOrBursts])
    .default('poisson')
    .describe(
      'poisson: independent callers. deterministic: evenly spaced. bursty: in bursts, also { bursty: { dispersion: 15, within: 1s } }. As recorded: { trace: arrivals.csv }.',
    ),
  profile: profile.default({ shape: 'flat' }).describe('How the rate goes over time.'),
  factor: quantity('factor', {
    default: 1,
    about:
      'By what rate and peak are multiplied; what `headroom limit` changes to find how far the load can grow.',
  }),
});

/** Arrivals as they come: the factor is in the rate, and in the peak where the profile has one. */
export const arrivalsSchema = writtenSchema
  .transform((written): ArrivalsConfig => {
    const { factor, profile, rate } = written as ArrivalsConfig;
    return {
      ...(written as ArrivalsConfig),
      rate: rate * factor,
      profile:
        profile.shape === 'week' && profile.peak !== undefined
          ? { ...profile, peak: profile.peak * factor }
          : profile,
    };
  })
  .describe('How often callers come. Arrivals never wait for answers.');

export interface BurstyConfig {
  readonly dispersion: number;
  readonly within: number;
  readonly share: number;
  readonly last?: number;
}

export type ProcessConfig =
  | 'poisson'
  | 'deterministic'
  | 'bursty'
  | { readonly verb: 'bursty'; readonly options: BurstyConfig }
  | { readonly verb: 'mmpp'; readonly options: readonly BurstState[] }
  | { readonly verb: 'trace'; readonly options: Trace };

export interface ArrivalsConfig {
  readonly rate: number;
  readonly process: ProcessConfig;
  readonly profile: ProfileConfig;
  /** What the rate, and the profile's peak, have been multiplied by. */
  readonly factor: number;
}

/** What `process: bursty` stands for. */
export const defaultBursts = (): BurstyConfig => burstySchema.parse({});
