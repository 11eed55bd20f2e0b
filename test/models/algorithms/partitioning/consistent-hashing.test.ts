import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc64 } from '../../../../src/models/algorithms/partitioning/crc64.ts';
import { fnv1a64 } from '../../../../src/models/algorithms/partitioning/fnv1a64.ts';
import { jump, jumpShards } from '../../../../src/models/algorithms/partitioning/jump.ts';
import { rendezvousShards } from '../../../../src/models/algorithms/partitioning/rendezvous.ts';
import {
  ring,
  ringHash,
  ringPosition,
  ringShards,
} from '../../../../src/models/algorithms/partitioning/ring.ts';
import { InvalidShardOptions } from '../../../../src/models/algorithms/partitioning/shard-function.ts';
import { utf8 } from '../../../../src/models/algorithms/partitioning/utf8.ts';
import { bigintOfWord } from '../../../../src/models/algorithms/partitioning/word64.ts';
import { vectors } from './vectors.ts';

const keys24 = Array.from({ length: 24 }, (_, index) => `key-${index}`);
const keys = Array.from({ length: 2000 }, (_, index) => `acct-${index}`);

describe('jump', () => {
  it("gives the Go libraries' bucket on every vector", () => {
    const { pairs } = vectors<{
      pairs: { key: string; buckets: Record<string, number>; string?: string; fnv1a64?: string }[];
    }>('jump-consistent-hash');
    expect(pairs).toHaveLength(14);
    for (const { key, buckets, string, fnv1a64: hash } of pairs) {
      if (string !== undefined) expect(String(bigintOfWord(fnv1a64(utf8(string))))).toBe(hash);
      for (const [count, bucket] of Object.entries(buckets)) {
        expect([key, count, jump(BigInt(key), Number(count))]).toEqual([key, count, bucket]);
        if (string !== undefined) expect(jumpShards({ count: Number(count) })(string)).toBe(bucket);
      }
    }
  });

  it('places strings as lithammer/go-jump-consistent-hash does with either hasher', () => {
    const { pairs } = vectors<{
      pairs: { s: string; n: number; crc64ecma: string; crc64_ECMA_hasher: number; fnv1a_hasher: number }[];
    }>('jump-string-helpers');
    expect(pairs).toHaveLength(7);
    for (const { s, n: count, ...expected } of pairs) {
      expect({
        crc64ecma: String(bigintOfWord(crc64(utf8(s)))),
        crc64_ECMA_hasher: jumpShards({ count, hash: 'crc64' })(s),
        fnv1a_hasher: jumpShards({ count })(s),
      }).toEqual(expected);
    }
  });

  it('is the published formula in BigInt on any key', () => {
    const formula = (key: bigint, count: number) => {
      let state = key;
      let bucket = -1;
      for (let next = 0; next < count; ) {
        bucket = next;
        state = BigInt.asUintN(64, state * 2862933555777941757n + 1n);
        next = Math.trunc((bucket + 1) * (2147483648 / Number((state >> 33n) + 1n)));
      }
      return bucket;
    };
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
        fc.integer({ min: 1, max: 0x7fffffff }),
        (key, count) => {
          expect(jump(key, count)).toBe(formula(key, count));
        },
      ),
      { seed: 3, numRuns: 1000 },
    );
  });

  it('moves keys only to the shard that was added', () => {
    for (let count = 1; count < 20; count++) {
      const older = jumpShards({ count });
      const newer = jumpShards({ count: count + 1 });
      const moved = keys.filter((key) => older(key) !== newer(key));
      expect(moved.length).toBeGreaterThan(0);
      for (const key of moved) expect(newer(key)).toBe(count);
    }
  });
});

describe('rendezvous', () => {
  const file = vectors<{
    nodes: string[];
    pairs: { key: string; nodes5: string; 'without_node-3': string }[];
    'moved_when_node-3_removed': number;
    'moved_not_from_node-3': number;
  }>('rendezvous');

  it("gives dgryski/go-rendezvous' node on every vector, with and without node-3", () => {
    expect(file.pairs).toHaveLength(20);
    const rest = file.nodes.filter((node) => node !== 'node-3');
    const all = rendezvousShards({ count: 5, names: file.nodes });
    const without = rendezvousShards({ count: 4, names: rest });
    const found = file.pairs.map(({ key }) => ({
      key,
      nodes5: file.nodes[all(key)],
      'without_node-3': rest[without(key)],
    }));
    expect(found).toEqual(file.pairs);
    // The file's counts are over the whole key-0 … key-23, of which it lists two in three.
    const listed = new Set([...file.pairs.map(({ key }) => key), ...keys24]);
    const moved = [...listed].filter((key) => file.nodes[all(key)] !== rest[without(key)]);
    expect(moved).toHaveLength(file['moved_when_node-3_removed']);
    expect(moved.filter((key) => file.nodes[all(key)] !== 'node-3')).toHaveLength(
      file['moved_not_from_node-3'],
    );
  });

  it('moves only the keys of the shard that is removed, whichever it is', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { minLength: 2, maxLength: 12 }), fc.nat(), (names, drawn) => {
        const gone = drawn % names.length;
        const rest = names.filter((_, shard) => shard !== gone);
        const older = rendezvousShards({ count: names.length, names });
        const newer = rendezvousShards({ count: rest.length, names: rest });
        for (const key of keys.slice(0, 200)) {
          if (older(key) !== gone) expect(rest[newer(key)]).toBe(names[older(key)]);
        }
      }),
      { seed: 4 },
    );
  });

  it('is the published score in BigInt', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    const shard = rendezvousShards({ count: names.length, names });
    const wrap = (word: bigint) => BigInt.asUintN(64, word);
    const score = (key: string, name: string) => {
      let word = bigintOfWord(fnv1a64(utf8(key))) ^ bigintOfWord(fnv1a64(utf8(name)));
      word ^= word >> 12n;
      word = wrap(word ^ (word << 25n));
      word ^= word >> 27n;
      return wrap(word * 2685821657736338717n);
    };
    for (const key of keys.slice(0, 500)) {
      const scores = names.map((name) => score(key, name));
      const best = scores.reduce((most, next) => (next > most ? next : most));
      expect(shard(key)).toBe(scores.indexOf(best));
    }
  });
});

describe('ring', () => {
  const { rings } = vectors<{
    rings: {
      name: string;
      numpoints: number;
      servers: { addr: string; mem: number }[];
      first_points: [number, string][];
      pairs: { key: string; hash: number; point: number; server: string }[];
    }[];
  }>('ketama');

  it("has libketama's points and owners on every vector, equal, reduced and weighted", () => {
    expect(rings.map(({ pairs }) => pairs.length)).toEqual([36, 36, 36]);
    for (const { servers, numpoints, first_points, pairs } of rings) {
      const names = servers.map(({ addr }) => addr);
      const options = { count: names.length, names, weights: servers.map(({ mem }) => mem) };
      const circle = ring(options);
      const shard = ringShards(options);
      expect(circle.points).toHaveLength(numpoints);
      expect(first_points.map((_, index) => [circle.points[index], names[circle.owners[index]]])).toEqual(
        first_points,
      );
      const found = pairs.map(({ key }) => {
        const hash = ringHash(key);
        return { key, hash, point: circle.points[ringPosition(circle, hash)], server: names[shard(key)] };
      });
      expect(found).toEqual(pairs);
    }
  });

  it('wraps a hash past the last point to the first, and takes a point for itself', () => {
    const circle = ring({ count: 3 });
    const last = circle.points[circle.points.length - 1];
    expect(ringPosition(circle, last + 1)).toBe(0);
    expect(ringPosition(circle, last)).toBe(circle.points.length - 1);
    expect(ringPosition(circle, 0)).toBe(0);
  });

  it('gives every shard 160 points, except where single precision loses a digest: 156 of 61', () => {
    for (const count of [1, 2, 3, 10, 60, 62]) expect(ring({ count }).points).toHaveLength(160 * count);
    expect(ring({ count: 61 }).points).toHaveLength(156 * 61);
  });

  it('moves only the keys of the shard that is removed, where the others keep their points', () => {
    const names = Array.from({ length: 10 }, (_, shard) => `shard-${shard}`);
    const rest = names.slice(0, 9);
    const older = ringShards({ count: 10 });
    const newer = ringShards({ count: 9, names: rest });
    let moved = 0;
    for (const key of keys) {
      if (older(key) === 9) moved++;
      else expect(newer(key)).toBe(older(key));
    }
    expect(moved).toBeGreaterThan(0);
  });

  it('refuses weights that are not positive and names that repeat', () => {
    expect(() => ring({ count: 2, weights: [1, 0] })).toThrow(InvalidShardOptions);
    expect(() => ring({ count: 2, weights: [1] })).toThrow(InvalidShardOptions);
    expect(() => ring({ count: 2, names: ['a', 'a'] })).toThrow(InvalidShardOptions);
  });
});
