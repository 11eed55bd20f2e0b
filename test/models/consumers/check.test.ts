import { describe, expect, test } from 'vitest';
import { callRates } from '../../../src/models/load.ts';
import { parseScenario } from '../../../src/models/parse.ts';
import { designOf } from '../harness.ts';

const yaml = (
  consumer: string,
  { regions = '[us, eu]', topics = '', operation = '[ work: 1ms ]', cluster = '' } = {},
) => `
name: check
regions: { us: us-east-1, eu: eu-west-1, ap: ap-southeast-1 }
keys: { id: { count: 100 }, other: { count: 10 } }
workloads: { o: { arrivals: { rate: 1/s }, keys: [other], call: o.go }, w: { arrivals: { rate: 10/s }, keys: [id], call: a.go } }
services:
  o: { operations: { go: [] } }
  a: { operations: { go: [ publish: t ] } }
  b: { regions: ${regions}, operations: { take: ${operation} } }
clusters: { c: { regions: [us, eu] ${cluster} } }
topics: { t: { cluster: c, key: id, partitions: 12 } ${topics} }
consumers: { g: { topic: t, call: b.take, ${consumer} } }
`;

test('where nobody publishes nobody need read', () => {
  const text = yaml('', { regions: '[us]' });
  const warning = 'warning: nobody reads what is published in eu: b does not stand there';
  expect(problemsOf(text).join()).toContain(warning);
  expect(problemsOf(text.replace('a: { operations', 'a: { regions: [us], operations')).join()).not.toContain(
    'nobody reads',
  );
});

test('partitions of all clusters of a region can be owned', () => {
  const sharded = (shards: number, members: number) =>
    problemsOf(
      yaml(`members: ${members}`, { cluster: `, shards: ${shards}` }).replace(
        'key: id,',
        'key: id, shardBy: jump,',
      ),
    ).join();
  expect(sharded(2, 24)).not.toContain('have nothing to do');
  expect(sharded(2, 25)).toContain('25 members in us share 24 partitions: 1 have nothing to do');
});

function problemsOf(text: string): string[] {
  return parseScenario('test.yaml', () => text).problems.map(
    ({ message, expected, severity }) => `${severity}: ${message} | ${expected}`,
  );
}

describe('refused, with the reason', () => {
  test.each([
    [
      'mirrors that would apply a record once a region',
      yaml('mirrored: true'),
      'each record would be applied 2 times, once in each of us, eu',
    ],
    [
      'a region for mirrored records where nobody reads',
      yaml('mirrored: eu', { regions: '[us]' }),
      'nobody would read in eu',
    ],
    ['mirrors that are not there', yaml('mirrored: us'), 't is mirrored nowhere'],
    [
      'mirrors that are elsewhere',
      yaml('mirrored: us', { cluster: ', mirror: [eu, ap]' }).replace('regions: [us, eu] ,', 'regions: all,'),
      't is mirrored in eu and ap, not in us',
    ],
    [
      'a heartbeat that comes too late',
      yaml('sessionTimeout: 3s'),
      'taken for dead after 3 s and says that it lives every 3 s',
    ],
    ['dead letters that come back', yaml('deadLetter: t'), 'it is the topic that is read'],
    [
      'a dead letter without its key',
      yaml('deadLetter: d', { topics: ', d: { cluster: c, key: other }' }),
      'd is partitioned by other, which the calls of w do not carry',
    ],
    ['a dead-letter topic that is not there', yaml('deadLetter: tt'), 'tt'],
    [
      'retries of one of a group',
      yaml('retries: {}', { operation: '[ groupBy: { keys: [id], do: [ wait: 1ms ] } ]' }),
      'a record of a group cannot be tried again alone',
    ],
    ['an assignor that is none', yaml('assignor: cooperative'), 'cooperative'],
  ])('%s', (_, text, message) => {
    const found = problemsOf(text).filter(
      (problem) => problem.startsWith('error') || problem.startsWith('undefined'),
    );
    expect(found.join('\n')).toContain(message);
  });
});

describe('warned of', () => {
  test.each([
    ['a session longer than a rebalance', yaml('sessionTimeout: 10m'), 'and one that died is missed after'],
    ['a flush where nothing is flushed', yaml('commit: after-flush'), 'nothing is flushed later in b.take'],
    [
      'back-offs that outlast a poll',
      yaml('retries: { max: 30, backoff: exponential }'),
      'one record may back off for',
    ],
  ])('%s', (_, text, message) => {
    expect(problemsOf(text).join('\n')).toContain(message);
  });

  test.each([
    [
      'more members than partitions',
      '',
      'members: 13',
      ['warning: 13 members in us share 12 partitions', 'warning: 13 members in eu'],
    ],
    ['not of as many as two clusters a region have', ', shards: 2', 'members: 24', []],
    ['not of as many as there are with the copies', ', mirror: all', 'members: 24, mirrored: us', []],
  ])('%s', (_, cluster, consumer, expected) => {
    const text = yaml(consumer, { cluster });
    const found = problemsOf(
      cluster.includes('shards') ? text.replace('key: id,', 'key: id, shardBy: murmur3,') : text,
    );
    expect(found).toHaveLength(expected.length);
    for (const [at, problem] of found.entries()) expect(problem).toContain(expected[at]);
  });

  test('not of a flush where a batch is', () => {
    const operation = '[ batch: { size: 10, maxAge: 1s, do: [ wait: 1ms ] } ]';
    expect(problemsOf(yaml('commit: after-flush', { operation }))).toEqual([]);
  });
});

test('who reads what is mirrored is expected to get what all regions publish', () => {
  const text = yaml('mirrored: us', { cluster: ', mirror: all' })
    .replace('call: a.go }', 'call: a.go, from: { EU: 70%, US: 30% } }')
    .replace('keys:', 'origins: { US: us-east-2, EU: eu-central-1 }\nkeys:');
  const rates = callRates(designOf(text), Date.UTC(2026, 0, 5) / 1000);
  expect(rates.get('b.take')?.get('us')).toBeCloseTo(10, 9);
});
