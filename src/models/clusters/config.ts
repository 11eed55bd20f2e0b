import { z } from 'zod';
import { type Reference, reference } from '../../scenario/index.ts';
import { constant, type Distribution } from '../../sim/distributions/index.ts';
import { quantity } from '../../units/index.ts';
import type { Design } from '../design.ts';
import { distribution } from '../distribution.ts';

export const clusterSchema = z.strictObject({
  regions: z
    .union([z.literal('all'), z.array(reference('regions')).min(1)])
    .default('all')
    .describe('all, or a list: each of these regions has a cluster of its own.'),
  brokers: quantity('count', {
    integer: true,
    min: 1,
    default: 3,
    about: 'Brokers of each cluster.',
  }),
  shards: quantity('count', {
    integer: true,
    min: 1,
    default: 1,
    about: 'Clusters in each region, all alike; a topic’s shardBy says which of them has a key.',
  }),
  mirror: z
    .union([z.literal('all'), z.array(reference('regions')).min(2)])
    .optional()
    .describe(
      'Regions whose records are copied to each other’s clusters, for consumers that ask for them by mirrored: all, or a list. Default: none.',
    ),
  append: distribution('duration')
    .optional()
    .describe(
      'Time of a broker for one request that it appends: a producer’s, or what a follower has fetched. Default: 50us.',
    ),
  bandwidth: quantity('bandwidth', {
    positive: true,
    default: '605MB/s',
    about: 'Bytes that a broker can append, its own partitions and the copies of others together.',
  }),
  class: z
    .string()
    .default('kafka.m7g.large')
    .describe(
      'What a broker runs on, for the cost: kafka.m7g.large of MSK, or a node of your own such as i3en.xlarge.',
    ),
});

export interface ClusterConfig {
  readonly regions: 'all' | readonly Reference[];
  readonly brokers: number;
  readonly shards: number;
  readonly mirror?: 'all' | readonly Reference[];
  readonly append?: Distribution;
  /** Bytes a second. */
  readonly bandwidth: number;
  readonly class: string;
}

/** Fixed time of an append where the scenario does not say. */
export const assumedAppend = constant(50e-6);

/** Names of the regions that have a cluster, in the design's order. */
export const regionsOf = (config: ClusterConfig, design: Design): readonly string[] =>
  config.regions === 'all' ? design.regions : config.regions.map(({ name }) => name);

/** Whether a cloud runs the brokers: then copies between its zones are not charged. */
export const isManaged = ({ class: name }: ClusterConfig): boolean => name.startsWith('kafka.');
