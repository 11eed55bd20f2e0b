import { describe, expect, test } from 'vitest';
import { placeReplicas } from '../../../../src/models/algorithms/placement/kafka-replicas.ts';

describe('replicas stand where Kafka puts them', () => {
  // Worked out by hand from the rule; the same picture is in the comment of AdminUtils and in its test.
  test('ten partitions of three copies on five brokers, from broker 0', () => {
    expect(placeReplicas({ partitions: 10, replicationFactor: 3, brokers: 5 })).toEqual([
      [0, 1, 2],
      [1, 2, 3],
      [2, 3, 4],
      [3, 4, 0],
      [4, 0, 1],
      [0, 2, 3],
      [1, 3, 4],
      [2, 4, 0],
      [3, 0, 1],
      [4, 1, 2],
    ]);
  });

  // Leader (p + 2) % 4; copies 1 + (3 + round + j) % 3 behind it: shifts 1, 2 in the first round and 2, 3 in the second.
  test('start and shift are apart from each other', () => {
    const placed = placeReplicas({
      partitions: 6,
      replicationFactor: 3,
      brokers: 4,
      startIndex: 2,
      shift: 3,
    });
    expect(placed).toEqual([
      [2, 3, 0],
      [3, 0, 1],
      [0, 1, 2],
      [1, 2, 3],
      [2, 0, 1],
      [3, 1, 2],
    ]);
  });

  test('one broker holds one copy of everything', () => {
    expect(placeReplicas({ partitions: 2, replicationFactor: 1, brokers: 1 })).toEqual([[0], [0]]);
  });
});

test('no partition has two copies on one broker, and leaders are as even as they can be', () => {
  for (let start = 0; start < 6; start += 1) {
    for (let shift = 0; shift < 6; shift += 1) {
      const placed = placeReplicas({
        partitions: 50,
        replicationFactor: 3,
        brokers: 6,
        startIndex: start,
        shift,
      });
      expect(placed.every((replicas) => new Set(replicas).size === 3)).toBe(true);
      const led = [0, 1, 2, 3, 4, 5].map((broker) => placed.filter(([leader]) => leader === broker).length);
      expect(Math.max(...led) - Math.min(...led)).toBe(1);
    }
  }
});

test('more copies than brokers are refused', () => {
  expect(() => placeReplicas({ partitions: 1, replicationFactor: 4, brokers: 3 })).toThrow(RangeError);
});
