import { describe, expect, test } from 'vitest';
import { Accumulator, type Batch } from '../../../../src/models/algorithms/batching/accumulator.ts';
import { hasRoom, isFull, recordsPerBatch } from '../../../../src/models/algorithms/batching/record-batch.ts';

interface Partition {
  readonly name: string;
  readonly number: number;
}
type Named = Batch<Partition>;

const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name, number): Partition => ({ name, number }));
const empty = (): Named => ({ partition: a, bytes: 0, openedAt: 0, isComplete: false });

/** One broker's accumulator with room for three records of 100 bytes in a batch. */
const accumulator = (options = {}) =>
  new Accumulator<Partition, Named>(
    { linger: 5, batchSize: 361, maxRequestSize: 2 ** 20, ...options },
    empty,
  );

function drained(of: Accumulator<Partition, Named>): [string, number][] {
  const request: Named[] = [];
  of.drain(request);
  return request.map(({ partition, bytes }) => [partition.name, bytes]);
}

describe('a batch', () => {
  test('takes records up to its size, header included', () => {
    expect([200, 201].map((bytes) => hasRoom(bytes, 100, 361))).toEqual([true, false]);
    expect([299, 300].map((bytes) => isFull(bytes, 361))).toEqual([false, true]);
    expect(recordsPerBatch(100, 361)).toBe(3);
  });

  test('takes a record that is too large for any, if it is empty', () => {
    expect(hasRoom(0, 5000, 361)).toBe(true);
    expect(recordsPerBatch(5000, 361)).toBe(1);
  });
});

describe('a broker', () => {
  test('is ready when its oldest batch has lingered, and not before', () => {
    const of = accumulator();
    of.append(a, 100, 10);
    of.append(b, 100, 13);
    expect(of.dueAt).toBe(15);
    expect([of.isReady(14), of.isReady(15)]).toEqual([false, true]);
  });

  test('is ready at once when a batch is full', () => {
    const of = accumulator();
    of.append(a, 200, 0);
    expect(of.isReady(0)).toBe(false);
    of.append(a, 100, 0);
    expect(of.isReady(0)).toBe(true);
  });

  test('is ready at once when a record does not fit; that record begins the next batch', () => {
    const of = accumulator();
    of.append(a, 250, 0);
    of.append(a, 100, 2);
    expect(of.isReady(2)).toBe(true);
    expect(drained(of)).toEqual([['a', 250]]);
    expect([of.isReady(2), of.dueAt]).toEqual([false, 7]);
  });
});

describe('a request', () => {
  test('takes along what other partitions of the broker have, however young', () => {
    const of = accumulator();
    of.append(a, 100, 0);
    of.append(b, 100, 4.9);
    expect(drained(of)).toEqual([
      ['a', 100],
      ['b', 100],
    ]);
    expect(of.isEmpty).toBe(true);
  });

  test('takes one batch of each partition, the oldest', () => {
    const of = accumulator();
    of.append(a, 300, 0);
    of.append(b, 100, 1);
    of.append(a, 200, 2);
    of.append(a, 200, 3);
    expect(drained(of)).toEqual([
      ['a', 300],
      ['b', 100],
    ]);
    expect(drained(of)).toEqual([['a', 200]]);
    expect(of.isReady(3)).toBe(false);
    expect(drained(of)).toEqual([['a', 200]]);
  });

  test('is no larger than it may be, but for one batch', () => {
    const of = accumulator({ maxRequestSize: 400 });
    for (const partition of [a, b, c]) of.append(partition, 120, 0);
    expect(drained(of)).toEqual([
      ['a', 120],
      ['b', 120],
    ]);
    of.append(d, 500, 0);
    expect(drained(of)).toEqual([['c', 120]]);
    expect(drained(of)).toEqual([['d', 500]]);
  });

  test('leaves a partition’s next record to open a batch of its own', () => {
    const of = accumulator();
    of.append(a, 100, 0);
    drained(of);
    expect(of.append(a, 100, 9).openedAt).toBe(9);
  });
});
