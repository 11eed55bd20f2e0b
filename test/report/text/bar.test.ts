import { describe, expect, it } from 'vitest';
import { bar } from '../../../src/report/text/bar.ts';

describe('a bar', () => {
  it.each([
    [8, '████████'],
    [4, '████'],
    [0.125, '▏'],
    [0.25, '▎'],
    [0.375, '▍'],
    [0.5, '▌'],
    [0.625, '▋'],
    [0.75, '▊'],
    [0.875, '▉'],
    [3.5, '███▌'],
    [7.96, '████████'],
  ])('of %d of 8 over 8 columns is %s', (value, drawn) => {
    expect(bar(value, 8, 8)).toBe(drawn);
  });

  it('is seen when its value is more than nothing', () => {
    expect(bar(1e-9, 1, 10)).toBe('▏');
    expect(bar(0, 1, 10)).toBe('');
  });

  it('is no longer than its full length', () => {
    expect(bar(5, 1, 3)).toBe('███');
    expect(bar(Number.POSITIVE_INFINITY, 1, 3)).toBe('███');
  });

  it('is empty without a value or a length', () => {
    for (const [value, full] of [
      [-1, 1],
      [Number.NaN, 1],
      [1, 0],
      [1, Number.NaN],
    ]) {
      expect(bar(value, full, 3)).toBe('');
    }
  });
});
