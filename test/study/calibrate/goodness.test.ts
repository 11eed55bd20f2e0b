import { describe, expect, test } from 'vitest';
import { exponential, lognormal, weibull } from '../../../src/sim/distributions/index.ts';
import { exponentialFamily } from '../../../src/study/calibrate/families.ts';
import { fitFamilies } from '../../../src/study/calibrate/fit-families.ts';
import { andersonDarling, chiSquare, kolmogorovDistance } from '../../../src/study/calibrate/goodness.ts';
import type { Law } from '../../../src/study/calibrate/law.ts';
import { sampleOfCells, sampleOfValues } from '../../../src/study/calibrate/sample.ts';
import { drawn } from './drawn.ts';

const unit = exponentialFamily.law([0]) as Law;
const share = (x: number) => -Math.expm1(-x);

describe('how well a law fits', () => {
  const values = drawn(exponential(1), 50).sort((a, b) => a - b);

  test('A² is the sum of Anderson and Darling', () => {
    const n = values.length;
    const sum = values.reduce(
      (so, x, i) => so + (2 * i + 1) * (Math.log(share(x)) + Math.log(1 - share(values[n - 1 - i]))),
      0,
    );
    expect(andersonDarling(unit, sampleOfValues(values, 0))).toBeCloseTo(-n - sum / n, 9);
  });

  test('the Kolmogorov–Smirnov distance is the largest gap on either side of a step', () => {
    const n = values.length;
    const gaps = values.flatMap((x, i) => [Math.abs(share(x) - i / n), Math.abs(share(x) - (i + 1) / n)]);
    expect(kolmogorovDistance(unit, sampleOfValues(values, 0))).toBeCloseTo(Math.max(...gaps), 12);
  });

  test('chi-square is Pearson’s, with empty cells counted and small ones joined', () => {
    const ln2 = Math.log(2);
    const cells = [
      { low: 0, high: ln2, count: 60 },
      { low: ln2, high: 2 * ln2, count: 20 },
      { low: 2 * ln2, high: Number.POSITIVE_INFINITY, count: 20 },
    ];
    // Expected 50, 25, 25: 100/50 + 25/25 + 25/25 = 4; two degrees: e^−2.
    const test4 = chiSquare(unit, sampleOfCells(cells), 0);
    expect(test4?.value).toBeCloseTo(4, 9);
    expect(test4?.degrees).toBe(2);
    expect(test4?.tail).toBeCloseTo(Math.exp(-2), 9);
    const open = sampleOfCells([{ low: 0, high: ln2, count: 100 }]);
    expect(chiSquare(unit, open, 0)?.value).toBeCloseTo(100, 9);
  });

  // 200 samples of the family itself, 5% of which ought to be refused: binomial, 99.9% of the time 2 to 21.
  test.each([
    ['lognormal', lognormal(1, 0.8)],
    ['exponential', exponential(1)],
    ['weibull', weibull(1, 0.6)],
  ])(
    'the limit of A² refuses about a twentieth of true %s samples',
    (name, law) => {
      const refused = Array.from({ length: 200 }, (_, run) => {
        const fits = fitFamilies(sampleOfValues(drawn(law, 100, run), 0), 'duration');
        return fits.find(({ family }) => family.name === name)?.family.passes;
      }).filter((passes) => passes === false).length;
      expect(refused).toBeGreaterThanOrEqual(2);
      expect(refused).toBeLessThanOrEqual(21);
    },
    120_000,
  );
});
