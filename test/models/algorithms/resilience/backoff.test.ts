import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { exponential, fullJitter } from '../../../../src/models/algorithms/resilience/backoff.ts';
import { CrashLoop } from '../../../../src/models/algorithms/resilience/crash-loop.ts';
import { RetryBudget } from '../../../../src/models/algorithms/resilience/retry-budget.ts';
import { stream } from '../../../../src/sim/random/streams.ts';

const file = new URL('../../../vectors/exponential-backoff.json', import.meta.url);
const vectors = JSON.parse(readFileSync(file, 'utf8')) as {
  resilience4j: { initial_ms: number; multiplier: number; attempt_1_to_12_ms: number[] }[];
};

const attempts = Array.from({ length: 12 }, (_, index) => index + 1);

describe('exponential back-off', () => {
  test.each(vectors.resilience4j)(
    'waits as resilience4j does: $initial_ms ms × $multiplier',
    ({ initial_ms, multiplier, attempt_1_to_12_ms }) => {
      const wait = exponential({ base: initial_ms * 1e6, factor: multiplier, cap: Infinity, jitter: 0 });
      expect(attempts.map((attempt) => wait(attempt, 0.9) / 1e6)).toEqual(attempt_1_to_12_ms);
    },
  );

  test('is spread evenly around what it would be, the cap included', () => {
    const wait = exponential({ base: 1e9, factor: 2, cap: 3e9, jitter: 0.2 });
    expect([0, 0.5, 1].map((uniform) => wait(1, uniform))).toEqual([0.8e9, 1e9, 1.2e9]);
    expect([0, 0.5, 1].map((uniform) => wait(7, uniform))).toEqual([2.4e9, 3e9, 3.6e9]);
  });

  test('of less than a millisecond is not cut to none', () => {
    const wait = exponential({ base: 300_000, factor: 1.5, cap: Infinity, jitter: 0 });
    expect([1, 2, 3].map((attempt) => wait(attempt, 0))).toEqual([300_000, 450_000, 675_000]);
  });
});

test('full jitter is uniform up to a bound that doubles until the cap', () => {
  const wait = fullJitter({ base: 100e6, cap: 500e6 });
  const bounds = [1, 2, 3, 4, 5].map((attempt) => wait(attempt, 1) / 1e6);
  expect(bounds).toEqual([100, 200, 400, 500, 500]);
  expect(wait(3, 0)).toBe(0);
  expect(wait(3, 0.25)).toBe(100e6);
});

describe('a retry budget', () => {
  // Whatever fails: every operation asks for as many retries as it may, under a random share of failures.
  test.each([0, 0.05, 0.2, 1])('of %d lets no more than (1 + share) · n + 10 attempts through', (share) => {
    const random = stream(1, 0, `budget ${share}`);
    const budget = new RetryBudget(share);
    let sent = 0;
    let mostOver = Number.NEGATIVE_INFINITY;
    for (let operations = 1; operations <= 20_000; operations += 1) {
      budget.earn();
      sent += 1;
      const isDown = Math.floor(operations / 1000) % 2 === 0;
      for (let retry = 0; retry < 12 && random() < (isDown ? 1 : 0.1); retry += 1)
        if (budget.spend()) sent += 1;
      mostOver = Math.max(mostOver, sent - (1 + share) * operations);
    }
    // Sums of shares are not exact in binary: a millionth.
    expect(mostOver).toBeLessThanOrEqual(10 + 1e-6);
    expect(mostOver).toBeGreaterThan(8);
  });
});

describe('a container that dies is started again', () => {
  const waitsOf = (deaths: readonly number[]) => {
    const loop = new CrashLoop();
    return deaths.map((seconds) => loop.died(seconds * 1e9) / 1e9 - seconds);
  };

  test('at once the first time, then after 10 s, 20 s, 40 s … 5 min', () => {
    const deaths = [0, 1, 20, 60, 120, 300, 700, 1100].map((seconds) => seconds);
    expect(waitsOf(deaths)).toEqual([0, 10, 20, 40, 80, 160, 300, 300]);
  });

  test('at once again when it has run for more than ten minutes', () => {
    expect(waitsOf([0, 600])).toEqual([0, 10]);
    expect(waitsOf([0, 600.001, 601])).toEqual([0, 0, 10]);
  });
});
