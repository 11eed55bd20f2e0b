import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  type BreakerOptions,
  CircuitBreaker,
} from '../../../../src/models/algorithms/resilience/circuit-breaker.ts';

interface VectorStep {
  readonly op: string;
  readonly permitted?: boolean;
  readonly state?: string;
  readonly state_seen?: string;
  readonly failureRate?: number;
  readonly slowRate?: number;
  readonly buffered?: number;
}

interface VectorCase {
  readonly name: string;
  readonly config: Record<string, unknown>;
  readonly steps: readonly VectorStep[];
}

const file = new URL('../../../vectors/circuit-breaker-resilience4j.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: VectorCase[] };

/** resilience4j's own defaults: CircuitBreakerConfig.java 43-53. */
const defaults: BreakerOptions = {
  window: { calls: 100 },
  minimumCalls: 100,
  failureRate: 0.5,
  slowCallRate: 1,
  slowCall: 60e9,
  openFor: 60e9,
  halfOpenCalls: 10,
};

function optionsOf({ config }: VectorCase): BreakerOptions {
  if (config.all === 'defaults') return defaults;
  const [kind, size] = (config.window as string).split(' ');
  return {
    window: kind === 'COUNT' ? { calls: Number(size) } : { seconds: Number(size) },
    minimumCalls: config.minimumNumberOfCalls as number,
    failureRate: (config.failureRateThreshold as number) / 100,
    slowCallRate: ((config.slowCallRateThreshold as number | undefined) ?? 100) / 100,
    slowCall: ((config.slowCallDurationThreshold_ms as number | undefined) ?? 60_000) * 1e6,
    openFor: (config.waitDurationInOpenState_s as number) * 1e9,
    halfOpenCalls: config.permittedInHalfOpen as number,
  };
}

describe('a breaker permits, opens and closes as resilience4j’s own does', () => {
  test('the vectors are all there', () => expect(cases).toHaveLength(9));

  test.each(cases.map((each) => [each.name, each] as const))('%s', (_, each) => {
    const options = optionsOf(each);
    const breaker = new CircuitBreaker(options);
    let now = 0;
    for (const { op, ...expected } of each.steps) {
      if (op.startsWith('+')) {
        now += Number(op) * 1e6;
        expect(breaker.state).toBe(stateOf(expected.state_seen));
        continue;
      }
      const permitted = breaker.permit(now);
      if (permitted) breaker.record(now, op === 'f', op === 'l' ? options.slowCall + 1 : 1e6);
      const { calls, failureRate, slowCallRate } = breaker.reading(now);
      expect({ permitted, state: breaker.state, buffered: calls }).toEqual({
        permitted: expected.permitted,
        state: stateOf(expected.state),
        buffered: expected.buffered,
      });
      // Theirs are floats of percents, 24 bits: to four decimals.
      expect(failureRate < 0 ? -1 : failureRate * 100).toBeCloseTo(expected.failureRate as number, 4);
      expect(slowCallRate < 0 ? -1 : slowCallRate * 100).toBeCloseTo(expected.slowRate as number, 4);
    }
  });
});

const stateOf = (word?: string) => word?.toLowerCase().replace('_', '-');

describe('a breaker', () => {
  const opened = () => {
    const breaker = new CircuitBreaker({ ...defaults, window: { calls: 2 }, halfOpenCalls: 2 });
    for (const _ of [1, 2]) {
      expect(breaker.permit(5e9)).toBe(true);
      breaker.record(5e9, true, 0);
    }
    return breaker;
  };

  test('rejects at the very end of its wait, and tries a nanosecond later', () => {
    const breaker = opened();
    expect([breaker.permit(65e9), breaker.state]).toEqual([false, 'open']);
    expect([breaker.permit(65e9 + 1), breaker.state]).toEqual([true, 'half-open']);
  });

  test('half-open permits no more than its trials, and one more for each that is given up', () => {
    const breaker = opened();
    expect([1, 2, 3].map(() => breaker.permit(70e9))).toEqual([true, true, false]);
    breaker.release();
    expect([1, 2].map(() => breaker.permit(70e9))).toEqual([true, false]);
  });

  test('counts a late failure of a call from before as one of its trials', () => {
    const breaker = opened();
    expect(breaker.permit(70e9)).toBe(true);
    breaker.record(71e9, true, 0);
    breaker.record(71e9, true, 0);
    expect(breaker.state).toBe('open');
  });

  test('by time forgets whole seconds at once, however long nobody called', () => {
    const breaker = new CircuitBreaker({ ...defaults, window: { seconds: 3 }, minimumCalls: 1000 });
    const at = [0.1, 1.9, 2.5, 4.999].map((seconds) => {
      breaker.record(seconds * 1e9, false, 0);
      return breaker.reading(seconds * 1e9).calls;
    });
    expect(at).toEqual([1, 2, 3, 2]);
    expect(breaker.reading(5e9).calls).toBe(1);
    expect(breaker.reading(1e15).calls).toBe(0);
  });
});
