import { z } from 'zod';
import { keyedBy, type Reference, reference, shares } from '../../scenario/index.ts';

const regionOf = reference('regions');

export const routingSchema = z
  .union([
    z.strictObject({
      policy: z
        .literal('latency')
        .default('latency')
        .describe('The region with the least round trip from the caller.'),
    }),
    z.strictObject({
      policy: z.literal('geo').describe('The region declared for the caller’s origin.'),
      map: keyedBy('origins', regionOf, 'The region of each origin: { US: us-east }.').default({}),
      default: regionOf
        .optional()
        .describe('For origins that the map leaves out. Default: the nearest by round trip.'),
    }),
    z.strictObject({
      policy: z.literal('weighted').describe('Regions by shares, wherever the caller is.'),
      weights: shares({ of: 'regions', about: 'Share of each region.' }),
    }),
  ])
  .describe('Global load balancing.');

export type RoutingConfig =
  | { readonly policy: 'latency' }
  | {
      readonly policy: 'geo';
      readonly map: Readonly<Record<string, Reference>>;
      readonly default?: Reference;
    }
  | { readonly policy: 'weighted'; readonly weights: Readonly<Record<string, number>> };
