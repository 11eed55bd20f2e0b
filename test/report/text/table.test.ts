import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bar } from '../../../src/report/text/bar.ts';
import { styleOf } from '../../../src/report/text/style.ts';
import { type Column, table } from '../../../src/report/text/table.ts';
import { displayWidth } from '../../../src/report/text/width.ts';

const stripped = stripVTControlCharacters;
const lines = (text: string): string[] => text.split('\n').slice(1, -1);

describe('a table', () => {
  it('puts the ± of intervals below each other, and the points of numbers', () => {
    const columns: Column[] = [
      { header: 'customers → desk.serve' },
      {},
      { header: 'simulated', align: 'interval' },
      { header: 'exact, M/M/1', align: 'decimal' },
    ];
    const rows = [
      ['  throughput', '', '80.1 ± 0.2 /s', '80.0 /s'],
      ['  latency', 'mean', '49.9 ± 0.5 ms', '50.0 ms'],
      ['', 'p99', '227 ± 9 ms', '230 ms'],
      ['  reopened', '', '3', '–'],
    ];
    expect(table(columns, rows)).toEqual(
      lines(`
customers → desk.serve            simulated  exact, M/M/1
  throughput                  80.1 ± 0.2 /s       80.0 /s
  latency               mean  49.9 ± 0.5 ms       50.0 ms
                        p99    227 ± 9 ms        230 ms
  reopened                       3                      –
`),
    );
  });

  it('aligns to the left unless told, and to the right', () => {
    const rows = [
      ['trades', '9'],
      ['positions', '100'],
    ];
    expect(table([{}, { align: 'right' }], rows)).toEqual(['trades       9', 'positions  100']);
  });

  it('has bars behind words, no trailing space, and a line across where a row is a text', () => {
    const rows = [
      ['desk', 'waits for a thread', '39.9 ms', bar(39.9, 39.9, 16)],
      ['', 'works', '10 ms', bar(10, 39.9, 16)],
      'and a remark that is wider than the columns above it would need',
      ['network'],
    ];
    const columns: Column[] = [{ header: 'Where' }, {}, { header: 'mean', align: 'decimal' }, {}];
    expect(table(columns, rows, { indent: 2 })).toEqual(
      lines(`
  Where                           mean
  desk     waits for a thread  39.9 ms  ████████████████
           works               10 ms    ████
  and a remark that is wider than the columns above it would need
  network
`),
    );
  });

  it('cuts the widest of the columns that may be cut, and never below their minimum', () => {
    const columns: Column[] = [{ minimum: 6 }, { minimum: 6 }, { align: 'right' }];
    const rows = [
      ['position-service', 'us-east', '1 234'],
      ['ledger', 'asia-pacific', '7'],
    ];
    expect(table(columns, rows, { columns: 30 })).toEqual([
      'position-…  us-east      1 234',
      'ledger      asia-pacif…      7',
    ]);
    expect(table(columns, rows, { columns: 20 })).toEqual(['posit…  us-ea…  1 2…', 'ledger  asia-…     …']);
  });

  it('goes on below where a column wraps, under the indent of its text, and paints each line', () => {
    const { red } = styleOf(true);
    const columns: Column[] = [{ minimum: 12, wraps: true }, { align: 'right' }];
    const rows = [
      [{ text: '  position-service in us-east', paint: red }, '1 234'],
      ['  ledger', '7'],
    ];
    expect(table(columns, rows, { columns: 20 })).toEqual([
      `${red('  position-')}    1 234`,
      red('  service in'),
      red('  us-east'),
      '  ledger           7',
    ]);
  });

  it('cuts whole lines where no column may be cut', () => {
    expect(table([{}, { align: 'right' }], [['position-service', '1234']], { columns: 20 })).toEqual([
      'position-service  1…',
    ]);
  });

  it('gives the room that is left to the column that stretches', () => {
    const columns: Column[] = [
      { header: 'target', stretch: true },
      { header: 'margin', align: 'right' },
    ];
    expect(table(columns, [['p99 < 100 ms', '4%']], { columns: 30, indent: 2, gap: 3 })).toEqual([
      '  target                margin',
      '  p99 < 100 ms              4%',
    ]);
  });

  it('paints texts, not the spaces between them', () => {
    const { red, bold } = styleOf(true);
    const columns: Column[] = [{ header: 'x' }, { header: 'ms', align: 'decimal' }];
    const rows = [
      [
        { text: 'broken', paint: red },
        { text: '1.5', paint: red },
      ],
      ['ok', '20'],
    ];
    expect(table(columns, rows, { paintHeader: bold })).toEqual([
      `${bold('x')}         ${bold('ms')}`,
      `${red('broken')}   ${red('1.5')}`,
      'ok      20',
    ]);
  });

  it('is as wide painted as plain', () => {
    const { red } = styleOf(true);
    const cell = fc.record({ text: fc.string({ maxLength: 12, unit: 'grapheme' }), paint: fc.constant(red) });
    const columns: Column[] = [{ minimum: 3 }, { align: 'right' }, { align: 'interval', minimum: 2 }];
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell, cell)), fc.integer({ min: 8, max: 60 }), (rows, width) => {
        const painted = table(columns, rows, { columns: width });
        const plain = table(
          columns,
          rows.map((row) => row.map(({ text }) => text)),
          { columns: width },
        );
        expect(Math.max(0, ...painted.map(displayWidth))).toBeLessThanOrEqual(width);
        expect(painted.map((line) => stripped(line).trimEnd())).toEqual(plain.map((line) => line.trimEnd()));
      }),
    );
  });

  it('has only a header without rows, and nothing without either', () => {
    expect(table([{ header: 'target' }], [])).toEqual(['target']);
    expect(table([{}], [])).toEqual([]);
  });
});
