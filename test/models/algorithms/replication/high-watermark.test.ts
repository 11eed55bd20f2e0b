import { expect, test } from 'vitest';
import { advancedHighWatermark } from '../../../../src/models/algorithms/replication/high-watermark.ts';

test('the slowest in-sync replica holds the high watermark back', () => {
  expect(advancedHighWatermark([120, 100, 110], [0, 1, 2], 90, 2)).toBe(100);
});

test('a replica that is not in sync does not hold it back', () => {
  expect(advancedHighWatermark([120, 20, 110], [0, 2], 90, 2)).toBe(110);
});

test('it does not fall when a replica that lags joins', () => {
  expect(advancedHighWatermark([120, 40, 120], [0, 1, 2], 100, 2)).toBe(100);
});

test('it stays while fewer are in sync than asked for', () => {
  expect(advancedHighWatermark([120, 120], [0], 100, 2)).toBe(100);
  expect(advancedHighWatermark([120, 120], [0], 100, 1)).toBe(120);
});
