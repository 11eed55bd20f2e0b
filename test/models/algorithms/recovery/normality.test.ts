import { describe, expect, test } from 'vitest';
import {
  isLevelUnusual,
  isLevelUsual,
  isShareUnusual,
  isShareUsual,
} from '../../../../src/models/algorithms/recovery/normality.ts';

describe('a level', () => {
  test('is unusual above twice the highest before, and usual again once it is no higher than that', () => {
    expect([40, 41].map((level) => isLevelUnusual(level, 20))).toEqual([false, true]);
    expect([20, 21].map((level) => isLevelUsual(level, 20))).toEqual([true, false]);
  });

  test('that was next to nothing is not unusual below eleven', () => {
    expect([10, 11].map((level) => isLevelUnusual(level, 0))).toEqual([false, true]);
  });
});

describe('a share', () => {
  /** Standard error of a tenth, of nine hundred cases: one point. */
  const of = (share: number) => ({ part: share * 900, whole: 900 });

  test('is unusual beyond two points and three standard errors', () => {
    expect([0.149, 0.151].map((share) => isShareUnusual(of(share), 0.1))).toEqual([false, true]);
  });

  test('is usual again within two points and one standard error', () => {
    expect([0.129, 0.131].map((share) => isShareUsual(of(share), 0.1))).toEqual([true, false]);
  });

  test('of nothing is neither', () => {
    expect(isShareUnusual({ part: 0, whole: 0 }, 0)).toBe(false);
    expect(isShareUsual({ part: 0, whole: 0 }, 0)).toBe(false);
  });

  test('that never was is not unusual for a chance hit', () => {
    expect(isShareUnusual({ part: 3, whole: 100 }, 0)).toBe(false);
    expect(isShareUnusual({ part: 6, whole: 100 }, 0)).toBe(true);
  });
});
