import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayWidth } from '../../../src/report/text/width.ts';
import { wrap } from '../../../src/report/text/wrap.ts';

describe('wrap', () => {
  it('breaks between words, as late as it can', () => {
    expect(wrap('desk is 80% busy and holds 1.25 times this load', 16)).toEqual([
      'desk is 80% busy',
      'and holds 1.25',
      'times this load',
    ]);
  });

  it('counts indents, and hangs the lines after the first', () => {
    expect(wrap('the zone is lost and nobody answers', 16, { indent: 2, hanging: 6 })).toEqual([
      '  the zone is',
      '      lost and',
      '      nobody',
      '      answers',
    ]);
  });

  it('breaks a word that is longer than a line, and fills its last piece up', () => {
    expect(wrap('see hottestPartitionShare now', 12)).toEqual(['see', 'hottestParti', 'tionShare', 'now']);
  });

  it('breaks an id behind a point where one is near', () => {
    expect(wrap('see workloads.trades.latency.p95 now', 12)).toEqual([
      'see',
      'workloads.',
      'trades.',
      'latency.p95',
      'now',
    ]);
  });

  it('keeps line feeds and makes one of many spaces', () => {
    expect(wrap('one  two\n\n three', 20)).toEqual(['one two', '', 'three']);
  });

  it('breaks wide characters by columns', () => {
    expect(wrap('東京都庁', 5)).toEqual(['東京', '都庁']);
  });

  it('loses no word and exceeds no line', () => {
    const word = fc.string({ minLength: 1, maxLength: 15, unit: fc.constantFrom('a', 'µ', '→', '京') });
    fc.assert(
      fc.property(fc.array(word), fc.integer({ min: 4, max: 40 }), fc.nat(2), (words, columns, indent) => {
        const lines = wrap(words.join(' '), columns, { indent });
        expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(columns);
        expect(lines.join('').replaceAll(' ', '')).toBe(words.join(''));
      }),
    );
  });
});
