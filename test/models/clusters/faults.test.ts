import { describe, expect, test } from 'vitest';
import type { TopicTally } from '../../../src/models/topics/model.ts';
import { problemsOf, readingOf, runOf } from '../harness.ts';

const trading = ({ faults = '', topic = '', cluster = '', regions = '{ us: us-east-1 }' } = {}) => `
name: trading
run: { duration: 400s, warmUp: 0s }
regions: ${regions}
keys: { account: { count: 1k } }
workloads: { w: { arrivals: { rate: 100/s }, keys: [account], client: { timeout: 5s }, call: a.go } }
services: { a: { instances: 2, operations: { go: [ publish: t ] } } }
clusters: { c: { brokers: 3, ${cluster} }, d: {} }
topics:
  t: { cluster: c, key: account, partitions: 6, ${topic} }
  u: { cluster: d }
faults:
  ${faults}
  quiet: { fault: surge, workload: w, factor: 0.000000001, at: 250s }
`;

/** After a minute and more without load nothing is under way: each record has ended somewhere. */
function expectBalance({ published, ...counts }: TopicTally): void {
  const { readable, duplicated, lost, undelivered, lostAcknowledged, lostUnacknowledged } = counts;
  expect(readable - duplicated + lost + undelivered + lostAcknowledged + lostUnacknowledged).toBe(published);
}

const tallyOf = (run: ReturnType<typeof runOf>) => run.records()['topics.t'] as TopicTally;

describe('a broker that dies', () => {
  const faults = 'die: { fault: broker-crash, cluster: c, broker: 1, at: 60s, for: 60s }';

  test('leaves a third of the partitions without a leader for seven to nine seconds, and loses nothing', () => {
    const run = runOf(trading({ faults, topic: 'minInsyncReplicas: 2,' }));
    expect(run.readings().get('clusters.c.offlinePartitions')?.max).toBe(2);
    const offline = readingOf(run, 'clusters.c.offlinePartitions') * 400;
    expect(offline).toBeGreaterThanOrEqual(2 * 7);
    expect(offline).toBeLessThanOrEqual(2 * 9);
    // Away for its minute, and what is left of its former life; all six partitions have a copy there.
    const short = readingOf(run, 'clusters.c.underReplicatedPartitions') * 400;
    expect(short).toBeGreaterThan(6 * 51);
    expect(short).toBeLessThan(6 * 54);
    expect(run.readings().get('clusters.c.elections')?.num).toBe(4);
    const tally = tallyOf(run);
    expectBalance(tally);
    expect(tally.readable).toBe(tally.published);
  });

  test('is told in the timeline', () => {
    const run = runOf(trading({ faults }));
    const told = run.timeline.occurrences.filter(({ component }) => component.startsWith('clusters.c'));
    expect(told.map(({ what }) => what)).toEqual([
      'broker 1 is taken for dead: 2 partitions have another leader, 0 have none',
      'broker 1 is back, with its data',
      'all copies of its partitions are in sync again',
      '2 partitions are led by their preferred leaders again',
    ]);
  });

  test('takes along what was acknowledged by it alone, where acks: 1 asks for no more', () => {
    const topic = 'producer: { acks: 1, linger: 0s },';
    const run = runOf(trading({ faults, topic, cluster: 'append: 20ms,' }));
    const tally = tallyOf(run);
    expectBalance(tally);
    expect(tally.lostAcknowledged).toBeGreaterThan(0);
    expect(run.readings().get('topics.t.lostAcknowledged')?.num).toBe(tally.lostAcknowledged);
    expect(readingOf(run, 'topics.t.accuracy')).toBeLessThan(1);
  });

  test('can be the leader of a partition, whichever broker that is', () => {
    const run = runOf(
      trading({
        faults:
          'die: { fault: broker-crash, cluster: c, leaderOf: t, partition: 3, at: 60s, for: 60s, data: destroyed }',
      }),
    );
    expect(run.readings().get('clusters.c.offlinePartitions')?.max).toBe(2);
    expectBalance(tallyOf(run));
  });
});

test('where nobody is left who is in sync, publishes fail after two minutes, and an unclean election goes on at a loss', () => {
  const faults = `
  first: { fault: broker-crash, cluster: c, broker: 1, at: 20s, for: 40s }
  second: { fault: broker-crash, cluster: c, broker: 2, at: 20s, for: 40s }
  third: { fault: broker-crash, cluster: c, broker: 0, at: 59s, for: 150s }`;
  const clean = runOf(trading({ faults }));
  expectBalance(tallyOf(clean));
  expect(clean.readings().get('clusters.c.offlinePartitions')?.max).toBe(6);
  expect(tallyOf(clean).undelivered).toBeGreaterThan(0);
  expect(clean.readings().get('topics.t.undeliveredRecords')?.num).toBe(tallyOf(clean).undelivered);
  expect(tallyOf(clean).truncated).toBe(0);
  const unclean = runOf(trading({ faults, topic: 'uncleanElection: true,' }));
  expectBalance(tallyOf(unclean));
  expect(tallyOf(unclean).undelivered).toBe(0);
  // Half a minute of a hundred a second that only broker 0 had.
  expect(tallyOf(unclean).truncated).toBeGreaterThan(25 * 100);
});

test('a slow follower holds publishes back until it is left out', () => {
  const faults = 'slow: { fault: broker-slow, cluster: c, broker: 2, factor: 1000000, at: 60s, for: 80s }';
  const run = runOf(trading({ faults, topic: 'minInsyncReplicas: 2,' }));
  expect(readingOf(run, 'clusters.c.underReplicatedPartitions')).toBeGreaterThan(0);
  expect(run.readings().get('topics.t.publishLatency')?.max).toBeGreaterThan(30);
  // What it leads itself it will append in the order of years; what was acknowledged is there.
  expect(tallyOf(run).lostAcknowledged).toBe(0);
  expect(tallyOf(run).duplicated).toBe(0);
});

describe('refused is', () => {
  const two = '{ us: us-east-1, eu: eu-west-1 }';
  test.each([
    ['a crash in no cluster', '{ fault: broker-crash, cluster: x, at: 1m }', 'no cluster "x"'],
    [
      'a broker that is not there',
      '{ fault: broker-crash, cluster: c, broker: 3, at: 1m }',
      'there is no broker 3',
    ],
    [
      'a broker named twice',
      '{ fault: broker-slow, cluster: c, broker: 1, leaderOf: t, factor: 2, at: 1m }',
      'a broker is named twice',
    ],
    [
      'the leader of a topic on another cluster',
      '{ fault: broker-crash, cluster: c, leaderOf: u, at: 1m }',
      'u is not on c',
    ],
    [
      'the leader of a partition that is not there',
      '{ fault: broker-crash, cluster: c, leaderOf: t, partition: 6, at: 1m }',
      'there is no partition 6 of t',
    ],
    [
      'a partition of no topic',
      '{ fault: broker-crash, cluster: c, partition: 1, at: 1m }',
      'partition is of no topic',
    ],
  ])('%s', (_, fault, message) => {
    expect(problemsOf(trading({ faults: `f: ${fault}` }))).toEqual([message]);
  });

  test.each([
    ['a broker of any of two regions', 'cluster: c', 'c has a cluster in each of us, eu'],
    ['a broker in a region without a cluster', 'cluster: d, region: eu', 'd has no brokers in eu'],
  ])('%s', (_, where, message) => {
    const faults = `f: { fault: broker-crash, ${where}, at: 1m }`;
    const yaml = trading({ faults, regions: two }).replace('d: {}', 'd: { regions: [us] }');
    expect(problemsOf(yaml)).toContain(message);
  });
});
