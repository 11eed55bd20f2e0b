import { array, assert, constantFrom, integer, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ApplyLine } from '../../../src/models/databases/apply-line.ts';
import { CommitLog } from '../../../src/models/databases/commit-log.ts';
import { PendingRows, type RowWrites, TabledRows } from '../../../src/models/databases/row-writes.ts';

/** The same by looking at every write: slow, and plainly right. */
class PlainLog {
  readonly writes: { at: number; row: number; applied: number[] }[] = [];

  firstLacking(replica: number, now: number, row?: number): number {
    const lacks = this.writes.find(
      (write) => write.applied[replica] > now && (row === undefined || write.row === row),
    );
    return lacks?.at ?? Number.NaN;
  }

  lacking(replica: number, now: number): number {
    return this.writes.filter(({ applied }) => applied[replica] > now).length;
  }
}

const steps = array(
  record({
    gap: integer({ min: 0, max: 3 }),
    row: integer({ min: 0, max: 4 }),
    lags: array(integer({ min: 0, max: 400 }), { minLength: 2, maxLength: 2 }),
  }),
  { minLength: 1, maxLength: 400 },
);

describe('a commit log', () => {
  it.each([
    ['a table of rows', () => new TabledRows(5)],
    ['rows without number', () => new PendingRows()],
  ] as [string, () => RowWrites][])(
    'with %s knows what each replica lacks, as a search through all writes does',
    (_, rows) => {
      assert(
        property(steps, constantFrom(1, 7, 50), (writes, every) => {
          const log = new CommitLog(2);
          const plain = new PlainLog();
          const newest = rows();
          let now = 0;
          writes.forEach(({ gap, row, lags }, index) => {
            now += gap;
            log.append(now, newest, row);
            const before = plain.writes.at(-1)?.applied ?? [0, 0];
            const applied = lags.map((lag, replica) => Math.max(before[replica], now + lag));
            plain.writes.push({ at: now, row, applied });
            applied.forEach((instant, replica) => {
              log.appliedAt(replica, instant);
            });
            if (index % every !== 0) return;
            for (const replica of [0, 1]) {
              expect(log.lacking(replica, now)).toBe(plain.lacking(replica, now));
              expect(log.firstLacking(replica, now)).toBe(plain.firstLacking(replica, now));
              for (let each = 0; each < 5; each += 1) {
                expect(log.firstLackingOf(replica, now, newest, each)).toBe(
                  plain.firstLacking(replica, now, each),
                );
              }
            }
          });
        }),
        { seed: 261, numRuns: 150 },
      );
    },
  );

  it('finds the first of 200,000 lacking writes of one row without looking at each', () => {
    const log = new CommitLog(1);
    const rows = new TabledRows(1);
    const count = 200_000;
    for (let write = 1; write <= count; write += 1) {
      log.append(write, rows, 0);
      log.appliedAt(0, count + write);
    }
    // One by one this would be 2·10¹⁰ steps.
    for (let done = 1; done < count; done += 1) {
      if (log.firstLackingOf(0, count + done, rows, 0) !== done + 1) throw new Error(`wrong at ${done}`);
    }
    expect(log.firstLackingOf(0, 2 * count, rows, 0)).toBeNaN();
  });

  it('forgets rows without number once every replica has their writes', () => {
    const log = new CommitLog(1);
    const rows = new PendingRows();
    for (let write = 0; write < 10_000; write += 1) {
      log.append(write, rows, write);
      log.appliedAt(0, write + 5);
    }
    const remembered = Array.from({ length: 10_000 }, (_, row) => rows.newest(row)).filter(
      (write) => write > 0,
    );
    expect(remembered.length).toBeLessThan(200);
  });
});

describe('the line that applies', () => {
  const window = { from: 100, to: 200 };

  it('keeps the order of the log when a later record would overtake on the way', () => {
    const line = new ApplyLine(window);
    line.ship(90);
    expect(line.apply(5)).toBe(95);
    line.ship(40);
    expect(line.apply(0)).toBe(95);
    line.ship(96);
    expect(line.apply(5)).toBe(101);
  });

  it('applies one record after the other', () => {
    const line = new ApplyLine(window);
    line.ship(10);
    expect([line.apply(7), line.apply(7), line.apply(7)]).toEqual([17, 24, 31]);
  });

  it('is busy only for what of its work lies in the window', () => {
    const line = new ApplyLine(window);
    for (const [arrival, work] of [
      [80, 30],
      [130, 20],
      [190, 40],
      [300, 10],
    ]) {
      line.ship(arrival);
      line.apply(work);
    }
    expect(line.appliedTicks).toBe(10 + 20 + 10);
  });
});
