import { z } from 'zod';
import { type Reference, reference } from '../../scenario/index.ts';
import { quantity } from '../../units/index.ts';
import {
  type ShardFunction,
  type ShardFunctionEntry,
  type ShardFunctionName,
  type ShardOptions,
  shardFunctions,
} from '../algorithms/partitioning/index.ts';
import type { KeyPopulation } from '../contracts/keys.ts';

/** Options that an author writes; a sample of keys is taken from the population itself. */
const options = {
  names: z
    .array(z.string())
    .optional()
    .describe('Names of the shards, which are hashed with the key. Default: shard-0, shard-1, …'),
  weights: z
    .array(quantity('factor', { about: 'How much of the ring a shard gets, beside the others.' }))
    .optional()
    .describe('Weights of the shards. Default: equal.'),
  boundaries: z
    .array(z.string())
    .optional()
    .describe(
      'Where each shard but the last ends (not included). Default: an even split of the keys that there are.',
    ),
  order: z
    .enum(['bytes', 'integer'])
    .optional()
    .describe('How keys compare. Default: bytes, so that "10" is before "9".'),
  modulo: z
    .enum(['abs', 'remainder', 'floor', 'mask'])
    .optional()
    .describe(
      'How a signed hash becomes a shard. abs: Math.abs(h) % n (default). floor: Math.floorMod. mask: (h & 0x7fffffff) % n.',
    ),
  hash: z
    .enum(['fnv1a64', 'crc64'])
    .optional()
    .describe('What turns the text into the 64 bits that jump. Default: fnv1a64.'),
} as const;

/** What type of key is hashed: the same word, other types by function. */
const types: Partial<Record<ShardFunctionName, z.ZodType>> = {
  'java-hash': z
    .enum(['string', 'long', 'uuid'])
    .optional()
    .describe('The Java type of the key. Default: string.'),
  postgres: z
    .enum(['text', 'int4', 'int8', 'uuid'])
    .optional()
    .describe('The type of the key’s column. Default: text.'),
};

type Name = ShardFunctionName;

function variantOf(name: Name, { about, options: read }: ShardFunctionEntry) {
  const known = read.flatMap((option): [string, z.ZodType][] => {
    const schema = option === 'type' ? types[name] : (options as Record<string, z.ZodType>)[option];
    return schema === undefined ? [] : [[option, schema]];
  });
  return z.strictObject({
    key: reference('keys', 'Whose text is hashed.'),
    function: z.literal(name).describe(`${about}.`),
    ...Object.fromEntries(known),
  });
}

const variants = Object.entries(shardFunctions).map(([name, entry]) => variantOf(name as Name, entry));

export interface ShardByConfig extends Omit<ShardOptions, 'count' | 'sample'> {
  readonly key: Reference;
  readonly function: ShardFunctionName;
}

export const shardBySchema = z
  .discriminatedUnion('function', variants as unknown as [(typeof variants)[number]])
  .describe('How a key’s text chooses its shard.') as unknown as z.ZodType<ShardByConfig>;

/** As many texts as an even split of a population is taken from, at most. */
const sampleSize = 10_000;

/**
 * The function from a key's text to its shard.
 *
 * @param population whose texts set the boundaries of ranges that the author left open
 * @throws InvalidShardOptions where no such function can be made
 */
export function shardFunctionOf(
  config: ShardByConfig,
  count: number,
  population?: Pick<KeyPopulation, 'count' | 'text'>,
): ShardFunction {
  const { key: _key, function: name, ...given } = config;
  const entry = shardFunctions[name];
  const wantsSample =
    entry.options.includes('sample') && given.boundaries === undefined && population !== undefined;
  return entry.make({ ...given, count, ...(wantsSample ? { sample: sampleOf(population) } : {}) });
}

/** Texts evenly spaced through a population; of a population without end, those of its first values. */
function sampleOf({ count, text }: Pick<KeyPopulation, 'count' | 'text'>): string[] {
  const size = Math.min(count, sampleSize);
  const step = Number.isFinite(count) ? count / size : 2 ** 53 / size;
  return Array.from({ length: size }, (_, index) => text(Math.floor(index * step)));
}
