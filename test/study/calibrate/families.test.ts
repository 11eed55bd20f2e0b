import { describe, expect, test } from 'vitest';
import {
  type Distribution,
  erlang,
  exponential,
  gamma,
  geometric,
  lognormal,
  paretoFromScale,
  uniform,
  weibull,
} from '../../../src/sim/distributions/index.ts';
import {
  erlangFamily,
  exponentialFamily,
  gammaFamily,
  lognormalFamily,
  weibullFamily,
} from '../../../src/study/calibrate/families.ts';
import { type Fit, fitFamilies } from '../../../src/study/calibrate/fit-families.ts';
import type { Law } from '../../../src/study/calibrate/law.ts';
import { type Sample, sampleOfCells, sampleOfValues } from '../../../src/study/calibrate/sample.ts';
import { drawn } from './drawn.ts';

const exact = (values: readonly number[]): Sample => sampleOfValues(values, 0);

/** Counts of the values between bounds, the last of which is open. */
const binned = (values: readonly number[], bounds: readonly number[]): Sample =>
  sampleOfCells(
    [...bounds, Number.POSITIVE_INFINITY].map((high, at) => {
      const low = at === 0 ? 0 : bounds[at - 1];
      return { low, high, count: values.filter((value) => value > low && value <= high).length };
    }),
  );

const named = (fits: readonly Fit[], name: string): Fit =>
  fits.find(({ family }) => family.name === name) as Fit;

const laws: [string, Law][] = [
  ['exponential', exponentialFamily.law([Math.log(0.01)]) as Law],
  ['gamma', gammaFamily.law([Math.log(0.01), Math.log(0.6)]) as Law],
  ['a gamma with a cv above 1', gammaFamily.law([Math.log(3), Math.log(1.7)]) as Law],
  ['erlang', erlangFamily(4).law([Math.log(0.01)]) as Law],
  ['lognormal', lognormalFamily.law([Math.log(0.01), Math.log(0.8)]) as Law],
  ['weibull', weibullFamily.law([Math.log(0.01), Math.log(0.7)]) as Law],
];

describe('a law', () => {
  test.each(laws)('%s has the quantiles that the simulator draws', (_, law) => {
    for (const u of [0.001, 0.1, 0.5, 0.9, 0.999]) {
      const x = law.distribution().quantile(u);
      expect(Math.exp(law.logBelow(x))).toBeCloseTo(u, 6);
      expect(Math.exp(law.logAbove(x))).toBeCloseTo(1 - u, 6);
    }
  });

  test.each(laws)('%s has the slope of its shares as its density', (_, law) => {
    for (const u of [0.05, 0.5, 0.95]) {
      const x = law.distribution().quantile(u);
      const step = x * 1e-5;
      const slope = (Math.exp(law.logBelow(x + step)) - Math.exp(law.logBelow(x - step))) / (2 * step);
      expect(slope / Math.exp(law.logDensity(x))).toBeCloseTo(1, 5);
    }
  });
});

/** Name, what is drawn from, and its parameters in the language. */
const drawnFrom: [string, Distribution, Record<string, number>][] = [
  ['exponential', exponential(0.01), { mean: 0.01 }],
  ['erlang', erlang(0.01, 5), { mean: 0.01, k: 5 }],
  ['gamma', gamma(0.01, 0.6), { mean: 0.01, cv: 0.6 }],
  ['gamma', gamma(0.01, 1.8), { mean: 0.01, cv: 1.8 }],
  ['lognormal', lognormal(0.01, 0.7), { mean: 0.01, cv: 0.7 }],
  ['lognormal', lognormal(0.01, 3), { mean: 0.01, cv: 3 }],
  ['weibull', weibull(0.01, 0.4), { mean: 0.01, cv: 0.4 }],
  ['weibull', weibull(0.01, 2.5), { mean: 0.01, cv: 2.5 }],
  ['pareto', paretoFromScale(0.01, 2.5), { mean: (0.01 * 2.5) / 1.5, shape: 2.5 }],
];

describe('fitting by maximum likelihood', () => {
  // Four standard errors: each parameter is outside once in 16,000 samples of an unbiased, normal estimate.
  test.each(drawnFrom)(
    'finds %s from %o again, within four standard errors, and prefers it',
    (name, law, truth) => {
      const fits = fitFamilies(exact(drawn(law, 4000)), 'duration');
      const { family } = named(fits, name);
      for (const [parameter, value] of Object.entries(truth)) {
        const { value: found, standardError } = family.parameters[parameter];
        // A number of stages is found exactly, or it is another one.
        if (parameter === 'k') expect(found).toBe(value);
        else expect(Math.abs(found - value)).toBeLessThan(4 * (standardError as number));
      }
      expect(family.aicAboveBest).toBeLessThan(2.5);
      expect(family.passes).toBe(true);
    },
  );

  test.each(drawnFrom.filter(([name]) => name !== 'pareto'))(
    'finds %s from %o again in fifteen buckets, the last one open',
    (name, law, truth) => {
      const bounds = Array.from({ length: 15 }, (_, at) => law.quantile((at + 1) / 16));
      const { family } = named(fitFamilies(binned(drawn(law, 4000), bounds), 'duration'), name);
      for (const [parameter, value] of Object.entries(truth)) {
        const { value: found, standardError } = family.parameters[parameter];
        if (parameter === 'k') expect(Math.abs(found - value)).toBeLessThanOrEqual(1);
        else expect(Math.abs(found - value)).toBeLessThan(4 * (standardError as number));
      }
      expect(family.chiSquare?.tail).toBeGreaterThan(0.001);
    },
  );

  const values = drawn(lognormal(0.01, 0.7), 1000);
  const mean = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0) / list.length;

  test('gives the closed form of the lognormal: mean and deviation of the logarithms', () => {
    const { parameters } = named(fitFamilies(exact(values), 'duration'), 'lognormal').family;
    const logs = values.map(Math.log);
    const mu = mean(logs);
    const variance = mean(logs.map((each) => (each - mu) ** 2));
    expect(parameters.mean.value / Math.exp(mu + variance / 2)).toBeCloseTo(1, 6);
    expect(parameters.cv.value / Math.sqrt(Math.expm1(variance))).toBeCloseTo(1, 6);
    // Delta method: Var ln mean = σ²/n + σ⁴/(2n).
    const expected = parameters.mean.value * Math.sqrt((variance + variance ** 2 / 2) / values.length);
    expect((parameters.mean.standardError as number) / expected).toBeCloseTo(1, 3);
  });

  test('gives the closed form of the exponential: the mean, with its √n-th as standard error', () => {
    const { parameters } = named(fitFamilies(exact(values), 'duration'), 'exponential').family;
    expect(parameters.mean.value / mean(values)).toBeCloseTo(1, 6);
    expect((parameters.mean.standardError as number) / (mean(values) / Math.sqrt(1000))).toBeCloseTo(1, 3);
  });

  test('gives the mean of the sample to the gamma, as its likelihood equation says', () => {
    const { parameters } = named(fitFamilies(exact(values), 'duration'), 'gamma').family;
    expect(parameters.mean.value / mean(values)).toBeCloseTo(1, 6);
  });

  test('finds the ends of a uniform sample, and whole numbers of a geometric one', () => {
    const even = named(fitFamilies(exact(drawn(uniform(2, 5), 2000)), 'duration'), 'uniform').family;
    expect(even.aicAboveBest).toBe(0);
    expect(even.passes).toBe(true);
    // The gap at an end is exponential with mean 3/2000: beyond 0.02 once in 600,000.
    expect(even.parameters.min.value).toBeGreaterThanOrEqual(2);
    expect(even.parameters.min.value).toBeLessThan(2.02);
    expect(even.parameters.max.value).toBeGreaterThan(4.98);
    const turns = drawn(geometric(4), 4000);
    const fits = fitFamilies(sampleOfValues(turns, 1), 'count');
    const { family } = named(fits, 'geometric');
    expect(family.parameters.mean.value).toBeCloseTo(mean(turns), 9);
    expect(family.aicAboveBest).toBe(0);
    expect(family.chiSquare?.tail).toBeGreaterThan(0.001);
  });

  test('takes rounded values for counts between the bounds of the rounding, zeros included', () => {
    const law = exponential(0.01);
    const rounded = drawn(law, 4000).map((value) => Math.round(value * 1000) / 1000);
    const sample = sampleOfValues(rounded, 0.001);
    expect(sample.isBinned).toBe(true);
    const { mean: found } = named(fitFamilies(sample, 'duration'), 'exponential').family.parameters;
    expect(Math.abs(found.value - 0.01)).toBeLessThan(4 * (found.standardError as number));
  });

  test('of a large sample agrees with the closed form though it gathers neighbours', () => {
    const many = drawn(lognormal(0.01, 0.7), 60_000);
    const logs = many.map(Math.log);
    const mu = mean(logs);
    const variance = mean(logs.map((each) => (each - mu) ** 2));
    const { parameters } = named(fitFamilies(exact(many), 'duration'), 'lognormal').family;
    expect(parameters.mean.value / Math.exp(mu + variance / 2)).toBeCloseTo(1, 5);
  });
});
