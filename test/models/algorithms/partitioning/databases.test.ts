import { createCipheriv } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  crc16SlotShards,
  redisSlot,
  redisSlotOwners,
} from '../../../../src/models/algorithms/partitioning/crc16-slots.ts';
import { desNullKey } from '../../../../src/models/algorithms/partitioning/des-null-key.ts';
import {
  POSTGRES_PARTITION_SEED,
  postgresPartition,
  postgresShards,
} from '../../../../src/models/algorithms/partitioning/postgres.ts';
import {
  postgresHashBytes,
  postgresHashInt4,
  postgresHashInt8,
} from '../../../../src/models/algorithms/partitioning/postgres-hash.ts';
import { compareBytes, rangeShards } from '../../../../src/models/algorithms/partitioning/range.ts';
import {
  InvalidShardOptions,
  UnplaceableKey,
} from '../../../../src/models/algorithms/partitioning/shard-function.ts';
import { utf8 } from '../../../../src/models/algorithms/partitioning/utf8.ts';
import {
  vitessBoundaries,
  vitessKeyspaceId,
  vitessShardNames,
  vitessShards,
} from '../../../../src/models/algorithms/partitioning/vitess.ts';
import {
  bigintOfWord,
  type Word64,
  wordOfBigint,
} from '../../../../src/models/algorithms/partitioning/word64.ts';
import { vectors } from './vectors.ts';

const bigint64 = (word: Word64) => String(BigInt.asIntN(64, bigintOfWord(word)));

describe('crc16-slots', () => {
  it("gives redis-server's slot on every vector, hash tags included", () => {
    const { pairs } = vectors<{ pairs: { key: string; slot: number }[] }>('redis-cluster-slot');
    expect(pairs).toHaveLength(22);
    expect(pairs.map(({ key }) => ({ key, slot: redisSlot(utf8(key)) }))).toEqual(pairs);
  });

  it('deals slots in the ranges that redis-cli --cluster create prints', () => {
    const ends = (count: number) => {
      const owners = redisSlotOwners(count);
      return Array.from({ length: count }, (_, shard) => owners.lastIndexOf(shard));
    };
    expect(ends(1)).toEqual([16383]);
    expect(ends(3)).toEqual([5460, 10922, 16383]);
    expect(ends(5)).toEqual([3276, 6553, 9829, 13106, 16383]);
    expect(ends(6)).toEqual([2730, 5460, 8191, 10922, 13652, 16383]);
    expect(ends(16384)).toEqual(Array.from({ length: 16384 }, (_, slot) => slot));
    expect(() => redisSlotOwners(16385)).toThrow(InvalidShardOptions);
  });

  it('keeps keys of one hash tag on one shard', () => {
    const shard = crc16SlotShards({ count: 100 });
    expect(shard('{tenant7}.orders')).toBe(shard('profile:{tenant7}'));
    expect(shard('tenant7.orders')).not.toBe(shard('{tenant7}.orders'));
  });
});

describe('vitess', () => {
  const { pairs } = vectors<{
    pairs: ({ id: string; keyspace_id: string } & Record<`shard_of_${number}`, string>)[];
  }>('vitess-hash-vindex');

  it("gives Vitess' keyspace id and shard on every vector", () => {
    expect(pairs).toHaveLength(15);
    for (const { id, keyspace_id, ...shards } of pairs) {
      const hash = bigintOfWord(vitessKeyspaceId(wordOfBigint(BigInt(id))));
      expect([id, hash.toString(16).padStart(16, '0')]).toEqual([id, keyspace_id]);
      for (const [name, expected] of Object.entries(shards)) {
        const count = Number(name.replace('shard_of_', ''));
        expect(vitessShardNames(vitessBoundaries(count))[vitessShards({ count })(id)]).toBe(expected);
      }
    }
  });

  it('names shards as GenerateShardRanges does, also where the count is no power of two', () => {
    expect(vitessShardNames(vitessBoundaries(1))).toEqual(['-']);
    expect(vitessShardNames(vitessBoundaries(4))).toEqual(['-40', '40-80', '80-c0', 'c0-']);
    expect(vitessShardNames(vitessBoundaries(7)).join(' ')).toBe('-24 24-49 49-6d 6d-92 92-b6 b6-db db-');
    expect(vitessShardNames(vitessBoundaries(10)).join(' ')).toBe(
      '-19 19-33 33-4c 4c-66 66-80 80-99 99-b3 b3-cc cc-e6 e6-',
    );
    expect(vitessShardNames(vitessBoundaries(512)).slice(0, 2)).toEqual(['-0080', '0080-0100']);
  });

  it('reads a signed id as the unsigned one of the same bits, and refuses what 64 bits do not hold', () => {
    const shard = vitessShards({ count: 256 });
    expect(shard('-1')).toBe(shard('18446744073709551615'));
    expect(() => shard('acct-1')).toThrow(UnplaceableKey);
    expect(() => shard('18446744073709551616')).toThrow(UnplaceableKey);
    expect(() => shard('1.0')).toThrow("vitess cannot place the key '1.0'");
  });

  it('splits where the boundaries say: a key at a boundary belongs to the shard that starts there', () => {
    const at = (boundaries: string[]) => vitessShards({ count: 2, boundaries })('1');
    expect(at(['166b40b44aba4bd6'])).toBe(1);
    expect(at(['166b40b44aba4bd7'])).toBe(0);
    expect(() => vitessShards({ count: 3, boundaries: ['80', '40'] })).toThrow(InvalidShardOptions);
    expect(() => vitessShards({ count: 2, boundaries: ['8g'] })).toThrow(InvalidShardOptions);
    expect(() => vitessShards({ count: 4, boundaries: ['80'] })).toThrow(InvalidShardOptions);
  });

  it("DES under the zero key agrees with OpenSSL's triple DES of three zero keys", () => {
    const cipher = createCipheriv('des-ede3', Buffer.alloc(24), null).setAutoPadding(false);
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (block) => {
        const bytes = Buffer.alloc(8);
        bytes.writeBigUInt64BE(block);
        expect(bigintOfWord(desNullKey(wordOfBigint(block)))).toBe(cipher.update(bytes).readBigUInt64BE());
      }),
      { seed: 5, numRuns: 1000 },
    );
  });
});

describe('postgres', () => {
  const file = vectors<{
    modulus10: Record<'int4' | 'int8' | 'text' | 'uuid', { key: string | null; remainder: number }[]>;
    hashint4: { int4: number; hashint4: number; hashint4extended_partition_seed: string }[];
    hashint8: { int8: string; hashint8: number; hashint8extended_partition_seed: string }[];
    hashtext: { text: string; hashtext: number; hashtextextended_partition_seed: string }[];
  }>('postgres-hash-partitioning');

  it("puts every vector's key into the server's partition, of each type", () => {
    const rows = Object.values(file.modulus10).map((list) => list.length);
    expect(rows).toEqual([19, 11, 10, 4]);
    for (const type of ['int4', 'int8', 'text', 'uuid'] as const) {
      const shard = postgresShards({ count: 10, type });
      const found = file.modulus10[type].map(({ key }) => ({
        key,
        remainder: key === null ? postgresPartition(null, 10) : shard(key),
      }));
      expect({ type, found }).toEqual({ type, found: file.modulus10[type] });
    }
  });

  it("gives the server's hashes of integers and text, plain and seeded", () => {
    const seed = POSTGRES_PARTITION_SEED;
    expect([file.hashint4.length, file.hashint8.length, file.hashtext.length]).toEqual([6, 7, 5]);
    for (const { int4, hashint4, hashint4extended_partition_seed } of file.hashint4) {
      expect(postgresHashInt4(int4).low).toBe(hashint4);
      expect(bigint64(postgresHashInt4(int4, seed))).toBe(hashint4extended_partition_seed);
    }
    for (const { int8, hashint8, hashint8extended_partition_seed } of file.hashint8) {
      const word = wordOfBigint(BigInt(int8));
      expect(postgresHashInt8(word).low).toBe(hashint8);
      expect(bigint64(postgresHashInt8(word, seed))).toBe(hashint8extended_partition_seed);
    }
    for (const { text, hashtext, hashtextextended_partition_seed } of file.hashtext) {
      expect(postgresHashBytes(utf8(text)).low).toBe(hashtext);
      expect(bigint64(postgresHashBytes(utf8(text), seed))).toBe(hashtextextended_partition_seed);
    }
  });

  it('refuses a key that the column cannot hold', () => {
    const int4 = postgresShards({ count: 3, type: 'int4' });
    for (const key of ['2147483648', '-2147483649', '18446744073709551615', 'one']) {
      expect(() => int4(key)).toThrow(UnplaceableKey);
    }
    expect(() => postgresShards({ count: 3, type: 'int8' })('9223372036854775808')).toThrow(UnplaceableKey);
    expect(() => postgresShards({ count: 3, type: 'uuid' })('8f14e45f')).toThrow(UnplaceableKey);
  });
});

describe('range', () => {
  it('puts a key at a boundary into the range that starts there', () => {
    const shard = rangeShards({ count: 3, boundaries: ['g', 'p'] });
    expect(['', 'f\uffff', 'g', 'g0', 'oz', 'p', 'z'].map(shard)).toEqual([0, 0, 1, 1, 1, 2, 2]);
  });

  it('compares integers by value only where it is told to', () => {
    const boundaries = ['10', '200'];
    const keys = ['9', '10', '199', '200', '1000'];
    expect(keys.map(rangeShards({ count: 3, boundaries, order: 'integer' }))).toEqual([0, 1, 1, 2, 2]);
    expect(keys.map(rangeShards({ count: 3, boundaries }))).toEqual([2, 1, 1, 2, 1]);
    const signed = rangeShards({ count: 3, boundaries: ['-5', '4294967296'], order: 'integer' });
    expect(['-6', '-5', '4294967295', '4294967296', '9223372036854775807'].map(signed)).toEqual([
      0, 1, 1, 2, 2,
    ]);
    expect(() => signed('acct-1')).toThrow(UnplaceableKey);
  });

  it('splits a sample into parts that differ by one key at most', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 80 }),
        fc.integer({ min: 1, max: 12 }),
        (sample, wanted) => {
          const count = Math.min(wanted, sample.length);
          const shard = rangeShards({ count, sample });
          const sizes = new Array<number>(count).fill(0);
          for (const key of sample) sizes[shard(key)]++;
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        },
      ),
      { seed: 6 },
    );
  });

  it('orders strings as their UTF-8 bytes are ordered', () => {
    const text = fc
      .array(fc.constantFrom('a', 'é', '\ue000', '\uffff', '😀', '𐀀'), { maxLength: 4 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, text, (left, right) => {
        expect(Math.sign(compareBytes(left, right))).toBe(
          Buffer.compare(Buffer.from(left), Buffer.from(right)),
        );
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  it('refuses boundaries that do not ascend, of the wrong number, or a sample with too few keys', () => {
    expect(() => rangeShards({ count: 3, boundaries: ['p', 'g'] })).toThrow(InvalidShardOptions);
    expect(() => rangeShards({ count: 3, boundaries: ['g'] })).toThrow(InvalidShardOptions);
    expect(() => rangeShards({ count: 3, sample: ['a', 'b', 'a'] })).toThrow(InvalidShardOptions);
    expect(() => rangeShards({ count: 2 })).toThrow(InvalidShardOptions);
  });
});
