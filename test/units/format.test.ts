import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Dimension,
  dimensions,
  formatEstimate,
  formatQuantity,
  parseQuantity,
} from '../../src/units/index.ts';

const shown: [Dimension, number, string][] = [
  ['duration', 0.0499, '49.9 ms'],
  ['duration', 0.00005, '50 µs'],
  ['duration', 0, '0 s'],
  ['duration', 0.9996, '1 s'],
  ['duration', 90, '1.5 m'],
  ['duration', 59.96, '1 m'],
  ['duration', 59.94, '59.9 s'],
  ['duration', -59.96, '-1 m'],
  ['duration', 3600, '1 h'],
  ['duration', 86_400, '1 d'],
  ['duration', -0.0499, '-49.9 ms'],
  ['rate', 80.12, '80.1 /s'],
  ['rate', 12_345, '12.3k /s'],
  ['rate', 0.4 / (8760 * 3600), '0.4 /year'],
  ['rate', 1 / 86_400, '1 /day'],
  ['size', 3 * 2 ** 30, '3 GiB'],
  ['size', 200, '200 B'],
  ['bandwidth', 250 * 2 ** 20, '250 MiB/s'],
  ['count', 1.2e6, '1.2M'],
  ['count', 999_600, '1M'],
  ['count', 12, '12'],
  ['count', 0.25, '0.25'],
  ['money', 120_000, '$120k'],
  ['money', 0.192, '$0.192'],
  ['money', -1500, '-$1.5k'],
  ['ratio', 0.9993, '99.93%'],
  ['ratio', 0.99999, '99.999%'],
  ['ratio', 0.95, '95%'],
  ['ratio', 1, '100%'],
  ['ratio', 0.12345, '12.3%'],
  ['ratio', 1.25, '125%'],
  ['ratio', 0, '0%'],
  ['cores', 0.25, '0.25'],
  ['factor', 1.416, '1.42×'],
  ['instant', Date.UTC(2026, 0, 14, 14, 25), '2026-01-14T14:25Z'],
  ['instant', Date.UTC(2026, 0, 14, 14, 25, 30), '2026-01-14T14:25:30Z'],
  ['duration', Number.NaN, 'no data'],
  ['duration', Number.POSITIVE_INFINITY, '∞'],
  ['count', Number.NEGATIVE_INFINITY, '-∞'],
  ['count', 1e-9, '0.000000001'],
];

const estimates: [Dimension, number, number, string][] = [
  ['duration', 0.0499, 0.0005, '49.9 ± 0.5 ms'],
  ['duration', 0.2268, 0.0088, '227 ± 9 ms'],
  ['duration', 2.2713, 0.14, '2.27 ± 0.14 s'],
  ['duration', 0, 0.003, '0 ± 3 ms'],
  ['duration', 0.00001, 0.003, '0 ± 3 ms'],
  ['duration', 0.05, 0, '50 ms'],
  ['duration', 0.05, Number.NaN, '50 ms'],
  ['duration', 0.05, Number.POSITIVE_INFINITY, '50 ± ∞ ms'],
  ['duration', Number.NaN, 1, 'no data'],
  ['duration', Number.POSITIVE_INFINITY, 1, '∞'],
  ['rate', 80.12, 0.21, '80.1 ± 0.2 /s'],
  ['ratio', 0.9993, 0.0002, '99.93 ± 0.02%'],
  ['money', 120_400, 3000, '$120 ± 3k'],
  ['count', 2270, 95, '2.27 ± 0.10k'],
  ['count', 160, 1.6, '160.0 ± 1.6'],
  ['factor', 1.42, 0.03, '1.42 ± 0.03×'],
];

describe('formatQuantity', () => {
  it.each(shown)('shows the %s %d as %s', (dimension, value, text) => {
    expect(formatQuantity(value, dimension)).toBe(text);
  });

  it('pads on the left to the width asked for', () => {
    expect(formatQuantity(0.0499, 'duration', { width: 10 })).toBe('   49.9 ms');
  });

  it('shows as many significant digits as asked for', () => {
    expect(formatQuantity(0.04987654, 'duration', { digits: 5 })).toBe('49.877 ms');
  });

  const scalars = dimensions.filter((dimension) => dimension !== 'instant');
  const magnitude = fc.double({ min: -12, max: 15, noNaN: true });
  const amount = fc.tuple(magnitude, fc.constantFrom(1, -1), fc.double({ min: 1, max: 9.999, noNaN: true }));

  it.each(scalars)('writes a %s that parseQuantity reads back, to the digits shown', (dimension) => {
    fc.assert(
      fc.property(amount, fc.integer({ min: 3, max: 12 }), ([exponent, sign, mantissa], digits) => {
        const value = sign * mantissa * 10 ** Math.floor(exponent);
        const parsed = parseQuantity(formatQuantity(value, dimension, { digits }), dimension);
        // n significant digits are at most half a unit of the last one away: relatively 0.5 · 10^(1 − n).
        const tolerance = Math.abs(value) * (0.5 * 10 ** (1 - digits) + 1e-14);
        expect(Math.abs((parsed.value ?? Number.NaN) - value)).toBeLessThanOrEqual(tolerance);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('never shows a ratio below 100% as 100%, down to a millionth of a percent', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-8, max: 0.4, noNaN: true }), (missing) => {
        expect(formatQuantity(1 - missing, 'ratio')).not.toBe('100%');
      }),
      { seed: 1, numRuns: 1000 },
    );
  });

  it('writes an instant that parseQuantity reads back to the millisecond', () => {
    const instants = fc.date({
      min: new Date('1970-01-01Z'),
      max: new Date('2100-01-01Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instants, (date) => {
        expect(parseQuantity(formatQuantity(date.getTime(), 'instant'), 'instant')).toEqual({
          value: date.getTime(),
        });
      }),
      { seed: 1 },
    );
  });
});

describe('formatEstimate', () => {
  it('takes what the rounding of sums leaves over for no uncertainty', () => {
    expect(formatEstimate(0.225047299, 3e-17, 'ratio')).toBe('22.5%');
    expect(formatEstimate(0.225, 0, 'ratio')).toBe('22.5%');
  });

  it.each(estimates)('shows the %s %d with half-width %d as %s', (dimension, value, halfWidth, text) => {
    expect(formatEstimate(value, halfWidth, dimension)).toBe(text);
  });

  it('shows at most two significant digits of the half-width, rounded to nearest', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-6, max: 1e3, noNaN: true }),
        fc.double({ min: 1e-6, max: 1e3, noNaN: true }),
        (value, halfWidth) => {
          const text = formatEstimate(value, halfWidth, 'factor');
          const shownWidth = /± ([\d.]+)×/.exec(text)?.[1] ?? '';
          const digits = shownWidth.replace('.', '').replace(/^0+/, '').length;
          // Above ten units the zeros before the point are there whatever the precision.
          expect(shownWidth.includes('.') ? digits : 1).toBeLessThanOrEqual(2);
          expect(Math.abs(Number(shownWidth) - halfWidth)).toBeLessThanOrEqual(halfWidth * 0.34);
        },
      ),
      { seed: 1, numRuns: 500 },
    );
  });
});
