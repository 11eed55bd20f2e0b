import { assert, constantFrom, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rangePruning } from '../../../src/models/algorithms/pruning/range-pruning.ts';
import {
  lengthOf,
  nameOfUnit,
  startOfUnit,
  unitAt,
} from '../../../src/models/databases/partitions/calendar.ts';
import { DatePartitions } from '../../../src/models/databases/partitions/date-partitions.ts';
import { Tiers } from '../../../src/models/databases/partitions/tiers.ts';

const instant = (text: string) => Date.parse(text) / 1000;
const day = 86_400e9;

describe('a calendar of partitions', () => {
  it('has months of their own lengths, over the end of a year and in a leap year', () => {
    const seconds = (month: string) => {
      const number = unitAt('month', instant(`${month}-15T12:00Z`));
      return (startOfUnit('month', number + 1) - startOfUnit('month', number)) / 86_400;
    };
    expect(['2026-12', '2026-02', '2028-02', '2026-04'].map(seconds)).toEqual([31, 28, 29, 30]);
  });

  it('begins a unit at its first instant and not before', () => {
    for (const unit of ['day', 'month'] as const) {
      const number = unitAt(unit, instant('2026-03-01T00:00Z'));
      expect(unitAt(unit, instant('2026-03-01T00:00Z') - 1)).toBe(number - 1);
      expect(startOfUnit(unit, number)).toBe(instant('2026-03-01T00:00Z'));
    }
  });

  it('is named as dates are', () => {
    expect(nameOfUnit('month', unitAt('month', instant('2026-01-31T23:59Z')))).toBe('2026-01');
    expect(nameOfUnit('day', unitAt('day', instant('2026-01-31T23:59Z')))).toBe('2026-01-31');
  });
});

describe('the partitions of a run', () => {
  it('are found as PostgreSQL’s planner prunes them, before and after a roll-over', () => {
    const instants = integer({ min: -900 * 86_400, max: 50 * 86_400 });
    assert(
      property(
        constantFrom('day' as const, 'month' as const),
        integer({ min: 1, max: 24 }),
        integer({ min: 0, max: 1 }),
        instants,
        instants,
        (unit, kept, rolls, one, other) => {
          const startAt = instant('2026-01-14T12:00Z');
          const partitions = new DatePartitions(unit, kept, startAt, 40 * day);
          for (let roll = 0; roll < rolls; roll += 1) partitions.rollOver();
          const first = unitAt(unit, startAt) - kept + 1 + rolls;
          const table = {
            columns: ['ts'],
            partitions: Array.from({ length: kept }, (_, index) => ({
              from: [startOfUnit(unit, first + index) - startAt],
              to: [startOfUnit(unit, first + index + 1) - startAt],
            })),
            hasDefault: false,
          };
          const [from, to] = [Math.min(one, other), Math.max(one, other)];
          const scanned = rangePruning(table)({ column: 'ts', between: [from, to] }).partitions;
          const low = Math.max(partitions.at(from * 1e9), partitions.oldest);
          // What lies after the newest is in none; the model has no rows of the future.
          const isAfterAll = from >= table.partitions[kept - 1].to[0];
          const high = isAfterAll ? low - 1 : partitions.at(to * 1e9);
          const found = Array.from(
            { length: Math.max(0, high - low + 1) },
            (_, index) => low + index - partitions.oldest,
          );
          expect(found).toEqual(scanned);
        },
      ),
      { seed: 262, numRuns: 1000 },
    );
  });

  it('number as many as are kept, and know when the next one is made', () => {
    const partitions = new DatePartitions('month', 3, instant('2026-01-31T23:00Z'), 2 * day);
    expect([partitions.oldest, partitions.newest, partitions.nextAt]).toEqual([0, 2, 3600e9]);
    expect([0, 1, 2].map((partition) => partitions.nameOf(partition))).toEqual([
      '2025-11',
      '2025-12',
      '2026-01',
    ]);
    partitions.rollOver();
    expect([partitions.oldest, partitions.newest, partitions.nextAt]).toEqual([1, 3, 3600e9 + 28 * day]);
    expect(partitions.secondsOf(3)).toBe(28 * 86_400);
  });

  it('are in the tiers that their ages say, and after a roll-over once they have been moved', () => {
    const partitions = new DatePartitions('day', 6, instant('2026-01-14T12:00Z'), day);
    const tiers = new Tiers(partitions, { hot: 2, warm: 1, cold: 3 });
    const counted = (from: number, to: number) => {
      tiers.count(from, to);
      return [tiers.hot, tiers.warm, tiers.cold];
    };
    expect(counted(0, 5)).toEqual([2, 1, 3]);
    expect(counted(2, 4)).toEqual([1, 1, 1]);
    expect(counted(3, 2)).toEqual([0, 0, 0]);
    partitions.rollOver();
    expect(counted(1, 6)).toEqual([3, 1, 2]);
    tiers.compressed(4);
    expect(counted(1, 6)).toEqual([2, 2, 2]);
    tiers.archived(3);
    expect(counted(1, 6)).toEqual([2, 1, 3]);
    expect([2, 3, 4, 5].map((each) => [tiers.isWarm(each), tiers.isCold(each)])).toEqual([
      [false, true],
      [false, true],
      [true, false],
      [false, false],
    ]);
  });

  it('cover 730 hours a month on the mean over the years', () => {
    const years = 400;
    const months = startOfUnit('month', unitAt('month', 0) + 12 * years) / (12 * years);
    // A Gregorian year is 365.2425 days, 12 months of 730 hours are 365.
    expect(months / lengthOf.month).toBeCloseTo(365.2425 / 365, 6);
  });
});
