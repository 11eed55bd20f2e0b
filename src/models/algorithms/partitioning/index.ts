/**
 * The shard functions by the name that a scenario gives them.
 */
import { crc16SlotShards } from './crc16-slots.ts';
import { type JavaHashOptions, javaHashShards } from './java-hash.ts';
import { jumpShards } from './jump.ts';
import { kafkaMurmur2Shards } from './kafka-murmur2.ts';
import { murmur3Shards } from './murmur3-shards.ts';
import { type PostgresOptions, postgresShards } from './postgres.ts';
import { rangeShards } from './range.ts';
import { rendezvousShards } from './rendezvous.ts';
import { ringShards } from './ring.ts';
import { InvalidShardOptions, type ShardFunction, type ShardOptions } from './shard-function.ts';
import { vitessShards } from './vitess.ts';

export {
  InvalidShardOptions,
  type ShardFunction,
  type ShardOptions,
  UnplaceableKey,
} from './shard-function.ts';
export { type Spread, spread, spreadOfLoads } from './spread.ts';

/** One way to shard. */
export interface ShardFunctionEntry {
  /** What it does, in a line. */
  readonly about: string;
  /** The options it reads besides `count`. */
  readonly options: readonly Exclude<keyof ShardOptions, 'count'>[];
  /** What it takes by default: any string, or only decimal integers. */
  readonly keys: 'string' | 'integer';
  /** Throws InvalidShardOptions; the function that it makes throws UnplaceableKey for a key it cannot take. */
  make(options: ShardOptions): ShardFunction;
}

export type ShardFunctionName =
  | 'java-hash'
  | 'kafka-murmur2'
  | 'murmur3'
  | 'jump'
  | 'ring'
  | 'rendezvous'
  | 'crc16-slots'
  | 'range'
  | 'vitess'
  | 'postgres';

/** All shard functions. */
export const shardFunctions: Readonly<Record<ShardFunctionName, ShardFunctionEntry>> = {
  'java-hash': {
    about:
      'Math.abs(hashCode) % n in Java; a key whose hash is the smallest integer goes to a negative shard',
    options: ['type', 'modulo'],
    keys: 'string',
    make: ({ type, ...options }) => javaHashShards({ ...options, type: oneOf(type, JAVA_TYPES) }),
  },
  'kafka-murmur2': {
    about: "murmur2 without its sign, modulo n, as Kafka's producer places keys",
    options: [],
    keys: 'string',
    make: kafkaMurmur2Shards,
  },
  murmur3: {
    about: 'MurmurHash3 x86_32, seed 0, modulo n',
    options: [],
    keys: 'string',
    make: murmur3Shards,
  },
  jump: {
    about: 'jump consistent hash of FNV-1a 64: one shard more moves only the keys that it gets',
    options: ['hash'],
    keys: 'string',
    make: jumpShards,
  },
  ring: {
    about: 'ketama ring: the first of 160 MD5 points a shard at or after the MD5 of the key',
    options: ['names', 'weights'],
    keys: 'string',
    make: ringShards,
  },
  rendezvous: {
    about: 'highest random weight of key and shard name: a lost shard moves only its own keys',
    options: ['names'],
    keys: 'string',
    make: rendezvousShards,
  },
  'crc16-slots': {
    about: 'Redis Cluster: CRC-16 of the key or its {hash tag} to 16384 slots, dealt in contiguous ranges',
    options: [],
    keys: 'string',
    make: crc16SlotShards,
  },
  range: {
    about: 'ranges of keys between boundaries, given or taken from an even split of sample keys',
    options: ['boundaries', 'sample', 'order'],
    keys: 'string',
    make: rangeShards,
  },
  vitess: {
    about: 'Vitess hash vindex: DES of an integer, in equal ranges of the keyspace id',
    options: ['boundaries'],
    keys: 'integer',
    make: vitessShards,
  },
  postgres: {
    about: "PostgreSQL's hash partitioning of a text, int4, int8 or uuid column",
    options: ['type'],
    keys: 'string',
    make: ({ type, ...options }) => postgresShards({ ...options, type: oneOf(type, POSTGRES_TYPES) }),
  },
};

const JAVA_TYPES: readonly NonNullable<JavaHashOptions['type']>[] = ['string', 'long', 'uuid'];
const POSTGRES_TYPES: readonly NonNullable<PostgresOptions['type']>[] = ['text', 'int4', 'int8', 'uuid'];

function oneOf<Type extends string>(type: string | undefined, types: readonly Type[]): Type | undefined {
  if (type === undefined || (types as readonly string[]).includes(type)) return type as Type | undefined;
  throw new InvalidShardOptions(`the type of the key must be one of ${types.join(', ')}, not ${type}`);
}
