import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  javaHash,
  javaHashShards,
  javaLongHash,
  javaPlace,
  javaUuidHash,
} from '../../../../src/models/algorithms/partitioning/java-hash.ts';
import { md5 } from '../../../../src/models/algorithms/partitioning/md5.ts';
import { UnplaceableKey } from '../../../../src/models/algorithms/partitioning/shard-function.ts';
import { utf8 } from '../../../../src/models/algorithms/partitioning/utf8.ts';
import { uuidBytes } from '../../../../src/models/algorithms/partitioning/uuid-bytes.ts';
import { wordOfBigint } from '../../../../src/models/algorithms/partitioning/word64.ts';
import { vectors } from './vectors.ts';

interface StringVectors {
  pairs: {
    s: string;
    hashCode: number;
    abs: number;
    mod: Record<string, { abs_then_mod: number; plain_rem: number; floorMod: number; mask31_mod: number }>;
    hashmap_spread: number;
    hashmap_bucket_16: number;
  }[];
  min_value_strings: {
    s: string;
    hashCode: number;
    abs: number;
    abs_mod_10: number;
    abs_mod_12: number;
    abs_mod_16: number;
    floorMod_10: number;
    mask_mod_10: number;
  }[];
}

type TypedVectors = {
  pairs: (
    | { long: string; hashCode: number }
    | {
        uuid: string;
        'UUID.hashCode': number;
        'String.hashCode': number;
        v3_nameUUIDFromBytes_of_string: string;
      }
  )[];
};

describe('java-hash', () => {
  const strings = vectors<StringVectors>('java-string-hashcode');

  it("gives Java's hashCode and all four remainders on every vector", () => {
    expect(strings.pairs).toHaveLength(31);
    for (const { s, hashCode, mod, hashmap_spread, hashmap_bucket_16 } of strings.pairs) {
      const hash = javaHash(s);
      expect([s, hash]).toEqual([s, hashCode]);
      expect(hash ^ (hash >>> 16)).toBe(hashmap_spread);
      expect((hash ^ (hash >>> 16)) & 15).toBe(hashmap_bucket_16);
      for (const [divisor, expected] of Object.entries(mod)) {
        const count = Number(divisor);
        expect({
          abs_then_mod: javaPlace(hash, count),
          plain_rem: javaPlace(hash, count, 'remainder'),
          floorMod: javaPlace(hash, count, 'floor'),
          mask31_mod: javaPlace(hash, count, 'mask'),
        }).toEqual(expected);
      }
    }
  });

  it('sends every string whose hash is the smallest integer to shard -8 of 10', () => {
    expect(strings.min_value_strings).toHaveLength(10);
    for (const pair of strings.min_value_strings) {
      expect(javaHash(pair.s)).toBe(pair.hashCode);
      const place = (count: number, modulo?: 'floor' | 'mask') => javaHashShards({ count, modulo })(pair.s);
      expect([place(10), place(12), place(16)]).toEqual([pair.abs_mod_10, pair.abs_mod_12, pair.abs_mod_16]);
      expect([place(10, 'floor'), place(10, 'mask')]).toEqual([pair.floorMod_10, pair.mask_mod_10]);
    }
  });

  it('answers below zero for no other hash, and never with negative zero', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -0x7fffffff, max: 0x7fffffff }),
        fc.integer({ min: 1, max: 5000 }),
        (hash, count) => {
          const place = javaPlace(hash, count);
          expect(place).toBeGreaterThanOrEqual(0);
          expect(place).toBeLessThan(count);
          expect(Object.is(place, -0)).toBe(false);
        },
      ),
      {
        seed: 8,
        examples: [
          [-16, 16],
          [-0x7fffffff, 1],
        ],
      },
    );
    for (const modulo of ['abs', 'remainder', 'floor', 'mask'] as const) {
      expect(Object.is(javaPlace(-0x80000000, 16, modulo), 0)).toBe(true);
    }
  });

  it("gives Java's hashCode of every Long and UUID vector", () => {
    const { pairs } = vectors<TypedVectors>('java-long-and-uuid-hashcode');
    expect(pairs).toHaveLength(10);
    for (const pair of pairs) {
      if ('long' in pair) {
        expect([pair.long, javaLongHash(wordOfBigint(BigInt(pair.long)))]).toEqual([
          pair.long,
          pair.hashCode,
        ]);
        expect(javaHashShards({ count: 0x7fffffff, type: 'long', modulo: 'remainder' })(pair.long)).toBe(
          pair.hashCode % 0x7fffffff,
        );
        continue;
      }
      expect([pair.uuid, javaUuidHash(uuidBytes(pair.uuid)!)]).toEqual([pair.uuid, pair['UUID.hashCode']]);
      expect(javaHash(pair.uuid)).toBe(pair['String.hashCode']);
      expect(javaHashShards({ count: 7, type: 'uuid', modulo: 'floor' })(pair.uuid)).toBe(
        javaPlace(pair['UUID.hashCode'], 7, 'floor'),
      );
      expect(nameUuid(pair.uuid)).toBe(pair.v3_nameUUIDFromBytes_of_string);
    }
  });

  it('refuses words where its type is long and integers where it is uuid', () => {
    const longs = javaHashShards({ count: 3, type: 'long' });
    expect(() => longs('acct-1')).toThrow(UnplaceableKey);
    expect(() => longs('9223372036854775808')).toThrow(UnplaceableKey);
    expect(() => javaHashShards({ count: 3, type: 'uuid' })('42')).toThrow(UnplaceableKey);
  });
});

/** UUID.nameUUIDFromBytes: MD5 with the version and variant bits set. */
function nameUuid(name: string): string {
  const bytes = new Uint8Array(Uint32Array.from(md5(utf8(name))).buffer);
  bytes[6] = (bytes[6] & 0x0f) | 0x30;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return Buffer.from(bytes)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
