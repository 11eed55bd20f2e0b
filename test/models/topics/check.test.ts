import { describe, expect, test } from 'vitest';
import { parseScenario } from '../../../src/models/parse.ts';
import { problemsOf, runOf, scenarioOf } from '../harness.ts';

interface Setting {
  readonly topic?: string;
  readonly cluster?: string;
  readonly consumer?: string;
  readonly service?: string;
  readonly workload?: string;
}

const scenario = ({
  topic = '',
  cluster = '',
  consumer = '',
  service = '',
  workload = 'keys: [id],',
}: Setting = {}) => `
name: check
regions: { us: us-east-1, eu: eu-west-1 }
keys: { id: { count: 10 }, other: { count: 10 } }
workloads: { o: { arrivals: { rate: 1/s }, keys: [other], call: b.take }, w: { arrivals: { rate: 1/s }, ${workload} call: a.go } }
services:
  a: { operations: { go: [ publish: t ] } }
  b: { ${service} operations: { take: [ wait: 1ms ] } }
clusters: { c: { ${cluster} } }
topics: { t: { cluster: c, key: id, partitions: 4, ${topic} } }
consumers: { g: { topic: t, call: b.take, ${consumer} } }
`;

test('a scenario of the usual kind has nothing against it', () => {
  expect(problemsOf(scenario())).toEqual([]);
});

describe('is refused', () => {
  test.each([
    ['more copies than brokers', { topic: 'replicationFactor: 4' }, '4 copies do not fit on 3 brokers'],
    [
      'more in-sync replicas than copies',
      { topic: 'replicationFactor: 2, minInsyncReplicas: 3' },
      '3 in-sync replicas are asked for and there are 2',
    ],
    [
      'more in-sync replicas than copies by default',
      { topic: 'minInsyncReplicas: 2', cluster: 'brokers: 1' },
      '2 in-sync replicas are asked for and there are 1',
    ],
    [
      'a key that callers do not bring',
      { workload: 'keys: [other],' },
      'a.go publishes by id, which the calls of w do not carry',
    ],
  ])('%s', (_, setting, message) => {
    expect(problemsOf(scenario(setting))).toEqual([message]);
  });

  test.each([
    ['no partition', { topic: 'partitions: 0' }],
    ['acks that Kafka has not', { topic: 'producer: { acks: 2 }' }],
    ['an assignor that Kafka has not', { consumer: 'assignor: best' }],
    ['polls of nothing', { consumer: 'maxPoll: 0' }],
  ])('%s', (_, setting) => {
    expect(problemsOf(scenario(setting))).not.toEqual([]);
  });
});

test('a consumer of a topic that is not there is refused', () => {
  const { problems } = parseScenario('test.yaml', () => scenario().replace('{ topic: t,', '{ topic: tt,'));
  expect(problems.map(({ message }) => message)).toEqual(['no topic "tt"']);
});

describe('is warned of, and runs', () => {
  const warned = (setting: Setting) => {
    const { scenario: parsed, problems } = parseScenario('test.yaml', () => scenario(setting));
    expect(parsed).toBeDefined();
    return problems.map(({ severity, message }) => `${severity}: ${message}`);
  };

  test('members without a partition', () => {
    expect(warned({ service: 'instances: 3,', consumer: 'members: 2' })).toEqual([
      'warning: 6 members in us share 4 partitions: 2 have nothing to do',
      'warning: 6 members in eu share 4 partitions: 2 have nothing to do',
    ]);
  });

  test('records that nobody reads', () => {
    expect(warned({ service: 'regions: [us],' })).toEqual([
      'warning: nobody reads what is published in eu: b does not stand there',
    ]);
  });

  test('members far from the brokers', () => {
    expect(warned({ cluster: 'regions: [us],' })).toEqual([
      'warning: members in eu read the cluster of us: each record waits for the way',
    ]);
  });

  test('copies none of which may be missing, where that refuses publishes', () => {
    const all =
      'warning: all 2 copies must be in sync: while one of their brokers is away, publishes are refused';
    expect(warned({ topic: 'replicationFactor: 2, minInsyncReplicas: 2' })).toEqual([all]);
    expect(warned({ topic: 'replicationFactor: 2, minInsyncReplicas: 2, producer: { acks: 1 }' })).toEqual(
      [],
    );
    expect(warned({ topic: 'replicationFactor: 1' })).toEqual([]);
  });

  test('batches of one', () => {
    expect(warned({ topic: 'recordSize: 9KiB' })).toEqual([
      'warning: a batch has room for one record, so every record is sent on its own',
    ]);
  });
});

test('what was left open is told, with where it comes from', () => {
  const about = scenarioOf(scenario()).assumptions.map((each) => each.about);
  expect(about).toEqual(
    expect.arrayContaining([
      'topics.t: linger',
      'topics.t: size of a record',
      'topics.t: replication factor',
      'clusters.c: a broker’s time for one request',
      'consumers.g: commits',
    ]),
  );
});

test('targets can name what is measured, before any run', () => {
  const { catalog } = scenarioOf(scenario());
  for (const id of [
    'topics.t.hottestPartitionShare',
    'topics.t.batchSize.mean',
    'topics.t.in.eu.publishLatency.p99',
    'clusters.c.in.us.utilization',
    'clusters.c.hottestBrokerUtilization',
    'consumers.g.lagRecords.max',
    'consumers.g.lagSeconds.p95',
    'consumers.g.in.eu.lagSeconds.max',
  ]) {
    expect(catalog.get(id), id).toBeDefined();
  }
});

test('a run measures what was named before it, no more and no less', () => {
  const yaml = scenario().replace('name: check', 'name: check\nrun: { duration: 2s }');
  const own = (ids: Iterable<string>) =>
    [...new Set(ids)].filter((id) => /^(topics|clusters|consumers)\./.test(id)).sort();
  const named = own(
    scenarioOf(yaml)
      .catalog.all()
      .map(({ meter }) => meter),
  );
  expect(own(runOf(yaml).readings().keys())).toEqual(named);
  expect(named.length).toBeGreaterThan(40);
});
