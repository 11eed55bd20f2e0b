import { describe, expect, it } from 'vitest';
import { type Domain, normalQuantile, threeQuantiles } from '../../../src/sim/distributions/index.ts';

const cases: readonly (readonly [Domain, number, number, number])[] = [
  ['positive', 60, 100, 150],
  ['positive', 1, 10, 100],
  ['positive', 1, 2, 100],
  ['positive', 1, 99, 100],
  ['positive', 0, 2, 5],
  ['positive', 2, 2, 5],
  ['positive', 3, 3, 3],
  ['share', 0.5, 0.9, 0.99],
  ['share', 0.001, 0.01, 0.6],
  ['share', 0.8, 0.95, 1],
  ['any', -5, 1, 2],
];

describe.each(cases)('three quantiles, %s: %d, %d, %d', (domain, low, mid, high) => {
  const quantile = threeQuantiles({ low, mid, high }, domain);

  it('are those of the distribution', () => {
    for (const [u, value] of [
      [0.05, low],
      [0.5, mid],
      [0.95, high],
    ])
      expect(quantile(u)).toBeCloseTo(value, 9);
  });

  it('rise, and stay in the domain', () => {
    const values = [1e-12, ...Array.from({ length: 999 }, (_, at) => (at + 1) / 1000), 1 - 1e-12].map(
      quantile,
    );
    expect(values).toEqual(values.toSorted((a, b) => a - b));
    if (domain !== 'any') expect(values[0]).toBeGreaterThanOrEqual(0);
    if (domain === 'share') expect(values.at(-1)).toBeLessThanOrEqual(1);
  });
});

it('is lognormal where the median is the geometric mean of the others', () => {
  const quantile = threeQuantiles({ low: 1, mid: 10, high: 100 }, 'positive');
  const sigma = Math.log(10) / normalQuantile(0.95);
  for (const u of [0.001, 0.2, 0.7, 0.999])
    expect(quantile(u) / (10 * Math.exp(sigma * normalQuantile(u)))).toBeCloseTo(1, 12);
});

it('mirrors: what is drawn of 1/x is one over what is drawn of x', () => {
  const quantile = threeQuantiles({ low: 2, mid: 3, high: 9 }, 'positive');
  const mirrored = threeQuantiles({ low: 1 / 9, mid: 1 / 3, high: 1 / 2 }, 'positive');
  for (const u of [0.01, 0.3, 0.8, 0.99]) expect(quantile(u) * mirrored(1 - u)).toBeCloseTo(1, 10);
});

it('refuses what does not rise', () => {
  expect(() => threeQuantiles({ low: 3, mid: 2, high: 4 }, 'positive')).toThrow('quantiles rise');
});
