import { describe, expect, it } from 'vitest';
import {
  kafkaMurmur2Shards,
  kafkaPartition,
} from '../../../../src/models/algorithms/partitioning/kafka-murmur2.ts';
import { kafkaSticky, loadTable } from '../../../../src/models/algorithms/partitioning/kafka-sticky.ts';
import { librdkafkaPartitioners } from '../../../../src/models/algorithms/partitioning/librdkafka.ts';
import { murmur2, toPositive } from '../../../../src/models/algorithms/partitioning/murmur2.ts';
import { fromHex, vectors } from './vectors.ts';

type ByCount = Record<string, number>;

interface StickyVectors {
  uniform_switch: {
    stickyBatchSize: number;
    partitions: number;
    randoms: number[];
    steps: { append: number; enableSwitch: boolean; partition: number; switchedAfter: boolean }[];
  }[];
  adaptive_load: {
    queueSizes: number[];
    cumulativeFrequencyTable: number[] | null;
    random_i_to_partition_for_i_0_to_31: number[];
  }[];
}

/** Draws the numbers of the list, and fails the test when it is used up. */
function draws(numbers: readonly number[]): () => number {
  let next = 0;
  return () => {
    expect(next).toBeLessThan(numbers.length);
    return numbers[next++];
  };
}

describe('records with a key', () => {
  it("murmur2 and the partition are the Java client's on every vector", () => {
    const { pairs } = vectors<{
      pairs: { key?: string; hex: string; murmur2: number; toPositive: number; partition: ByCount }[];
    }>('kafka-murmur2');
    expect(pairs).toHaveLength(31);
    for (const pair of pairs) {
      const bytes = fromHex(pair.hex);
      expect([pair.hex, murmur2(bytes), toPositive(murmur2(bytes))]).toEqual([
        pair.hex,
        pair.murmur2,
        pair.toPositive,
      ]);
      for (const [count, partition] of Object.entries(pair.partition)) {
        expect(kafkaPartition(bytes, Number(count))).toBe(partition);
        if (pair.key !== undefined)
          expect(kafkaMurmur2Shards({ count: Number(count) })(pair.key)).toBe(partition);
      }
    }
  });

  it("librdkafka's partitioners agree with the library on every vector", () => {
    const { pairs } = vectors<{
      pairs: { hex: string; consistent: ByCount; murmur2: ByCount; fnv1a: ByCount }[];
    }>('librdkafka-partitioners');
    expect(pairs).toHaveLength(31);
    for (const { hex, ...expected } of pairs) {
      for (const name of ['consistent', 'murmur2', 'fnv1a'] as const) {
        for (const [count, partition] of Object.entries(expected[name])) {
          const found = librdkafkaPartitioners[name](fromHex(hex), Number(count));
          expect([name, hex, count, found]).toEqual([name, hex, count, partition]);
        }
      }
    }
  });
});

describe('records without a key', () => {
  const { uniform_switch, adaptive_load } = vectors<StickyVectors>('kafka-sticky-partitioner');

  it('leave a partition when the Java client does, for the one it draws, in every sequence', () => {
    expect(uniform_switch).toHaveLength(16);
    for (const { stickyBatchSize, partitions, randoms, steps } of uniform_switch) {
      const sticky = kafkaSticky({ count: partitions, batchSize: stickyBatchSize }, draws(randoms));
      const found = steps.map(({ append, enableSwitch }) => ({
        append,
        enableSwitch,
        partition: sticky.partition(),
        switchedAfter: sticky.append(append, enableSwitch),
      }));
      expect(found).toEqual(steps);
    }
  });

  it('are drawn by the Java client’s table where queues differ', () => {
    expect(adaptive_load).toHaveLength(6);
    for (const {
      queueSizes,
      cumulativeFrequencyTable,
      random_i_to_partition_for_i_0_to_31,
    } of adaptive_load) {
      const partitions = queueSizes.map((_, index) => index);
      expect(loadTable(queueSizes, partitions, queueSizes.length)?.ends ?? null).toEqual(
        cumulativeFrequencyTable,
      );
      const found = random_i_to_partition_for_i_0_to_31.map((_, random) => {
        const sticky = kafkaSticky({ count: queueSizes.length }, () => random);
        sticky.observeQueues(queueSizes);
        return sticky.partition();
      });
      expect(found).toEqual(random_i_to_partition_for_i_0_to_31);
    }
  });

  it('go to partitions with a leader, and to any when none has one', () => {
    let leaders: number[] = [2, 5];
    const sticky = kafkaSticky({ count: 6, batchSize: 1, available: () => leaders }, draws([7, 4, 9]));
    const seen = [sticky.partition()];
    sticky.append(1);
    seen.push(sticky.partition());
    leaders = [];
    sticky.append(1);
    seen.push(sticky.partition());
    expect(seen).toEqual([5, 2, 3]);
  });

  it('adapt to queues once every partition has had a batch, and not before', () => {
    const asked: number[] = [];
    let random = 0;
    const queues = () => {
      asked.push(random);
      return [9, 0, 9];
    };
    const sticky = kafkaSticky({ count: 3, batchSize: 1, queues }, () => random++);
    const seen: number[] = [];
    for (let record = 0; record < 6; record += 1) {
      seen.push(sticky.partition());
      sticky.append(1);
    }
    // Weights 1, 10, 1 of 12, once partitions 0, 1, 2 have been drawn by the numbers 0, 1, 2.
    expect(seen).toEqual([0, 1, 2, 1, 1, 1]);
    expect(asked).toEqual([4, 5, 6, 7]);
  });

  it('never go to a partition left out as too slow, even when the other queues are equal', () => {
    let random = 0;
    const sticky = kafkaSticky({ count: 3, batchSize: 1 }, () => random++);
    sticky.observeQueues([4, 4, 99], [0, 2, 1], 2);
    const seen = new Set<number>();
    for (let record = 0; record < 20; record++) {
      seen.add(sticky.partition());
      sticky.append(1);
    }
    expect([...seen].sort()).toEqual([0, 2]);
    sticky.observeQueues(undefined);
    for (let record = 0; record < 20; record++) {
      seen.add(sticky.partition());
      sticky.append(1);
    }
    expect(seen.has(1)).toBe(true);
  });
});
