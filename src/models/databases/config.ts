import { z } from 'zod';
import { keyedBy, type Reference, reference } from '../../scenario/index.ts';
import type { Distribution } from '../../sim/distributions/index.ts';
import { quantity } from '../../units/index.ts';
import { distribution } from '../distribution.ts';
import { type FailoverConfig, failoverSchema } from './failover/config.ts';
import { type OutboxConfig, outboxSchema } from './outbox/config.ts';
import { type TablePartitionsConfig, tablePartitionsSchema } from './partitions/config.ts';
import type { ReplicationMode } from './replication-mode.ts';
import { type ShardByConfig, shardBySchema } from './shard-by.ts';

export const consistency = z.enum(['primary', 'replica', 'nearest']);

/**
 * Which copy of a shard a read goes to. primary: always the newest. replica: the nearest replica, never the primary.
 * nearest: the nearest copy, the primary among them.
 */
export type Consistency = z.output<typeof consistency>;

const replication = z
  .strictObject({
    mode: z
      .enum(['async', 'semi-sync', 'quorum', 'sync'])
      .default('async')
      .describe(
        'On which disks a write must be before it is acknowledged, where it does not say itself. async: the primary’s; replicas follow. semi-sync: one replica’s too, waited for 10 s at most. quorum: those of more than half of the copies. sync: all; a dead replica blocks writes, with a failover until it is known to be dead.',
      ),
    apply: distribution('duration')
      .optional()
      .describe(
        'Time to apply one write on a replica, which one process does in the order of commit. Default: 84 µs.',
      ),
    flush: distribution('duration')
      .optional()
      .describe(
        'Time of one flush of a replica’s log, before it applies what it has received. Default: that of commit where some write waits for replicas, else none.',
      ),
    lagAlert: quantity('duration', {
      positive: true,
      about: 'A replica further behind than this is counted and noted.',
    }).optional(),
    keepLog: quantity('size', {
      positive: true,
      about:
        'How much of its log a primary keeps for a replica that it does not reach, PostgreSQL’s max_slot_wal_keep_size. One that needs more is copied whole when it is back, and cannot be promoted before. Default: 10GB.',
    }).optional(),
    maxStaleness: quantity('duration', {
      positive: true,
      about: 'Reads pass a replica by that is further behind than this. Default: they do not look.',
    }).optional(),
  })
  .describe('How replicas follow their primary, and what a write waits for.');

const client = z.strictObject({
  connectTimeout: quantity('duration', {
    positive: true,
    about:
      'How long a connection may take to be opened where nobody answers, as PgJDBC’s connectTimeout of 10 s. Default: as long as Linux repeats, 127 s.',
  }).optional(),
  tcpUserTimeout: quantity('duration', {
    positive: true,
    about:
      'How long what is sent, or its answer, may be missing on an open connection that nothing passes, as libpq’s tcp_user_timeout. Default: as long as Linux repeats, about 925 s.',
  }).optional(),
});

export const databaseSchema = z.strictObject({
  shards: quantity('count', {
    integer: true,
    min: 1,
    default: 1,
    about: 'Shards: each has a primary and replicas of its own.',
  }),
  shardBy: shardBySchema.optional(),
  primary: reference('regions', 'Region of the primaries. Default: the first region.').optional(),
  replicas: keyedBy(
    'regions',
    quantity('count', { integer: true }),
    'Replicas of each shard by region, besides the primary.',
  ).default({}),
  readFrom: consistency
    .default('nearest')
    .describe(
      'Which copy reads go to. primary: the newest. replica: the nearest replica. nearest: the nearest copy, the primary among them.',
    ),
  replication: replication.prefault({}),
  failover: failoverSchema.optional(),
  client: client
    .prefault({})
    .describe('How long its callers wait for a node that does not answer. One that is slow is waited for.'),
  cpu: quantity('count', {
    integer: true,
    min: 1,
    about:
      'Reads, writes and scans that a node executes at once, one a core. Default: the vCPUs of its class.',
  }).optional(),
  class: z
    .string()
    .optional()
    .describe('Instance class of each node, for cost: db.r6g.large. Default: that one, unless cpu is given.'),
  storage: quantity('size', {
    about:
      'Storage of each node, for cost; beside its table partitions. Default: 100GB, or none beside those.',
  }).optional(),
  maxConnections: quantity('count', {
    integer: true,
    min: 1,
    about:
      'Requests that a node lets in at once; more wait, as behind a pooler. Default: 100, as PostgreSQL’s max_connections.',
  }).optional(),
  rowSize: quantity('size', {
    about: 'Bytes of a row, as it is written, shipped to replicas and answered. Default: 1KiB.',
  }).optional(),
  tablePartitions: tablePartitionsSchema.optional(),
  outbox: outboxSchema.optional(),
  read: distribution('duration')
    .optional()
    .describe('Time of a core for one read. Default: lognormal, mean 30 µs, cv 1.'),
  write: distribution('duration')
    .optional()
    .describe('Time of a core for one write, before its commit. Default: lognormal, mean 0.17 ms, cv 0.5.'),
  writeRow: quantity('duration', {
    about:
      'Time of a core for each further row of a write that has several, as a batch’s flush has; on a replica, to apply it. Default: 8 µs.',
  }).optional(),
  logThroughput: quantity('bandwidth', {
    positive: true,
    about:
      'Of the disk with the log: each further row of a write takes its size, and 200 bytes, at this rate in the flush. Default: 125 MiB/s.',
  }).optional(),
  scan: distribution('duration')
    .optional()
    .describe('Time of a core for a scan’s part on one shard. Default: lognormal, mean 10 ms, cv 1.'),
  commit: distribution('duration')
    .optional()
    .describe(
      'Time of one flush of the log; commits that come meanwhile share the next. Default: lognormal, mean 2.6 ms, cv 0.5.',
    ),
});

export interface ReplicationConfig {
  readonly mode: ReplicationMode;
  readonly apply?: Distribution;
  readonly flush?: Distribution;
  /** Seconds. */
  readonly lagAlert?: number;
  /** Seconds. */
  /** Bytes. */
  readonly keepLog?: number;
  readonly maxStaleness?: number;
}

export interface DatabaseConfig {
  readonly shards: number;
  readonly shardBy?: ShardByConfig;
  readonly primary?: Reference;
  readonly replicas: Readonly<Record<string, number>>;
  readonly readFrom: Consistency;
  readonly replication: ReplicationConfig;
  readonly failover?: FailoverConfig;
  readonly client: z.output<typeof client>;
  readonly cpu?: number;
  readonly class?: string;
  /** Bytes. */
  readonly storage?: number;
  readonly maxConnections?: number;
  /** Bytes. */
  readonly rowSize?: number;
  readonly tablePartitions?: TablePartitionsConfig;
  readonly outbox?: OutboxConfig;
  readonly read?: Distribution;
  readonly write?: Distribution;
  /** Seconds. */
  readonly writeRow?: number;
  /** Bytes a second. */
  readonly logThroughput?: number;
  readonly scan?: Distribution;
  readonly commit?: Distribution;
}

/** The regions that hold copies of each shard, in the design's order, with how many and whether the primary is one. */
export interface CopyPlacement {
  readonly region: string;
  readonly copies: number;
  readonly hasPrimary: boolean;
}

export function copyPlacements(config: DatabaseConfig, regions: readonly string[]): CopyPlacement[] {
  const primary = config.primary?.name ?? regions[0];
  return regions
    .map((region) => ({
      region,
      copies: (config.replicas[region] ?? 0) + (region === primary ? 1 : 0),
      hasPrimary: region === primary,
    }))
    .filter(({ copies }) => copies > 0);
}

/** Replicas of a shard, over all regions. */
export const replicaCount = (config: DatabaseConfig): number =>
  Object.values(config.replicas).reduce((sum, count) => sum + count, 0);
