import { z } from 'zod';
import { oneKey, type Variant } from '../scenario/index.ts';
import {
  constant,
  type Distribution,
  empirical,
  erlang,
  exponential,
  gamma,
  geometric,
  lognormal,
  pareto,
  uniform,
  weibull,
} from '../sim/distributions/index.ts';
import { type Dimension, quantity } from '../units/index.ts';

/** Names of all distributions: a map with one of them as its only key replaces, not merges, under `extends`. */
export const distributionNames: readonly string[] = [
  'constant',
  'uniform',
  'exponential',
  'erlang',
  'gamma',
  'lognormal',
  'weibull',
  'pareto',
  'geometric',
  'empirical',
];

interface DistributionVariant extends Variant {
  make(options: never): Distribution;
}

const geometricVariant: DistributionVariant = {
  about: 'How often until it is over, each further time as likely as the one before: 1, 2, 3, …',
  schema: z.strictObject({ mean: quantity('count', { min: 1, about: 'Mean.' }) }),
  short: 'mean',
  make: (options: { mean: number }) => geometric(options.mean),
};

function variantsOf(dimension: Dimension): Record<string, DistributionVariant> {
  const mean = quantity(dimension, { positive: true, about: 'Mean.' });
  const cv = quantity('factor', { min: 0, about: 'Standard deviation over mean.' });
  const byMeanAndCv = z.strictObject({ mean, cv });
  return {
    constant: {
      about: 'Always the same value.',
      schema: z.strictObject({ value: quantity(dimension, { about: 'That value.' }) }),
      short: 'value',
      make: ({ value }: { value: number }) => constant(value),
    },
    uniform: {
      about: 'Evenly between two values.',
      schema: z.strictObject({
        min: quantity(dimension, { about: 'The lowest.' }),
        max: quantity(dimension, { about: 'The highest.' }),
      }),
      make: ({ min, max }: { min: number; max: number }) => uniform(min, max),
    },
    exponential: {
      about: 'Memoryless; cv 1.',
      schema: z.strictObject({ mean }),
      short: 'mean',
      make: (options: { mean: number }) => exponential(options.mean),
    },
    erlang: {
      about: 'Sum of k exponentials; cv 1/√k.',
      schema: z.strictObject({
        mean,
        k: quantity('count', { integer: true, min: 1, about: 'How many exponentials.' }),
      }),
      make: (options: { mean: number; k: number }) => erlang(options.mean, options.k),
    },
    gamma: {
      about: 'By mean and cv.',
      schema: byMeanAndCv,
      make: (options: { mean: number; cv: number }) => gamma(options.mean, options.cv),
    },
    lognormal: {
      about: 'By mean and cv: the usual shape of service times.',
      schema: byMeanAndCv,
      make: (options: { mean: number; cv: number }) => lognormal(options.mean, options.cv),
    },
    weibull: {
      about: 'By mean and cv.',
      schema: byMeanAndCv,
      make: (options: { mean: number; cv: number }) => weibull(options.mean, options.cv),
    },
    pareto: {
      about: 'Heavy tail, by mean and shape (above 1).',
      schema: z.strictObject({
        mean,
        shape: quantity('factor', { min: 1.01, about: 'Tail exponent; the variance is infinite up to 2.' }),
      }),
      make: (options: { mean: number; shape: number }) => pareto(options.mean, options.shape),
    },
    ...(dimension === 'count' ? { geometric: geometricVariant } : {}),
    empirical: {
      about: 'Quantiles as measured, interpolated: [[0, 1ms], [0.5, 4ms], [0.99, 20ms], [1, 60ms]].',
      schema: z.strictObject({
        quantiles: z
          .array(z.tuple([quantity('ratio'), quantity(dimension)]))
          .min(2)
          .describe('Pairs: the share of values that are no larger, and the value.'),
      }),
      make: (options: { quantiles: [number, number][] }) => empirical(options.quantiles),
    },
  };
}

const schemas = new Map<string, z.ZodType<Distribution>>();

/**
 * The schema of a random quantity: a bare quantity (constant), or a map with one distribution's name.
 * @param bare what a bare quantity is: `exponential` of times between failures, where it is a mean
 * @returns a Distribution over SI units
 */
export function distribution(
  dimension: Dimension,
  bare: 'constant' | 'exponential' = 'constant',
): z.ZodType<Distribution> {
  const id = `${dimension} ${bare}`;
  const known = schemas.get(id);
  if (known !== undefined) return known;
  const variants = variantsOf(dimension);
  const schema = oneKey(() => variants, `${bare === 'constant' ? '' : 'mean '}${dimension} distribution`, {
    key: 'name',
    several: 'choose one',
    scalar: bare,
    about: `A ${dimension} that varies: a bare quantity is ${bare === 'constant' ? 'constant' : 'the mean of an exponential one'}.`,
  }).transform(({ verb, options }, context) => {
    try {
      return (variants[verb].make as (options: unknown) => Distribution)(options);
    } catch (error) {
      // Parameters that are right one by one and not together: the user's mistake, as the distribution words it.
      if (!(error instanceof RangeError)) throw error;
      context.addIssue({ code: 'custom', message: `${verb}: ${error.message}` });
      return z.NEVER;
    }
  });
  schemas.set(id, schema as unknown as z.ZodType<Distribution>);
  return schema as unknown as z.ZodType<Distribution>;
}
