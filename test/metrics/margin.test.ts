import { expect, test } from 'vitest';
import { margin } from '../../src/metrics/index.ts';

test('a margin is a share of the limit, negative outside of it', () => {
  expect(margin(0.06, '<', 0.1, 'duration')).toBeCloseTo(0.4, 12);
  expect(margin(0.15, '<', 0.1, 'duration')).toBeCloseTo(-0.5, 12);
  expect(margin(150, '>=', 100, 'rate')).toBeCloseTo(0.5, 12);
  expect(margin(0.6, '<', 0.8, 'ratio')).toBeCloseTo(0.25, 12);
});

test('of a ratio that must be high it is a share of what may fail', () => {
  // 99.9% lets 0.1% fail. 0.05% use half of it; 0.5% are five times as many: four times the limit too many.
  expect(margin(0.9995, '>=', 0.999, 'ratio')).toBeCloseTo(0.5, 9);
  expect(margin(1, '>=', 0.999, 'ratio')).toBeCloseTo(1, 9);
  expect(margin(0.995, '>=', 0.999, 'ratio')).toBeCloseTo(-4, 9);
  // A low limit is the smaller share itself.
  expect(margin(0.3, '>', 0.2, 'ratio')).toBeCloseTo(0.5, 12);
});

test('a limit that leaves nothing is kept by it alone', () => {
  expect(margin(1, '>=', 1, 'ratio')).toBe(0);
  expect(margin(0, '<=', 0, 'count')).toBe(0);
  expect(margin(1, '<=', 0, 'count')).toBe(Number.NEGATIVE_INFINITY);
});
