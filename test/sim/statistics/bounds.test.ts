import jstat from 'jstat';
import { describe, expect, it } from 'vitest';
import {
  betaQuantile,
  binomialBounds,
  INTERVAL_95,
  oneSided,
  poissonBounds,
  studentQuantile,
} from '../../../src/sim/statistics/index.ts';

describe('studentQuantile', () => {
  it('agrees with jstat to the 1e-7 that jstat solves it to', () => {
    for (const degrees of [1, 2, 3, 4, 7, 9, 29, 120, 999]) {
      for (const share of [0.005, 0.025, 0.05, 0.2, 0.45, 0.6, 0.9, 0.95, 0.975, 0.995]) {
        const expected = jstat.studentt.inv(share, degrees);
        expect(Math.abs(studentQuantile(share, degrees) / expected - 1)).toBeLessThan(1e-7);
      }
    }
  });

  it('agrees with SciPy to 1e-11', () => {
    // scipy.stats.t.ppf(share, degrees), SciPy 1.17.1.
    for (const [share, degrees, t] of [
      [0.975, 4, 2.7764451051977934],
      [0.95, 9, 1.833112932656237],
      [0.995, 1, 63.656741162871526],
      [0.999, 2, 22.327124770119866],
      [0.975, 999, 1.9623414611334493],
      [0.6, 29, 0.25568363457125604],
      [1e-6, 5, -24.771029720515948],
    ]) {
      expect(Math.abs(studentQuantile(share, degrees) / t - 1)).toBeLessThan(1e-11);
    }
    expect(studentQuantile(0.5, 3)).toBe(0);
  });

  it('is the tangent for one degree of freedom, far into the tail', () => {
    for (const share of [1e-9, 1e-4, 0.3, 0.49]) {
      expect(Math.abs(studentQuantile(share, 1) / -(1 / Math.tan(Math.PI * share)) - 1)).toBeLessThan(1e-11);
    }
  });
});

describe('betaQuantile', () => {
  it('agrees with jstat to 1e-6', () => {
    for (const [a, b] of [
      [0.5, 0.5],
      [1, 20],
      [3, 4],
      [40, 1000],
      [500, 500],
    ]) {
      for (const share of [0.01, 0.025, 0.5, 0.95, 0.975]) {
        expect(Math.abs(betaQuantile(share, a, b) / jstat.beta.inv(share, a, b) - 1)).toBeLessThan(1e-6);
      }
    }
  });

  it('has the closed forms of a power where one parameter is 1', () => {
    for (const n of [1, 10, 1e4, 1e8]) {
      for (const share of [0.025, 0.5, 0.975]) {
        const exact = -Math.expm1(Math.log1p(-share) / n);
        expect(Math.abs(betaQuantile(share, 1, n) / exact - 1)).toBeLessThan(1e-7);
        expect(Math.abs(betaQuantile(share, n, 1) / share ** (1 / n) - 1)).toBeLessThan(1e-7);
      }
    }
  });
});

describe('poissonBounds', () => {
  it('are quantiles of χ², as jstat has them', () => {
    for (const count of [1, 2, 10, 100, 1000]) {
      const { low, high } = poissonBounds(count, INTERVAL_95);
      expect(Math.abs(low / (jstat.chisquare.inv(0.025, 2 * count) / 2) - 1)).toBeLessThan(1e-6);
      expect(Math.abs(high / (jstat.chisquare.inv(0.975, 2 * count + 2) / 2) - 1)).toBeLessThan(1e-6);
    }
  });

  it('reach to 3.0 when nothing was seen, on one side and on two', () => {
    expect(poissonBounds(0, INTERVAL_95).low).toBe(0);
    expect(poissonBounds(0, INTERVAL_95).high).toBeCloseTo(2.9957, 4);
    expect(poissonBounds(0, oneSided(0.05)).high).toBeCloseTo(2.9957, 4);
  });
});

describe('binomialBounds', () => {
  it('agree with SciPy for 10 of 100', () => {
    // scipy.stats.binomtest(10, 100).proportion_ci(0.95, 'exact'), SciPy 1.17.1.
    const { low, high } = binomialBounds(10, 100, INTERVAL_95);
    expect(low).toBeCloseTo(0.04900468922148595, 12);
    expect(high).toBeCloseTo(0.17622259774017532, 12);
  });

  it('reach 3/n from an end where all or none succeeded', () => {
    expect(binomialBounds(0, 1_000_000, INTERVAL_95).high * 1e6).toBeCloseTo(2.9957, 4);
    expect((1 - binomialBounds(1_000_000, 1_000_000, INTERVAL_95).low) * 1e6).toBeCloseTo(2.9957, 4);
    expect(binomialBounds(50, 50, INTERVAL_95).high).toBe(1);
  });

  it('mirror when successes and failures change places', () => {
    const few = binomialBounds(3, 1000, INTERVAL_95);
    const many = binomialBounds(997, 1000, INTERVAL_95);
    expect(many.low).toBeCloseTo(1 - few.high, 12);
    expect(many.high).toBeCloseTo(1 - few.low, 12);
  });
});
