import { z } from 'zod';
import { keyedBy, type Reference, reference, shares } from '../../scenario/index.ts';
import type { Distribution } from '../../sim/distributions/index.ts';
import { quantity } from '../../units/index.ts';
import type { NodeChoice } from '../algorithms/placement/choose-node.ts';
import { distribution } from '../distribution.ts';
import { type Purchase, purchases } from './mix.ts';

const ownNode = z
  .strictObject({
    name: z.string().describe('What it is called, in the bill too: price it under prices.override.'),
    cores: quantity('cores', { positive: true, about: 'Cores of a node.' }),
  })
  .describe('A node that is not of EC2.');

const limits = z
  .strictObject({
    min: quantity('count', { integer: true, default: 0, about: 'Nodes that are kept even when empty.' }),
    max: quantity('count', {
      integer: true,
      min: 1,
      about: 'Nodes at most; those under notice do not count. Default: no bound.',
    }).optional(),
  })
  .describe('Bounds of the number of nodes in a region.');

const interruptions = z.union([
  z.enum(['aws', 'none']),
  z.strictObject({
    rate: quantity('rate', { about: 'Of one spot node: 0.1/month.' }),
  }),
]);

const regionOwn = z
  .strictObject({
    mix: shares({
      words: purchases,
      about: 'How its nodes are bought in this region. Default: as in the others.',
    }).optional(),
    size: quantity('count', {
      integer: true,
      about: 'Nodes that the mix divides in this region. Default: as in the others.',
    }).optional(),
  })
  .describe('What is this region’s own.');

export const poolSchema = z.strictObject({
  node: z
    .union([z.string(), ownNode])
    .default('m6i.xlarge')
    .describe('Type of the nodes: one of EC2, or a name and cores.'),
  mix: shares({
    words: purchases,
    about:
      'How nodes are bought: shares of `size`. Reserved ones are paid for always; on demand and spot come and go; what exceeds `size` is on demand.',
  }).prefault({ 'on-demand': '100%' }),
  size: quantity('count', {
    integer: true,
    about: 'Nodes in a region that `mix` divides. Default: the nodes that the instances at the start need.',
  }).optional(),
  regions: z
    .union([z.literal('all'), z.array(reference('regions')), keyedBy('regions', regionOwn)])
    .default('all')
    .describe('Where it has nodes: all, a list, or a map with mix and size by region.'),
  nodes: limits.default({ min: 0 }),
  system: quantity('cores', {
    about:
      'Cores of a node that its system keeps. Default: 6% of the first, 1% of the second, 0.5% of the next two, 0.25% of the others.',
  }).optional(),
  placement: z
    .enum(['most-allocated', 'least-allocated'])
    .default('most-allocated')
    .describe(
      'Which node with room an instance goes to: the fullest (nodes fall empty and are given back), or the emptiest.',
    ),
  startup: distribution('duration')
    .optional()
    .describe('From buying a node to its being ready. Default: a lognormal of mean 55 s, cv 0.1.'),
  scaleDown: quantity('duration', {
    default: '10m',
    about: 'How long an empty node is kept, reserved ones for ever.',
  }),
  interruptions: interruptions
    .default('aws')
    .describe(
      'How often spot nodes are taken away, two minutes after a notice: as AWS does in the region, never, or at a rate.',
    ),
});

/** What a region may have of its own. */
type RegionOwn = Partial<Pick<PoolConfig, 'mix' | 'size'>>;

export interface PoolConfig {
  readonly node: string | { readonly name: string; readonly cores: number };
  readonly mix: Readonly<Partial<Record<Purchase, number>>>;
  readonly size?: number;
  readonly regions: 'all' | readonly Reference[] | Readonly<Record<string, RegionOwn>>;
  readonly nodes: { readonly min: number; readonly max?: number };
  readonly system?: number;
  readonly placement: NodeChoice;
  readonly startup?: Distribution;
  /** Seconds. */
  readonly scaleDown: number;
  readonly interruptions: 'aws' | 'none' | { readonly rate: number };
}

/** Names of the regions where a pool has nodes. */
export function poolRegions({ regions }: PoolConfig, all: readonly string[]): readonly string[] {
  if (regions === 'all') return all;
  return isList(regions) ? [...new Set(regions.map(({ name }) => name))] : Object.keys(regions);
}

/** A pool as it is in one of its regions. */
export function poolIn(config: PoolConfig, region: string): PoolConfig {
  const { regions } = config;
  return regions === 'all' || isList(regions) ? config : { ...config, ...regions[region] };
}

/** A pool as it is in each of its regions. */
export const poolsByRegion = (config: PoolConfig, all: readonly string[]): readonly PoolConfig[] =>
  poolRegions(config, all).map((region) => poolIn(config, region));

const isList = (regions: Exclude<PoolConfig['regions'], 'all'>): regions is readonly Reference[] =>
  Array.isArray(regions);
