import { describe, expect, it } from 'vitest';
import { growthAt } from '../../../../src/models/algorithms/growth/growth-curve.ts';

const known = [
  { at: 0, value: 12 },
  { at: 8, value: 100 },
  { at: 10, value: 100 },
];

describe('growth between known dates', () => {
  it('multiplies by the same in equal times where it is exponential', () => {
    const months = Array.from({ length: 9 }, (_, month) => growthAt(known, 'exponential', month));
    expect(months[4]).toBeCloseTo(Math.sqrt(12 * 100), 9);
    for (let month = 1; month <= 8; month += 1)
      expect(months[month] / months[month - 1]).toBeCloseTo((100 / 12) ** (1 / 8), 9);
  });

  it('adds the same in equal times where it is linear', () => {
    expect(growthAt(known, 'linear', 2)).toBeCloseTo(34, 9);
    expect(growthAt(known, 'linear', 6)).toBeCloseTo(78, 9);
  });

  it('is what is known at the known dates, and stays so before and after', () => {
    for (const curve of ['linear', 'exponential'] as const)
      expect([-1, 0, 8, 9, 10, 12].map((time) => growthAt(known, curve, time))).toEqual([
        12, 12, 100, 100, 100, 100,
      ]);
  });
});
