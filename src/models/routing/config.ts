import { z } from 'zod';
import { keyedBy, type Reference, reference, shares } from '../../scenario/index.ts';
import type { Distribution } from '../../sim/distributions/index.ts';
import { quantity } from '../../units/index.ts';
import type { Design } from '../design.ts';
import { distribution } from '../distribution.ts';

const regionOf = reference('regions');

const dns = z
  .strictObject({
    ttl: quantity('duration', {
      positive: true,
      default: '60s',
      about: 'How long a resolver may keep an answer.',
    }),
    overstay: z
      .strictObject({
        share: quantity('ratio', { about: 'Share of the resolvers that keep answers longer.' }),
        for: quantity('duration', { positive: true, about: 'How long they keep them.' }),
      })
      .optional()
      .describe('Resolvers that keep answers beyond their TTL. Default: none.'),
    propagation: distribution('duration')
      .optional()
      .describe(
        'Until a server that resolvers ask knows of a change; each has its own time. Default: none, health travels with the answers.',
      ),
    resolvers: quantity('count', {
      integer: true,
      min: 1,
      max: 1_000_000,
      default: '1000',
      about: 'Resolvers an origin; its callers are spread over them.',
    }),
  })
  .optional()
  .describe('How addresses reach callers. Used where something can fail, or where it is given.');

const health = z
  .strictObject({
    interval: quantity('duration', {
      positive: true,
      default: '10s',
      about: 'From one check of a checker to its next.',
    }),
    failures: quantity('count', {
      integer: true,
      min: 1,
      default: '3',
      about: 'Failed checks in a row after which a checker holds a region for unhealthy.',
    }),
    successes: quantity('count', {
      integer: true,
      min: 1,
      default: '3',
      about: 'Passed checks in a row after which it holds it for healthy again.',
    }),
    decision: quantity('duration', {
      default: '0s',
      about:
        'From finding a region unhealthy until its traffic goes elsewhere. Default: none, nobody is asked; people need minutes.',
    }),
    timeout: quantity('duration', { positive: true, default: '4s', about: 'For a connection to be opened.' }),
    answer: quantity('duration', {
      positive: true,
      default: '2s',
      about: 'For the answer, once connected.',
    }),
    checkers: quantity('count', {
      integer: true,
      min: 1,
      max: 1000,
      default: '12',
      about: 'Checkers, each at its own pace; they are spread over the places in `from`.',
    }),
    healthyShare: quantity('ratio', {
      default: '18%',
      about: 'A region is healthy while more than this share of the checkers say so.',
    }),
    from: z
      .array(z.string())
      .min(1)
      .optional()
      .describe('Origins or regions where the checkers are. Default: all origins; without any, all regions.'),
    damping: z
      .strictObject({
        halfLife: quantity('duration', {
          positive: true,
          default: '15m',
          about: 'In which the penalty for falling halves.',
        }),
      })
      .optional()
      .describe(
        'Keeps a region out that falls too often: as routers damp routes (RFC 2439), a second fall within minutes keeps it out until its penalty has decayed. Default: only the rows of checks above.',
      ),
  })
  .optional()
  .describe('Health checks of the regions. They run where something can fail, or where they are given.');

const recovery = z
  .strictObject({
    start: quantity('ratio', {
      positive: true,
      default: '10%',
      about: 'Share of its traffic that a region is given at first.',
    }),
    step: quantity('ratio', {
      positive: true,
      default: '20%',
      about: 'Share by which it grows; by which it shrinks while the monitor is not content.',
    }),
    every: quantity('duration', { positive: true, default: '1m', about: 'From one step to the next.' }),
    when: z
      .enum(['caught-up', 'healthy'])
      .default('caught-up')
      .describe(
        'caught-up: once the stores there have what those elsewhere have. healthy: once the checks pass.',
      ),
  })
  .optional()
  .describe('How a region that was lost gets its traffic back. Default: all at once, when the checks pass.');

const common = { dns, health, recovery };

export const routingSchema = z
  .union([
    z.strictObject({
      policy: z
        .literal('latency')
        .default('latency')
        .describe('The region with the least round trip from the caller.'),
      ...common,
    }),
    z.strictObject({
      policy: z.literal('geo').describe('The region declared for the caller’s origin.'),
      map: keyedBy('origins', regionOf, 'The region of each origin: { US: us-east }.').default({}),
      secondary: keyedBy(
        'origins',
        regionOf,
        'Where an origin is sent while its region is unhealthy: { US: eu-west }.',
      ).default({}),
      default: regionOf
        .optional()
        .describe('For origins that the map leaves out. Default: the nearest by round trip.'),
      ...common,
    }),
    z.strictObject({
      policy: z.literal('weighted').describe('Regions by shares, wherever the caller is.'),
      weights: shares({ of: 'regions', about: 'Share of each region.' }),
      ...common,
    }),
    z.strictObject({
      policy: z.literal('failover').describe('The first healthy region of a list, wherever the caller is.'),
      order: z.array(regionOf).min(1).describe('The primary, the secondary, and so on.'),
      ...common,
    }),
    z.strictObject({
      policy: z
        .literal('anycast')
        .describe(
          'One address everywhere, without DNS: the routes of the Internet lead to the nearest region, and are withdrawn where it is unhealthy.',
        ),
      convergence: quantity('duration', {
        default: '30s',
        about: 'From a region’s becoming unhealthy or healthy until new connections go elsewhere or there.',
      }),
      health,
      recovery,
    }),
  ])
  .describe('Global load balancing.');

export interface DnsConfig {
  readonly ttl: number;
  readonly overstay?: { readonly share: number; readonly for: number };
  readonly propagation?: Distribution;
  readonly resolvers: number;
}

export interface HealthConfig {
  readonly interval: number;
  readonly failures: number;
  readonly successes: number;
  readonly decision: number;
  readonly timeout: number;
  readonly answer: number;
  readonly checkers: number;
  readonly healthyShare: number;
  readonly from?: readonly string[];
  readonly damping?: { readonly halfLife: number };
}

export interface RecoveryConfig {
  readonly start: number;
  readonly step: number;
  readonly every: number;
  readonly when: 'caught-up' | 'healthy';
}

interface Common {
  readonly dns?: DnsConfig;
  readonly health?: HealthConfig;
  readonly recovery?: RecoveryConfig;
}

export type RoutingConfig = Common &
  (
    | { readonly policy: 'latency' }
    | {
        readonly policy: 'geo';
        readonly map: Readonly<Record<string, Reference>>;
        readonly secondary: Readonly<Record<string, Reference>>;
        readonly default?: Reference;
      }
    | { readonly policy: 'weighted'; readonly weights: Readonly<Record<string, number>> }
    | { readonly policy: 'failover'; readonly order: readonly Reference[] }
    | { readonly policy: 'anycast'; readonly convergence: number }
  );

const defaultsOf = <T>(schema: z.ZodOptional<z.ZodType>): T =>
  (schema.unwrap() as z.ZodType<T>).parse({}) as T;

export const dnsOf = (config: RoutingConfig): DnsConfig => config.dns ?? defaultsOf(dns);
export const healthOf = (config: RoutingConfig): HealthConfig => config.health ?? defaultsOf(health);

/** Whether addresses may change: else each request is sent where the policy says, without resolvers and checks. */
export const mayChange = (config: RoutingConfig, design: Design): boolean =>
  design.names('faults').length > 0 || config.dns !== undefined || config.health !== undefined;
