import { describe, expect, it } from 'vitest';
import { sparkline } from '../../../src/report/text/sparkline.ts';

describe('a sparkline', () => {
  it('has eight levels from zero to the highest value', () => {
    expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7])).toBe('▁▂▃▄▅▆▇█');
    expect(sparkline([12, 12, 24, 6])).toBe('▅▅█▃');
  });

  it('begins at the lowest value only when that is below zero', () => {
    expect(sparkline([-4, 0, 4])).toBe('▁▅█');
    expect(sparkline([96, 100])).toBe('██');
  });

  it('takes the levels that it is told, so that two can be compared', () => {
    expect(sparkline([96, 100], { low: 92, high: 100 })).toBe('▅█');
    expect(sparkline([50, 500], { high: 100 })).toBe('▅█');
  });

  it('shows what is constant at the top, and nothing at the bottom', () => {
    expect(sparkline([3, 3, 3])).toBe('███');
    expect(sparkline([0, 0, 0])).toBe('▁▁▁');
    expect(sparkline([])).toBe('');
  });

  it('leaves a gap where there is no value, and is not flattened by infinity', () => {
    expect(sparkline([1, Number.NaN, 2, Number.POSITIVE_INFINITY])).toBe('▅ ██');
  });

  it('keeps a peak when many values share a column', () => {
    const quiet = Array.from({ length: 1000 }, () => 1);
    quiet[503] = 8;
    expect(sparkline(quiet, { columns: 10 })).toBe('▂▂▂▂▂█▂▂▂▂');
  });

  it('has a column a value when there are fewer values than columns', () => {
    expect(sparkline([1, 2], { columns: 10 })).toBe('▅█');
  });
});
