import { expect, test } from 'vitest';
import { retryBackoff } from '../../../../src/models/algorithms/batching/retry-backoff.ts';
import { vectors } from '../partitioning/vectors.ts';

interface Vectors {
  readonly kafka: readonly {
    readonly initial_ms: number;
    readonly multiplier: number;
    readonly max_ms: number;
    readonly attempt_0_to_12_ms: readonly number[];
  }[];
}

// Kafka’s clients double; the vectors of other bases are for other users of the class.
const doubling = vectors<Vectors>('kafka-exponential-backoff').kafka.filter(
  ({ multiplier }) => multiplier === 2,
);

test.each(doubling)(
  'waits grow as Kafka’s do: from $initial_ms ms to $max_ms ms',
  ({ initial_ms: initial, max_ms: most, attempt_0_to_12_ms: expected }) => {
    const waits = expected.map((_, attempts) => retryBackoff(attempts, 0.5, { initial, most, jitter: 0 }));
    expect(waits).toEqual(expected);
  },
);

test('a client’s own waits are a tenth of a second, doubled up to a second, a fifth more or less', () => {
  expect([0, 1, 2, 3, 9].map((attempts) => retryBackoff(attempts, 0))).toEqual([80, 160, 320, 640, 800]);
  expect([0, 1, 2].map((attempts) => retryBackoff(attempts, 0.999))).toEqual([119, 239, 479]);
  // Jitter never takes it beyond the most.
  expect(retryBackoff(9, 0.999)).toBe(1000);
});
