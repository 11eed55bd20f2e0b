import { expect, test } from 'vitest';
import { targetText } from '../../../src/report/compare/reading.ts';
import type { ComparedTarget } from '../../../src/result/index.ts';

const target: ComparedTarget = {
  target: 'workloads.*.latency.p95 < 1s',
  metric: 'workloads.orders.latency.p95',
  level: 'fail',
  designs: ['pass', 'fail'],
};

test('a target says what it is about, and of which times', () => {
  expect(targetText(target)).toBe('workloads.orders.latency.p95 < 1s');
  expect(targetText({ ...target, during: 'steady' })).toBe(
    'workloads.orders.latency.p95 < 1s in steady times',
  );
});
