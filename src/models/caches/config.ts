import { z } from 'zod';
import { keyedBy, type Reference, reference } from '../../scenario/index.ts';
import type { Distribution } from '../../sim/distributions/index.ts';
import { quantity } from '../../units/index.ts';
import { type BreakerConfig, breakerSchema } from '../client/breaker-config.ts';
import { distribution } from '../distribution.ts';

/** One key, or several that name an entry together. */
export const keySchema = z.union([reference('keys'), z.array(reference('keys')).min(1)]);
export type KeyConfig = Reference | readonly Reference[];

const placement = z.strictObject({
  nodes: quantity('count', {
    integer: true,
    min: 1,
    about: 'Nodes in this region. Default: nodes.',
  }).optional(),
  entries: quantity('count', {
    integer: true,
    min: 1,
    about: 'Room of this region. Default: entries.',
  }).optional(),
});

const serviceTime = z.strictObject({
  get: distribution('duration').optional().describe('For one lookup. Default: 21us.'),
  put: distribution('duration').optional().describe('For one write. Default: 26us.'),
});

const client = z
  .strictObject({
    timeout: quantity('duration', {
      positive: true,
      about:
        'How long an answer is waited for on an open connection. Then the connection is closed, and a lookup goes on as after a miss. Default: 2s.',
    }).optional(),
    connectTimeout: quantity('duration', {
      positive: true,
      about: 'How long it may take to open a connection, after one had to be closed. Default: 2s.',
    }).optional(),
    breaker: breakerSchema
      .optional()
      .describe(
        'A circuit breaker of each instance for each region’s cache, by resilience4j’s rules: while it is open, a lookup goes on at once as after a miss. Default: none.',
      ),
  })
  .describe('How long those who ask wait for a node.');

const invalidation = z
  .strictObject({
    channel: z
      .enum(['pub-sub', 'stream'])
      .default('pub-sub')
      .describe(
        'pub-sub: sent once, as Redis publishes; while nothing passes the link it is lost. stream: kept until it arrives, as with Kafka or Redis Streams.',
      ),
    delay: quantity('duration', {
      default: '0ms',
      about: 'What the channel takes beside the way: until it is polled, or a batch leaves.',
    }),
  })
  .describe('How `invalidate` reaches the caches of the other regions.');

const places = z
  .array(z.enum(['local', 'remote']))
  .min(1)
  .refine((list) => list[0] === 'local' && list.length === new Set(list).size, {
    message: 'lookup begins with local: [local] or [local, remote]',
  });

export const cacheSchema = z.strictObject({
  regions: z
    .union([z.literal('all'), z.array(reference('regions')).min(1), keyedBy('regions', placement)])
    .default('all')
    .describe('all, a list, or a map with nodes and entries by region.'),
  key: keySchema
    .optional()
    .describe('What its entries are named by, for steps that do not say: a key or a list of keys.'),
  entries: quantity('count', {
    integer: true,
    min: 1,
    about: 'Entries that a region holds, all its nodes together. Needed unless the policy is ttl.',
  }).optional(),
  ttl: quantity('duration', {
    positive: true,
    about: 'How long an entry lives after it was written; reading does not renew it. Default: for ever.',
  }).optional(),
  policy: z
    .enum(['lru', 'lfu', 'ttl', 'random'])
    .default('lru')
    .describe(
      'Who leaves when it is full. lru: the least recently used. lfu: one seldom used, as Redis samples and counts. random: any. ttl: one that expires soon; without entries nobody leaves before its time.',
    ),
  lookup: places
    .default(['local'])
    .describe('[local], or [local, remote]: after a miss the other regions’ caches are asked.'),
  remote: z
    .enum(['in-order', 'nearest-first', 'parallel'])
    .default('in-order')
    .describe(
      'How the other regions are asked. in-order: one after the other, in the scenario’s order. nearest-first: one after the other by delay. parallel: all at once; the first that has it answers.',
    ),
  fill: z
    .enum(['local', 'local-async', 'none'])
    .default('local')
    .describe(
      'After a miss here. local: what was found elsewhere is written here before going on. local-async: the same without waiting. none: only put writes.',
    ),
  singleFlight: z
    .boolean()
    .default(false)
    .describe('Lookups of a region that miss the same key at the same time share one load, and its failure.'),
  entrySize: quantity('size', {
    positive: true,
    about: 'Bytes of an entry in memory and on the wire. Default: 1KiB.',
  }).optional(),
  nodes: quantity('count', {
    integer: true,
    min: 1,
    default: 1,
    about: 'Nodes in each region. Entries are dealt over them by the slots of Redis Cluster.',
  }),
  class: z
    .string()
    .optional()
    .describe('Class of each node, for cost: cache.r7g.large. Default: priced by the memory of its entries.'),
  threads: quantity('count', {
    integer: true,
    min: 1,
    default: 1,
    about: 'Lookups and writes that a node executes at once. Redis has one thread for them.',
  }),
  serviceTime: serviceTime.optional().describe('Time of a node’s thread.'),
  client: client.optional(),
  invalidation: invalidation.optional(),
});

export type Policy = 'lru' | 'lfu' | 'ttl' | 'random';

export interface CacheConfig {
  readonly regions:
    | 'all'
    | readonly Reference[]
    | Readonly<Record<string, { readonly nodes?: number; readonly entries?: number }>>;
  readonly key?: KeyConfig;
  readonly entries?: number;
  /** Seconds. */
  readonly ttl?: number;
  readonly policy: Policy;
  readonly lookup: readonly ('local' | 'remote')[];
  readonly remote: 'in-order' | 'nearest-first' | 'parallel';
  readonly fill: 'local' | 'local-async' | 'none';
  readonly singleFlight: boolean;
  /** Bytes. */
  readonly entrySize?: number;
  readonly nodes: number;
  readonly class?: string;
  readonly threads: number;
  readonly serviceTime?: { readonly get?: Distribution; readonly put?: Distribution };
  readonly client?: CacheClientConfig;
  readonly invalidation?: {
    readonly channel: 'pub-sub' | 'stream';
    /** Seconds. */
    readonly delay: number;
  };
}

export interface CacheClientConfig {
  /** Seconds, both. */
  readonly timeout?: number;
  readonly connectTimeout?: number;
  readonly breaker?: BreakerConfig;
}

/** What stands in one region. */
export interface CachePlacement {
  readonly region: string;
  readonly nodes: number;
  /** Room of all its nodes together; Infinity where nothing bounds it. */
  readonly entries: number;
}

/** Where a cache stands, in the order of the design's regions: the order in which the other regions are asked. */
export function placements(config: CacheConfig, regions: readonly string[]): CachePlacement[] {
  const own = new Map<string, { nodes?: number; entries?: number }>();
  if (config.regions === 'all') for (const region of regions) own.set(region, {});
  else if (Array.isArray(config.regions))
    for (const { name } of config.regions as Reference[]) own.set(name, {});
  else for (const [region, each] of Object.entries(config.regions)) own.set(region, each);
  return regions
    .filter((region) => own.has(region))
    .map((region) => ({
      region,
      nodes: own.get(region)?.nodes ?? config.nodes,
      entries: own.get(region)?.entries ?? config.entries ?? Number.POSITIVE_INFINITY,
    }));
}

/** Names of the keys of a step: its own, else the cache's; undefined where nobody says. */
export function keyNames(own: KeyConfig | undefined, config: CacheConfig): readonly string[] | undefined {
  const key = own ?? config.key;
  if (key === undefined) return undefined;
  return (Array.isArray(key) ? (key as readonly Reference[]) : [key as Reference]).map(({ name }) => name);
}

/** Whether the other regions are asked after a miss. */
export const asksRemote = (config: CacheConfig): boolean => config.lookup.includes('remote');
