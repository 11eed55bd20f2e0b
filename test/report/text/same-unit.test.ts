import { describe, expect, it } from 'vitest';
import { sameUnit } from '../../../src/report/text/same-unit.ts';

describe('values of one unit', () => {
  it('are written in the unit of the largest, with the same decimals, so that they add up', () => {
    expect(sameUnit([0.0661, 0.00017, 0.0513, 0.11757], 'duration')).toEqual([
      '66.1 ms',
      '0.2 ms',
      '51.3 ms',
      '117.6 ms',
    ]);
    expect(sameUnit([1.24, 0.03], 'duration')).toEqual(['1.24 s', '0.03 s']);
    expect(sameUnit([0.00004, 0.0000312], 'duration')).toEqual(['40.0 µs', '31.2 µs']);
  });

  it('keep two decimals up to where the largest is written with one', () => {
    expect(sameUnit([0.009994], 'duration')).toEqual(['9.99 ms']);
    expect(sameUnit([0.009996], 'duration')).toEqual(['10.0 ms']);
  });

  it('survive nothing, zero and infinity', () => {
    expect(sameUnit([], 'duration')).toEqual([]);
    expect(sameUnit([0, null, Number.POSITIVE_INFINITY], 'duration')).toEqual(['0.00 s', '∞', '∞']);
  });
});
