import { expect, it } from 'vitest';
import { wilsonInterval } from '../../../src/sim/statistics/index.ts';

/** R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3. */
it.each([
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
])('is the published one: %d of %d', (successes, trials, low, high) => {
  const interval = wilsonInterval(successes, trials);
  expect(interval.low).toBeCloseTo(low, 4);
  expect(interval.high).toBeCloseTo(high, 4);
});

it('is the same seen from the other side, and certain ends are exact', () => {
  const [some, others] = [wilsonInterval(7, 31), wilsonInterval(24, 31)];
  expect(some.low).toBeCloseTo(1 - others.high, 14);
  expect(wilsonInterval(31, 31).high).toBe(1);
});
