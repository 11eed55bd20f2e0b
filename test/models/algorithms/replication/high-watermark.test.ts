import { expect, test } from 'vitest';
import { advancedHighWatermark } from '../../../../src/models/algorithms/replication/high-watermark.ts';

test('the slowest in-sync replica holds the high watermark back', () => {
  expect(advancedHighWatermark([120, 100, 110], 90, 2)).toBe(100);
});

test('it does not fall when a replica that lags joins', () => {
  expect(advancedHighWatermark([120, 40, 120], 100, 2)).toBe(100);
});

test('it stays while fewer are in sync than asked for', () => {
  expect(advancedHighWatermark([120], 100, 2)).toBe(100);
  expect(advancedHighWatermark([120], 100, 1)).toBe(120);
});
