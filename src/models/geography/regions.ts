import { z } from 'zod';
import { quantity } from '../../units/index.ts';
import { defineKind } from '../kind.ts';

/** A region of the design: where its data centres are, and how many zones it spreads over. */
export interface RegionConfig {
  readonly location?: string;
  readonly zones: number;
}

const long = z.strictObject({
  location: z
    .string()
    .optional()
    .describe('Where it is: an AWS region such as us-east-1, or any name with links of its own.'),
  zones: quantity('count', { integer: true, min: 1, default: 3, about: 'Availability zones.' }),
});

export const regions = defineKind<RegionConfig>({
  section: 'regions',
  noun: 'region',
  about:
    'Where services, stores and brokers stand. `us-east: us-east-1` is short for `us-east: { location: us-east-1 }`.',
  shape: 'named',
  schema: z.union([
    z.string().transform((location): RegionConfig => ({ location, zones: 3 })),
    long,
  ]) as z.ZodType<RegionConfig>,
  scopes: () => [],
  build: () => ({}),
});

export const origins = defineKind<{ location: string }>({
  section: 'origins',
  noun: 'origin',
  about: 'Where callers are: a name and a location.',
  shape: 'named',
  schema: z.union([
    z.string().transform((location) => ({ location })),
    z.strictObject({ location: z.string().describe('An AWS region near the callers.') }),
  ]) as z.ZodType<{ location: string }>,
  scopes: () => [],
  build: () => ({}),
});
