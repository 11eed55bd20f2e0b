import { array, assert, boolean, constantFrom, integer, oneof, property, record, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Comparison, Predicate } from '../../../../src/models/algorithms/pruning/predicate.ts';
import { RangeBounds } from '../../../../src/models/algorithms/pruning/range-bounds.ts';
import { type RangeTable, rangePruning } from '../../../../src/models/algorithms/pruning/range-pruning.ts';
import { vectors } from '../partitioning/vectors.ts';

interface Vectors {
  readonly cases: readonly { readonly table: string; readonly pred: string; readonly scanned: string[] }[];
}

const { cases } = vectors<Vectors>('postgres-range-pruning');

/** Days of January 2024 and their fractions; ev_0101 is [1, 2). */
const events: RangeTable = {
  columns: ['ts'],
  partitions: Array.from({ length: 10 }, (_, day) => ({ from: [day + 1], to: [day + 2] })),
  hasDefault: true,
};
const MIN = Number.NEGATIVE_INFINITY;
const MAX = Number.POSITIVE_INFINITY;
const regions: RangeTable = {
  columns: ['region', 'd'],
  partitions: [
    { from: [1, MIN], to: [1, 100] },
    { from: [1, 100], to: [2, MIN] },
    { from: [2, MIN], to: [3, MAX] },
  ],
  hasDefault: false,
};
const tables: Readonly<Record<string, { readonly table: RangeTable; name(partition: number): string }>> = {
  ev: { table: events, name: (partition) => `ev_01${String(partition + 1).padStart(2, '0')}` },
  mc: { table: regions, name: (partition) => `mc_${partition + 1}` },
};

const ts = (is: Comparison, value: number): Predicate => ({ column: 'ts', is, value });
const region = (is: Comparison, value: number): Predicate => ({ column: 'region', is, value });
const d = (is: Comparison, value: number): Predicate => ({ column: 'd', is, value });
const opaque = (text: string): Predicate => ({ opaque: text });

/** The vectors' SQL, read by hand. */
const read: Readonly<Record<string, Predicate>> = {
  "ts >= '2024-01-03' and ts < '2024-01-05'": { and: [ts('>=', 3), ts('<', 5)] },
  "ts = '2024-01-03 12:00+00'": ts('=', 3.5),
  "ts <= '2024-01-02'": ts('<=', 2),
  "ts > '2024-01-09'": ts('>', 9),
  "ts in ('2024-01-01 01:00+00','2024-01-07 01:00+00')": { column: 'ts', in: [1 + 1 / 24, 7 + 1 / 24] },
  "ts >= '2024-01-11'": ts('>=', 11),
  'acct = 5': { column: 'acct', is: '=', value: 5 },
  "ts = '2024-01-03 12:00+00' or acct = 5": { or: [ts('=', 3.5), { column: 'acct', is: '=', value: 5 }] },
  "ts::date = '2024-01-03'": opaque('ts::date'),
  "ts >= '2024-01-03' and ts < '2024-01-03'": { and: [ts('>=', 3), ts('<', 3)] },
  "date_trunc('day',ts) = '2024-01-03'": opaque('date_trunc'),
  'region=1 and d=50': { and: [region('=', 1), d('=', 50)] },
  'region=1': region('=', 1),
  'region=2': region('=', 2),
  'd=50': d('=', 50),
  'region=1 and d>=100': { and: [region('=', 1), d('>=', 100)] },
  '(region,d) < (1,100)': opaque('a comparison of rows'),
};

describe('pruning by ranges', () => {
  it.each(cases.map(({ table, pred, scanned }) => [table, pred, scanned] as const))(
    'scans what PostgreSQL 15.18 scans: %s where %s',
    (name, sql, scanned) => {
      const { table, name: nameOf } = tables[name];
      const { partitions, scansDefault } = rangePruning(table)(read[sql]);
      expect([...partitions.map(nameOf), ...(scansDefault ? [`${name}_default`] : [])]).toEqual(scanned);
    },
  );

  it('has all 17 answers of the vectors', () => {
    expect(cases).toHaveLength(17);
  });

  it('scans a partition too many where only the first column is compared exclusively, as PostgreSQL does', () => {
    // No row with region > 1 is below (2, MINVALUE).
    expect(rangePruning(regions)(region('>', 1)).partitions).toEqual([1, 2]);
  });

  it('uses columns of the key in their order only', () => {
    expect(rangePruning(regions)({ and: [region('>', 1), d('=', 50)] }).partitions).toEqual([1, 2]);
    expect(rangePruning(regions)({ and: [region('>=', 1), d('>=', 100)] }).partitions).toEqual([1, 2]);
  });

  it('leaves out of an AND what it cannot use', () => {
    const predicate = { and: [ts('=', 4.5), opaque('price > 10'), { or: [ts('=', 4.1), ts('=', 6)] }] };
    expect(rangePruning(events)(predicate)).toEqual({ partitions: [3], scansDefault: false });
  });

  it('scans nothing where two ranges have nothing in common', () => {
    const predicate: Predicate = { and: [{ column: 'ts', between: [1, 2.5] }, ts('>', 4)] };
    expect(rangePruning(events)(predicate)).toEqual({ partitions: [], scansDefault: false });
  });

  it('looks into the default partition where a gap between partitions matches', () => {
    const table = { ...events, partitions: events.partitions.filter((_, day) => day !== 4) };
    expect(rangePruning(table)(ts('=', 5.5))).toEqual({ partitions: [], scansDefault: true });
    expect(rangePruning(table)({ column: 'ts', between: [4.5, 6.5] })).toEqual({
      partitions: [3, 4],
      scansDefault: true,
    });
    expect(rangePruning({ ...table, hasDefault: false })(ts('=', 5.5)).scansDefault).toBe(false);
  });

  it('takes partitions in any order, and none that overlap', () => {
    const reversed = { ...events, partitions: events.partitions.toReversed() };
    expect(rangePruning(reversed)(ts('=', 1.5)).partitions).toEqual([9]);
    expect(
      () =>
        new RangeBounds([
          { from: [1], to: [3] },
          { from: [2], to: [4] },
        ]),
    ).toThrow('overlaps');
    expect(() => new RangeBounds([{ from: [3], to: [3] }])).toThrow('no room');
  });
});

const comparison = record({
  column: constantFrom('region', 'd'),
  is: constantFrom<Comparison[]>('=', '<', '<=', '>', '>='),
  value: integer({ min: 0, max: 6 }),
});
const clause = oneof(
  comparison,
  record({
    column: constantFrom('region', 'd'),
    in: array(integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 3 }),
  }),
  array(comparison, { minLength: 1, maxLength: 3 }).map((or) => ({ or })),
);

function holds(predicate: Predicate, row: Readonly<Record<string, number>>): boolean {
  if ('and' in predicate) return predicate.and.every((each) => holds(each, row));
  if ('or' in predicate) return predicate.or.some((each) => holds(each, row));
  if ('in' in predicate) return predicate.in.includes(row[predicate.column]);
  if (!('is' in predicate)) return true;
  const { column, is, value } = predicate;
  const own = row[column];
  return { '=': own === value, '<': own < value, '<=': own <= value, '>': own > value, '>=': own >= value }[
    is
  ];
}

describe('a mistake of PostgreSQL', () => {
  it('is made here, too: a range that begins with the very first bound misses those that begin alike', () => {
    const table: RangeTable = {
      columns: ['a', 'b'],
      partitions: [
        { from: [0, MIN], to: [0, 1] },
        { from: [0, 1], to: [1, MIN] },
        { from: [1, MIN], to: [1, 3] },
        { from: [1, 3], to: [1, 5] },
      ],
      hasDefault: false,
    };
    // EXPLAIN of 15.18 scans the first partition only, and (0, 2) is not found unless enable_partition_pruning is off.
    expect(rangePruning(table)({ column: 'a', is: '<=', value: 0 }).partitions).toEqual([0]);
  });
});

/** Whether a range of the first column begins with that of the first or last bound: there PostgreSQL may be wrong. */
const isAtEnd = (predicate: Predicate, ends: readonly number[]): boolean => {
  if ('or' in predicate) return predicate.or.some((each) => isAtEnd(each, ends));
  return (
    'is' in predicate &&
    predicate.column === 'region' &&
    predicate.is !== '=' &&
    ends.includes(predicate.value)
  );
};

describe('whatever the partitions and the predicate', () => {
  it('no row that a predicate wants lies in a partition that is not scanned', () => {
    const cuts = array(tuple(integer({ min: 0, max: 5 }), constantFrom(MIN, 1, 3, 5)), {
      minLength: 2,
      maxLength: 7,
    });
    assert(
      property(cuts, array(clause, { minLength: 1, maxLength: 3 }), boolean(), (points, and, hasDefault) => {
        const sorted = [...new Map(points.map((point) => [point.join(), point])).values()].sort(
          (a, b) => a[0] - b[0] || (a[1] < b[1] ? -1 : 1),
        );
        const ends = [sorted[0]?.[0], sorted.at(-1)?.[0]];
        if (and.some((each) => isAtEnd(each, ends as number[]))) return;
        // Every third range is left to the default partition.
        const partitions = sorted
          .slice(1)
          .map((to, index) => ({ from: sorted[index], to }))
          .filter((_, index) => index % 3 !== 2);
        const scanned = rangePruning({ columns: ['region', 'd'], partitions, hasDefault })({ and });
        const below = (a: readonly number[], b: readonly number[]) =>
          a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);
        for (let first = 0; first <= 6; first += 1) {
          for (let second = 0; second <= 6; second += 1) {
            if (!holds({ and }, { region: first, d: second })) continue;
            const row = [first, second];
            const home = partitions.findIndex(({ from, to }) => !below(row, from) && below(row, to));
            if (home >= 0) expect(scanned.partitions).toContain(home);
            else if (hasDefault) expect(scanned.scansDefault).toBe(true);
          }
        }
      }),
      { seed: 262, numRuns: 3000 },
    );
  });
});
