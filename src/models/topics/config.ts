import { z } from 'zod';
import { type Reference, reference } from '../../scenario/index.ts';
import { quantity } from '../../units/index.ts';
import type { Design } from '../design.ts';

/** The shard functions that take any text and answer with a shard that exists, whatever else is said. */
const shardNames = ['kafka-murmur2', 'murmur3', 'jump', 'ring', 'rendezvous', 'crc16-slots'] as const;
export type ShardName = (typeof shardNames)[number];

const producer = z
  .strictObject({
    acks: z
      .union([z.literal('all'), z.literal(1), z.literal(0)])
      .default('all')
      .describe(
        'What a publish waits for. all: the in-sync replicas. 1: the leader’s append. 0: nothing, it goes on at once.',
      ),
    linger: quantity('duration', {
      default: '5ms',
      about: 'How long a batch waits for more records after its first one.',
    }),
    batchSize: quantity('size', {
      positive: true,
      default: '16KiB',
      about: 'Bytes of a batch: a full one leaves at once.',
    }),
    maxInFlight: quantity('count', {
      integer: true,
      min: 1,
      default: 5,
      about: 'Requests to one broker that may be unanswered at once; meanwhile batches grow.',
    }),
  })
  .describe('How each instance’s producer is set up. Topics with equal settings share it.');

export const topicSchema = z.strictObject({
  cluster: reference('clusters', 'The brokers that keep it, in each of the cluster’s regions.'),
  key: reference(
    'keys',
    'What its records are partitioned by. Default: nothing, partitions take turns batch by batch.',
  ).optional(),
  shardBy: z
    .enum(shardNames)
    .optional()
    .describe(
      'How a record’s key chooses its cluster, where clusters.X.shards makes several in each region; its partition there is Kafka’s to choose.',
    ),
  partitions: quantity('count', {
    integer: true,
    min: 1,
    default: 1,
    about: 'Partitions in each region, on each cluster.',
  }),
  replicationFactor: quantity('count', {
    integer: true,
    min: 1,
    about: 'Copies of each partition. Default: 3, or the brokers there are.',
  }).optional(),
  minInsyncReplicas: quantity('count', {
    integer: true,
    min: 1,
    default: 1,
    about: 'Replicas that must be in sync for a publish with acks: all to be taken.',
  }),
  uncleanElection: z
    .boolean()
    .default(false)
    .describe(
      'Whether a replica that is not in sync may lead where no other can: what it lacks is lost, and publishing goes on.',
    ),
  recordSize: quantity('size', {
    positive: true,
    default: '1KiB',
    about: 'Bytes of a record, key included.',
  }),
  retention: quantity('duration', {
    positive: true,
    default: '7d',
    about: 'How long records are kept, for the cost of storage.',
  }),
  mirrored: z
    .boolean()
    .default(true)
    .describe('Whether it is copied between regions where its cluster is a mirror.'),
  producer: producer.prefault({} as never),
});

export interface ProducerConfig {
  readonly acks: 'all' | 1 | 0;
  /** Seconds. */
  readonly linger: number;
  /** Bytes. */
  readonly batchSize: number;
  readonly maxInFlight: number;
}

export interface TopicConfig {
  readonly cluster: Reference;
  readonly key?: Reference;
  readonly shardBy?: ShardName;
  readonly partitions: number;
  readonly replicationFactor?: number;
  readonly minInsyncReplicas: number;
  readonly uncleanElection: boolean;
  /** Bytes. */
  readonly recordSize: number;
  /** Seconds. */
  readonly retention: number;
  readonly mirrored: boolean;
  readonly producer: ProducerConfig;
}

/** A cluster, as much of it as a topic must know before it is built. */
interface ClusterOutline {
  readonly regions: 'all' | readonly Reference[];
  readonly brokers: number;
  readonly class: string;
  readonly mirror?: 'all' | readonly Reference[];
  readonly shards: number;
}

const outlineOf = (config: TopicConfig, design: Design): ClusterOutline =>
  design.entry<ClusterOutline>('clusters', config.cluster.name) as ClusterOutline;

export const brokersOf = (config: TopicConfig, design: Design): number => outlineOf(config, design).brokers;

/** Clusters in each region. */
export const shardsOf = (config: TopicConfig, design: Design): number => outlineOf(config, design).shards;

/** What is paid for a byte kept: of brokers that a cloud runs, or of their own disks. */
export const storageOf = (config: TopicConfig, design: Design): string =>
  outlineOf(config, design).class.startsWith('kafka.') ? 'kafka storage' : 'gp3 storage';

/** Names of the regions where a topic stands. */
export function regionsOf(config: TopicConfig, design: Design): readonly string[] {
  const { regions } = outlineOf(config, design);
  return regions === 'all' ? design.regions : regions.map(({ name }) => name);
}

/** The regions whose records of a topic are copied to each other; none where nothing is. */
export function mirrorsOf(config: TopicConfig, design: Design): readonly string[] {
  const { mirror } = outlineOf(config, design);
  if (mirror === undefined || !config.mirrored) return [];
  return mirror === 'all' ? regionsOf(config, design) : mirror.map(({ name }) => name);
}

export const replicationOf = (config: TopicConfig, design: Design): number =>
  config.replicationFactor ?? Math.min(3, brokersOf(config, design));
