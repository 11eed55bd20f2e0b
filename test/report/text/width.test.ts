import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { styleOf } from '../../../src/report/text/style.ts';
import {
  alignLeft,
  alignRight,
  apart,
  displayWidth,
  splitAtWidth,
  truncate,
} from '../../../src/report/text/width.ts';

const { red, bold } = styleOf(true);

describe('the width of a text', () => {
  it.each([
    ['', 0],
    ['p99 < 100 ms', 12],
    ['× ± µ → λ ≤ ≥ … · – ∞', 21],
    ['┌─┬─┐│█▉▏▁▂▇●✓✗', 15],
    ['Zürich', 6],
    ['Zu\u0308rich', 6],
    ['東京', 4],
    ['ｱﾊﾟｰﾄ', 5],
    ['서울', 4],
    ['🚀', 2],
    ['👩‍💻', 2],
    ['⚠️', 2],
    ['\u001b[1mbold\u001b[22m', 4],
    ['a\u200bb', 2],
  ])('%j takes %i columns', (text, columns) => {
    expect(displayWidth(text)).toBe(columns);
  });
});

describe('truncate', () => {
  it.each([
    ['desk.serve', 10, 'desk.serve'],
    ['desk.serve', 9, 'desk.ser…'],
    ['desk.serve', 1, '…'],
    ['desk.serve', 0, ''],
    ['東京都庁', 8, '東京都庁'],
    ['東京都庁', 7, '東京都…'],
    ['東京都庁', 6, '東京…'],
    ['a → b', 4, 'a →…'],
  ])('cuts %j to %i columns: %j', (text, columns, cut) => {
    expect(truncate(text, columns)).toBe(cut);
  });

  it('ends the styles of what it cuts away', () => {
    expect(truncate(`a ${red('broken')} line`, 5)).toBe('a \u001b[31mbr…\u001b[39m');
  });

  it('never gives more columns than asked for', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(30), (text, columns) => {
        expect(displayWidth(truncate(text, columns))).toBeLessThanOrEqual(columns);
      }),
    );
  });
});

it('aligns by columns, not by characters', () => {
  expect(alignLeft('東京', 6)).toBe('東京  ');
  expect(alignRight('µs', 4)).toBe('  µs');
  expect(alignRight(bold('µs'), 4)).toBe(`  ${bold('µs')}`);
  expect(alignLeft('too long', 3)).toBe('too long');
});

it('splits a text where a line ends, and takes at least one character', () => {
  expect(splitAtWidth('abcdef', 4)).toEqual(['abcd', 'ef']);
  expect(splitAtWidth('東京都', 5)).toEqual(['東京', '都']);
  expect(splitAtWidth('東京', 1)).toEqual(['東', '京']);
  expect(splitAtWidth('ab', 9)).toEqual(['ab', '']);
});

describe('a line with two ends', () => {
  it('fills the room between them', () => {
    expect(apart('One queue', '5 runs of 1 h', 30)).toBe('One queue        5 runs of 1 h');
  });

  it('cuts the left end when both do not fit, and keeps two spaces', () => {
    expect(apart('Ten million trades a day', '5 runs of 1 h', 30)).toBe('Ten million tr…  5 runs of 1 h');
  });

  it('has no trailing spaces when there is no right end', () => {
    expect(apart('One queue', '', 30)).toBe('One queue');
  });
});
