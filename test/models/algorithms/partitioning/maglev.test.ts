import { describe, expect, it } from 'vitest';
import { maglev, maglevShards } from '../../../../src/models/algorithms/partitioning/maglev.ts';
import { maglevKatran } from '../../../../src/models/algorithms/partitioning/maglev-katran.ts';
import { InvalidShardOptions } from '../../../../src/models/algorithms/partitioning/shard-function.ts';
import { vectors } from './vectors.ts';

describe('maglev', () => {
  const { names, tables } = vectors<{
    names: string[];
    tables: Record<
      string,
      {
        first_entries: number[];
        first_entries_without_2: number[];
        counts: number[];
        entries_changed: number;
        changed_that_were_not_on_2: number;
      }
    >;
  }>('maglev-dgryski');

  it("has dgryski/go-maglev's entries on every vector, with and without backend 2", () => {
    expect(Object.keys(tables)).toEqual(['7', '13', '251', '65537']);
    for (const [size, expected] of Object.entries(tables)) {
      const table = maglev(names, Number(size));
      const without = maglev(names, Number(size), [2]);
      const changed = [...table].map((_, entry) => entry).filter((entry) => table[entry] !== without[entry]);
      expect({
        first_entries: [...table.subarray(0, expected.first_entries.length)],
        first_entries_without_2: [...without.subarray(0, expected.first_entries_without_2.length)],
        counts: names.map((_, backend) => table.filter((owner) => owner === backend).length),
        entries_changed: changed.length,
        changed_that_were_not_on_2: changed.filter((entry) => table[entry] !== 2).length,
      }).toEqual(expected);
    }
  });

  it("has katran's entries on every vector, in both versions", () => {
    const { rings } = vectors<{
      rings: {
        impl: string;
        ring_size: number;
        endpoints: { num: number; weight: number; hash: number }[];
        first_64: number[];
        counts: Record<string, number>;
      }[];
    }>('maglev-katran');
    expect(rings).toHaveLength(8);
    for (const { impl, ring_size, endpoints, first_64, counts } of rings) {
      const table = maglevKatran(
        endpoints.map(({ num, weight, hash }) => ({ number: num, weight, hash: BigInt(hash) })),
        impl === 'MaglevHashV2' ? 2 : 1,
        ring_size,
      );
      expect([...table.subarray(0, 64)]).toEqual(first_64);
      for (const [number, count] of Object.entries(counts)) {
        expect(table.filter((owner) => owner === Number(number))).toHaveLength(count);
      }
    }
  });

  it('gives backends shares that differ by one entry', () => {
    for (const count of [1, 3, 10]) {
      const shard = maglevShards({ count, size: 251 });
      expect(new Set(Array.from({ length: 500 }, (_, key) => shard(`key-${key}`))).size).toBe(count);
      const table = maglev(
        Array.from({ length: count }, (_, backend) => `shard-${backend}`),
        251,
      );
      const sizes = Array.from(
        { length: count },
        (_, backend) => table.filter((owner) => owner === backend).length,
      );
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    }
  });

  it('refuses a size that is no prime and a table of nobody', () => {
    expect(() => maglev(names, 65536)).toThrow(InvalidShardOptions);
    expect(() => maglev(['a'], 7, [0])).toThrow(InvalidShardOptions);
    expect(() => maglevKatran([], 2)).toThrow(InvalidShardOptions);
  });
});
