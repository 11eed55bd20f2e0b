import { describe, expect, test } from 'vitest';
import { shardFunctions } from '../../../src/models/algorithms/partitioning/index.ts';
import { kafkaPartition } from '../../../src/models/algorithms/partitioning/kafka-murmur2.ts';
import { utf8 } from '../../../src/models/algorithms/partitioning/utf8.ts';
import type { KeyPopulation } from '../../../src/models/contracts/keys.ts';
import { kinds } from '../../../src/models/kinds.ts';
import { parseScenario } from '../../../src/models/parse.ts';
import type { TopicTally } from '../../../src/models/topics/model.ts';
import { designOf, problemsOf, readingOf, runOf } from '../harness.ts';

interface Setting {
  readonly cluster?: string;
  readonly topic?: string;
  readonly regions?: string;
  readonly faults?: string;
}

const sharded = ({
  cluster = 'shards: 3,',
  topic = 'key: account, shardBy: jump,',
  regions = '{ us: us-east-1 }',
  faults = '{}',
}: Setting = {}) => `
name: shards
run: { duration: 40s, warmUp: 0s }
regions: ${regions}
keys: { account: { count: 300, skew: { zipf: 1 }, format: "acct-{n}" } }
workloads: { w: { arrivals: { rate: 500/s }, keys: [account], call: a.go } }
services: { a: { operations: { go: [ publish: t ] } }, b: { instances: 2, operations: { take: [ wait: 1ms ] } } }
clusters: { c: { brokers: 3, ${cluster} } }
topics: { t: { cluster: c, partitions: 4, ${topic} } }
consumers: { g: { topic: t, call: b.take } }
faults: ${faults}
`;

const tallyOf = (run: ReturnType<typeof runOf>) => run.records()['topics.t'] as TopicTally;

describe('a topic on several clusters', () => {
  test('has a record where the function puts its key’s text, and there where Kafka does', () => {
    const run = runOf(sharded());
    const population = run.component<KeyPopulation>('keys.account');
    const shardOf = shardFunctions.jump.make({ count: 3 });
    const expected = new Array<number>(12).fill(0);
    for (let value = 0; value < 300; value += 1) {
      const text = population.text(value);
      expected[4 * shardOf(text) + kafkaPartition(utf8(text), 4)] += population.share(value);
    }
    const records = run.readings().get('topics.t.records')?.num as number;
    tallyOf(run).shares.us.forEach((share, place) => {
      const p = expected[place];
      // 3.9 standard deviations of a binomial share: one in ten thousand, for each of twelve.
      expect(Math.abs(share - p)).toBeLessThan(3.9 * Math.sqrt((p * (1 - p)) / records));
    });
  });

  test('is read by its consumers from all of them', () => {
    // Ten seconds without load at the end: all has been read.
    const faults = '{ quiet: { fault: surge, workload: w, factor: 0.000000001, at: 30s } }';
    const run = runOf(sharded({ faults }));
    expect(run.readings().get('consumers.g.consumed')?.num).toBe(tallyOf(run).published);
    expect(tallyOf(run).published).toBeGreaterThan(14_000);
  });

  test('has brokers of its own on each, measured each for itself', () => {
    const run = runOf(sharded());
    const parts = [0, 1, 2].map((shard) => readingOf(run, `clusters.c.in.us.shards.${shard}.requests`));
    expect(parts.every((requests) => requests > 0)).toBe(true);
    expect(readingOf(run, 'clusters.c.in.us.requests')).toBeCloseTo(
      parts.reduce((sum, requests) => sum + requests, 0),
      9,
    );
    expect(run.costs.find(({ item }) => item.includes('broker'))?.quantity).toBe(9);
  });

  test('loses the leaders of one of them when a broker of that one dies', () => {
    const faults = '{ f: { fault: broker-crash, cluster: c, shard: 1, leaderOf: t, partition: 2, at: 10s } }';
    const run = runOf(sharded({ faults }));
    const most = (shard: number) =>
      run.readings().get(`clusters.c.in.us.shards.${shard}.offlinePartitions`)?.max as number;
    expect([most(0), most(2)]).toEqual([0, 0]);
    expect([1, 2]).toContain(most(1));
    expect(run.readings().get('clusters.c.offlinePartitions')?.max).toBe(most(1));
    expect(tallyOf(run).lostAcknowledged).toBe(0);
  });

  test('is mirrored cluster by cluster', () => {
    const regions = '{ us: us-east-1, eu: eu-west-1 }';
    const faults = '{ quiet: { fault: surge, workload: w, factor: 0.000000001, at: 30s } }';
    const run = runOf(sharded({ cluster: 'shards: 2, mirror: all,', regions, faults }));
    const { mirrors, published } = tallyOf(run);
    expect((mirrors ?? []).reduce((sum, { readable }) => sum + readable, 0)).toBe(published);
  });
});

test('`place` names cluster and partition of a key', () => {
  const design = designOf(sharded());
  const kind = kinds.find(({ section }) => section === 'topics');
  const placement = kind?.placement?.('t', design.entry('topics', 't'), design);
  const place = placement?.place('acct-7') as number;
  const shard = shardFunctions.jump.make({ count: 3 })('acct-7');
  expect(placement?.count).toBe(12);
  expect(placement?.nameOf?.(place)).toBe(`${shard}.${kafkaPartition(utf8('acct-7'), 4)}`);
});

describe('cluster and partition by the same hash', () => {
  const yaml = sharded({ cluster: 'shards: 2,', topic: 'key: account, shardBy: kafka-murmur2,' });

  test('leave half of the partitions empty: even hashes go to even partitions', () => {
    const { us } = tallyOf(runOf(yaml)).shares;
    expect(us.map((share) => share > 0)).toEqual([true, false, true, false, false, true, false, true]);
  });

  test('are warned of', () => {
    const { problems } = parseScenario('test.yaml', () => yaml);
    expect(problems.map(({ severity, message }) => [severity, message])).toEqual([
      [
        'warning',
        'cluster and partition follow from the same hash: of each cluster’s 4 partitions 2 get all',
      ],
    ]);
    const apart = yaml.replace('partitions: 4', 'partitions: 5');
    expect(parseScenario('test.yaml', () => apart).problems).toEqual([]);
  });
});

describe('refused is', () => {
  test.each([
    [
      'a topic on several clusters that does not choose',
      { topic: 'key: account,' },
      'c is 3 clusters in each region, and nothing says which one has a record',
    ],
    [
      'one without a key',
      { topic: 'shardBy: jump,' },
      'c is 3 clusters in each region, and nothing says which one has a record',
    ],
    ['a choice of one', { cluster: '' }, 'c is one cluster in each region: there is nothing to choose'],
    [
      'a fault of a cluster that is not there',
      { faults: '{ f: { fault: broker-crash, cluster: c, shard: 3, at: 1s } }' },
      'there is no cluster 3 of c',
    ],
  ])('%s', (_, setting, message) => {
    expect(problemsOf(sharded(setting))).toEqual([message]);
  });
});
