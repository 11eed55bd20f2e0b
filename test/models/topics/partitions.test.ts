import { describe, expect, test } from 'vitest';
import { kafkaPartition } from '../../../src/models/algorithms/partitioning/kafka-murmur2.ts';
import { utf8 } from '../../../src/models/algorithms/partitioning/utf8.ts';
import { Assembly } from '../../../src/models/assemble.ts';
import type { KeyPopulation } from '../../../src/models/contracts/keys.ts';
import type { Design } from '../../../src/models/design.ts';
import { kinds } from '../../../src/models/kinds.ts';
import type { ServiceModel } from '../../../src/models/services/model.ts';
import type { TopicModel, TopicTally } from '../../../src/models/topics/model.ts';
import { designOf, readingOf, runOf } from '../harness.ts';

const keyed = (key: string, partitions = 10) => `
name: partitions
run: { duration: 30s, warmUp: 0s }
keys: { id: ${key} }
workloads: { w: { arrivals: { rate: 1000/s }, keys: [id], call: a.go } }
services: { a: { operations: { go: [ publish: t ] } } }
clusters: { c: { brokers: 3 } }
topics: { t: { cluster: c, key: id, partitions: ${partitions} } }
`;

const sharesOf = (run: Assembly): readonly number[] =>
  (run.records()['topics.t'] as TopicTally).shares.region;

describe('a record goes to the partition that Kafka gives its key', () => {
  // Vectors of Utils.murmur2 and BuiltInPartitioner.partitionForKey, Apache Kafka 1eb7644349cb on JDK 17.
  test.each([
    ['a', 10, 4],
    ['a', 50, 24],
    ['abc', 10, 7],
    ['abcd', 12, 8],
  ])('%s among %i', (text, partitions, partition) => {
    const run = runOf(keyed(`{ count: 1, format: "${text}" }`, partitions).replace('30s', '1s'));
    expect(sharesOf(run).indexOf(1)).toBe(partition);
    expect(readingOf(run, 'topics.t.hottestPartitionShare')).toBe(1);
  });

  test.each([
    ['as many of each value', '{ count: 500, format: "user-{n}" }'],
    ['some values far more often', '{ count: 500, skew: { zipf: 1 }, format: "user-{n}" }'],
  ])('shares follow from the values, %s', (_, key) => {
    const run = runOf(keyed(key));
    const population = run.component<KeyPopulation>('keys.id');
    const expected = new Array<number>(10).fill(0);
    for (let value = 0; value < 500; value += 1) {
      expected[kafkaPartition(utf8(population.text(value)), 10)] += population.share(value);
    }
    const records = run.readings().get('topics.t.records')?.num as number;
    sharesOf(run).forEach((share, partition) => {
      const p = expected[partition];
      // 3.9 standard deviations of a binomial share: one in ten thousand, for each of ten.
      expect(Math.abs(share - p)).toBeLessThan(3.9 * Math.sqrt((p * (1 - p)) / records));
    });
    expect(readingOf(run, 'topics.t.hottestPartitionShare')).toBe(Math.max(...sharesOf(run)));
  });

  test('a step’s own key comes before the topic’s', () => {
    const yaml = keyed('{ count: 1, format: a }')
      .replace('keys: { id:', 'keys: { other: { count: 1, format: abc }, id:')
      .replace('keys: [id]', 'keys: [id, other]')
      .replace('publish: t', 'publish: { to: t, key: other }')
      .replace('30s', '1s');
    expect(sharesOf(runOf(yaml))[7]).toBe(1);
  });

  test('and is named by `place` so', () => {
    const design: Design = designOf(keyed('{ count: 1 }', 50));
    const kind = kinds.find(({ section }) => section === 'topics');
    const placement = kind?.placement?.('t', design.entry('topics', 't'), design);
    expect([placement?.noun, placement?.count, placement?.place('a')]).toEqual(['partition', 50, 24]);
  });
});

/** A consumer that never finishes its first record, so that the whole log is there to be looked at. */
const kept = (producer: string) => `
name: kept
run: { duration: 20s, warmUp: 0s }
regions: { us: us-east-1 }
network: { jitter: 100%, sameRegion: 20ms }
keys: { id: { count: 100 } }
workloads: { w: { arrivals: { rate: 500/s }, keys: [id], call: a.go } }
services:
  a: { operations: { go: [ publish: t ] } }
  b: { operations: { stuck: [ wait: 1d ] } }
clusters: { c: { brokers: 3 } }
topics: { t: { cluster: c, key: id, partitions: 5, producer: { ${producer} } } }
consumers: { g: { topic: t, call: b.stuck } }
`;

describe('what one instance publishes to a partition stays in order', () => {
  test.each([
    ['one record a batch, five requests under way', 'linger: 0s'],
    ['many, and any number of requests', 'linger: 5ms, maxInFlight: 1000'],
  ])('however the network jitters: %s', (_, producer) => {
    const run = runOf(kept(producer));
    const [{ logs }] = run.component<TopicModel>('topics.t').regions;
    for (const log of logs) {
      const records = Array.from({ length: log.end }, (_, offset) => log.at(offset));
      expect(records.length).toBeGreaterThan(500);
      const ordered = (values: number[]) => values.every((value, at) => at === 0 || value >= values[at - 1]);
      expect(ordered(records.map(({ publishedAt }) => publishedAt))).toBe(true);
      expect(ordered(records.map(({ visibleAt }) => visibleAt))).toBe(true);
    }
  });
});

test('a producer that dies takes the records of its open batches along, and whoever waits for them hears of it', () => {
  const yaml = `
name: dies
run: { duration: 10s, warmUp: 0s }
workloads: { w: { arrivals: { rate: 10/s, process: deterministic }, call: a.go } }
services: { a: { instances: 2, balancing: round-robin, operations: { go: [ publish: t ] } } }
clusters: { c: { brokers: 1 } }
topics: { t: { cluster: c, producer: { linger: 1s } } }
`;
  const assembly = new Assembly(designOf(yaml), 1, 0);
  assembly.simulation.agenda().at(5.05e9, {
    fire: () => assembly.component<ServiceModel>('services.a').fleetIn('region').crash(0),
  });
  assembly.run();
  const tally = assembly.records()['topics.t'] as TopicTally;
  // Every 1.2 s an instance opens a batch (records 0.2 s apart, none before the last has left); some are in it.
  expect(tally.lost).toBeGreaterThan(0);
  expect(tally.lost).toBeLessThanOrEqual(6);
  expect(assembly.readings().get('workloads.w.failed')?.num).toBe(tally.lost);
  expect(tally.published - tally.lost - tally.sent).toBeLessThanOrEqual(11);
  expect(tally.readable).toBeLessThanOrEqual(tally.sent);
});

test('where nobody reads a topic nothing of it is kept', () => {
  const run = runOf(keyed('{ count: 100 }').replace('30s', '5s'));
  const [{ logs }] = run.component<TopicModel>('topics.t').regions;
  const [log] = logs.filter(({ end }) => end > 0);
  expect(() => log.at(log.end - 1)).toThrow('is not in');
});
