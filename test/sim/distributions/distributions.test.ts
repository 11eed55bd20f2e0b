import jstat from 'jstat';
import { describe, expect, it } from 'vitest';
import {
  constant,
  type Distribution,
  discrete,
  empirical,
  erlang,
  exponential,
  gamma,
  lognormal,
  lognormalFromMedian,
  mixture,
  pareto,
  paretoFromScale,
  uniform,
  weibull,
  weibullOfShape,
} from '../../../src/sim/distributions/index.ts';
import { KeyedDraws, LARGEST_DRAW, SMALLEST_DRAW } from '../../../src/sim/random/index.ts';
import { cvOf, meanOf } from './integrate.ts';

interface Case {
  of: Distribution;
  /** jstat's distribution function. */
  cdf?: (x: number) => number;
  /** Relative error of mean and cv by numeric integration, where the tail beyond 2⁻⁵² or a jump takes some of it. */
  tolerance?: number;
}

const logSigma = (cv: number) => Math.sqrt(Math.log(1 + cv * cv));
const fromMean = (mean: number, cv: number) => Math.log(mean) - logSigma(cv) ** 2 / 2;

const cases: Case[] = [
  { of: uniform(2, 5), cdf: (x) => jstat.uniform.cdf(x, 2, 5) },
  { of: exponential(0.01), cdf: (x) => jstat.exponential.cdf(x, 100) },
  { of: erlang(0.4, 3), cdf: (x) => jstat.gamma.cdf(x, 3, 0.4 / 3) },
  { of: erlang(7, 1), cdf: (x) => jstat.exponential.cdf(x, 1 / 7) },
  { of: gamma(0.01, 0.5), cdf: (x) => jstat.gamma.cdf(x, 4, 0.0025) },
  { of: gamma(3, 2), cdf: (x) => jstat.gamma.cdf(x, 0.25, 12) },
  { of: gamma(1, 0.05), cdf: (x) => jstat.gamma.cdf(x, 400, 1 / 400) },
  { of: lognormal(0.006, 0.7), cdf: (x) => jstat.lognormal.cdf(x, fromMean(0.006, 0.7), logSigma(0.7)) },
  { of: lognormalFromMedian(4, 1), cdf: (x) => jstat.lognormal.cdf(x, Math.log(4), 1) },
  { of: weibull(2, 0.5) },
  { of: weibull(2, 1), cdf: (x) => jstat.exponential.cdf(x, 0.5) },
  { of: weibull(2, 3) },
  {
    of: weibullOfShape(1 / Math.sqrt(Math.PI), 0.5),
    cdf: (x) => jstat.weibull.cdf(x, 0.5 / Math.sqrt(Math.PI), 0.5),
  },
  // Beyond 2⁻⁵² lies 2^(−52 × 3/5) = 4e-10 of the second moment, a half of that of the cv.
  { of: pareto(10, 5), cdf: (x) => jstat.pareto.cdf(x, 8, 5), tolerance: 1e-8 },
  { of: paretoFromScale(1, 1.2, 1000) },
  { of: paretoFromScale(1, 1, 50) },
  { of: paretoFromScale(1, 2, 50) },
  // A corner of the quantile function inside a panel costs up to (panel width)² × the change of slope.
  {
    of: empirical([
      [0, 1],
      [0.5, 4],
      [0.99, 20],
      [1, 60],
    ]),
    tolerance: 1e-4,
  },
  {
    of: empirical(
      [
        [0, 1],
        [0.5, 4],
        [0.99, 20],
        [1, 60],
      ],
      'geometric',
    ),
    tolerance: 1e-4,
  },
  {
    of: empirical([
      [0, 0],
      [0.25, 3],
      [0.75, 3],
      [1, 8],
    ]),
  },
];

describe.each(cases)('$of.name', ({ of, tolerance = 1e-6 }) => {
  it('has the mean and the cv that it states', () => {
    expect(Math.abs(meanOf(of.quantile) / of.mean - 1)).toBeLessThan(tolerance);
    expect(Math.abs(cvOf(of.quantile) / of.cv - 1)).toBeLessThan(tolerance);
  });

  it('never falls as the draw grows', () => {
    const draws: number[] = [];
    for (let bits = 53; bits > 1; bits -= 0.01) draws.push(2 ** -bits, 1 - 2 ** -bits);
    for (let i = 1; i < 100_000; i++) draws.push(i / 100_000);
    const values = draws.sort((a, b) => a - b).map(of.quantile);
    const falls = values.filter((value, i) => i > 0 && value < values[i - 1]);
    expect(falls).toEqual([]);
  });

  it('is finite and not negative at the smallest and at the largest draw', () => {
    expect(of.quantile(SMALLEST_DRAW)).toBeGreaterThanOrEqual(0);
    expect(of.quantile(LARGEST_DRAW)).toBeLessThan(Number.POSITIVE_INFINITY);
    expect(of.quantile(LARGEST_DRAW)).toBeGreaterThan(of.quantile(SMALLEST_DRAW));
  });
});

describe.each(cases.filter(({ cdf }) => cdf !== undefined))('$of.name, beside jstat,', ({ of, cdf }) => {
  it('inverts the distribution function that jstat computes', () => {
    for (let i = 1; i < 1000; i++)
      expect(Math.abs(cdf!(of.quantile(i / 1000)) - i / 1000)).toBeLessThan(1e-7);
  });

  it('gives samples that the Kolmogorov–Smirnov test accepts at 1%', () => {
    const draws = new KeyedDraws(7, 0, of.name);
    const count = 20_000;
    const sample = Float64Array.from({ length: count }, (_, i) => of.quantile(draws.uniform(0, i, 0))).sort();
    let distance = 0;
    sample.forEach((value, i) => {
      const expected = cdf!(value);
      distance = Math.max(distance, (i + 1) / count - expected, expected - i / count);
    });
    // P(√n D > 1.628) is 1% for large n (Kolmogorov's distribution).
    expect(distance * Math.sqrt(count)).toBeLessThan(1.628);
  });
});

describe('a distribution', () => {
  it('with cv 0 is a constant', () => {
    for (const of of [gamma(3, 0), lognormal(3, 0), weibull(3, 0), lognormalFromMedian(3, 0)]) {
      expect([of.mean, of.cv, of.quantile(0.9)]).toEqual([3, 0, 3]);
    }
    expect([constant(0).mean, constant(0).cv, constant(0).quantile(0.5)]).toEqual([0, 0, 0]);
  });

  it('of Pareto has an infinite cv up to shape 2, and an infinite mean up to shape 1', () => {
    expect(pareto(10, 2).cv).toBe(Number.POSITIVE_INFINITY);
    expect(pareto(10, 2.5).cv).toBeCloseTo(Math.sqrt(1 / (2.5 * 0.5)), 12);
    expect(paretoFromScale(1, 1).mean).toBe(Number.POSITIVE_INFINITY);
    expect(paretoFromScale(1, 0.1).quantile(LARGEST_DRAW)).toBeLessThan(Number.POSITIVE_INFINITY);
  });

  it('of Pareto never exceeds its largest value', () => {
    expect(paretoFromScale(1, 1.1, 50).quantile(LARGEST_DRAW)).toBeCloseTo(50, 9);
    expect(paretoFromScale(1, 1.1, 50).quantile(LARGEST_DRAW)).toBeLessThanOrEqual(50 * (1 + 1e-15));
  });

  it('refuses parameters outside its domain', () => {
    const wrong = [
      () => exponential(0),
      () => exponential(Number.NaN),
      () => constant(-1),
      () => uniform(3, 2),
      () => gamma(1, 1000),
      () => lognormal(1, -1),
      () => pareto(1, 1),
      () => erlang(1, 1.5),
      () => weibullOfShape(1, 0.01),
      () =>
        empirical([
          [0.5, 1],
          [1, 2],
        ]),
      () =>
        empirical([
          [0, 2],
          [1, 1],
        ]),
      () =>
        empirical(
          [
            [0, 0],
            [1, 1],
          ],
          'geometric',
        ),
      () => discrete([]),
      () => discrete([1, 2], [1]),
      () => discrete([1], [0]),
      () => mixture([]),
    ];
    for (const make of wrong) expect(make).toThrow(RangeError);
  });
});

describe('discrete', () => {
  it('gives each value in proportion to its weight, in any order given', () => {
    const of = discrete([30, 10, 20], [1, 2, 1]);
    expect([0.01, 0.5, 0.500001, 0.75, 0.750001, 0.9999].map(of.quantile)).toEqual([10, 10, 20, 20, 30, 30]);
    expect(of.mean).toBe(17.5);
    expect(of.cv).toBeCloseTo(Math.sqrt((2 * 7.5 ** 2 + 2.5 ** 2 + 12.5 ** 2) / 4) / 17.5, 14);
  });

  it('never gives a value of weight 0', () => {
    const of = discrete([1, 2, 3], [0, 1, 0]);
    expect([SMALLEST_DRAW, LARGEST_DRAW].map(of.quantile)).toEqual([2, 2]);
  });
});

describe('mixture', () => {
  const of = mixture([
    { weight: 19, of: exponential(0.001) },
    { weight: 1, of: constant(0.04) },
  ]);

  it('states the mean and cv of the whole', () => {
    expect(of.mean).toBeCloseTo(0.95 * 0.001 + 0.05 * 0.04, 15);
    const square = 0.95 * 2e-6 + 0.05 * 0.0016;
    expect(of.cv).toBeCloseTo(Math.sqrt(square / of.mean ** 2 - 1), 12);
  });

  it('gives each part its share of the draws', () => {
    const draws = new KeyedDraws(1, 0, 'mixture');
    let hits = 0;
    for (let i = 0; i < 100_000; i++) if (of.quantile(draws.uniform(0, i, 0)) === 0.04) hits++;
    // 4 standard deviations of a binomial: √(100,000 × 0.05 × 0.95) = 69.
    expect(Math.abs(hits - 5000)).toBeLessThan(276);
  });

  it('hands each part only draws strictly inside (0, 1)', () => {
    const seen: number[] = [];
    const spy: Distribution = { name: 'spy', mean: 1, cv: 0, quantile: (u) => seen.push(u) };
    const spied = mixture([
      { weight: 0.3, of: spy },
      { weight: 0.7, of: spy },
    ]);
    for (const u of [SMALLEST_DRAW, 0.3 - 2 ** -54, 0.3, LARGEST_DRAW]) spied.quantile(u);
    expect(Math.min(...seen)).toBeGreaterThan(0);
    expect(Math.max(...seen)).toBeLessThan(1);
  });
});
