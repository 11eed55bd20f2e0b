import { describe, expect, test } from 'vitest';
import { parseScenario } from '../../../src/models/parse.ts';

/** Problems of a scenario with these steps in what a consumer calls, each with its line. */
function problemsWith(steps: string, { keys = '[account, instrument]', more = '' } = {}): string[] {
  const yaml = `name: checks
run: { duration: 10s }
keys: { account: { count: 9 }, instrument: { count: 9 }, order: { each: operation } }
workloads:
  w: { arrivals: { rate: 1/s }, keys: ${keys}, call: t.create }
services:
  t: { operations: { create: [ publish: trades ] } }
  s:
    operations:
      apply:
${steps}
${more}
clusters: { c: { brokers: 1 } }
topics: { trades: { cluster: c, partitions: 2 }, orders: { cluster: c, key: order, partitions: 2 } }
consumers: { g: { topic: trades, call: s.apply } }
databases: { db: { shards: 2, primary: region, shardBy: { key: account, function: java-hash } } }
`;
  return parseScenario('test.yaml', () => yaml).problems.map(({ line, message }) => `${line}: ${message}`);
}

const step = (text: string) => problemsWith(`        - ${text}`);

describe('a batch is refused', () => {
  test('of no entries', () => {
    expect(step('batch: { size: 0, tick: 5s, do: [ wait: 1ms ] }').join('\n')).toMatch(/^11: .*0/);
  });

  test('without a timer, or with two', () => {
    expect(step('batch: { size: 10, do: [ wait: 1ms ] }')).toEqual([
      '11: a batch that is never full would never be flushed',
    ]);
    expect(step('batch: { size: 10, tick: 5s, maxAge: 5s, do: [ wait: 1ms ] }')).toEqual([
      '11: tick and maxAge are both given',
    ]);
  });

  test('that has less room than it holds', () => {
    expect(step('batch: { size: 10, tick: 5s, capacity: 9, do: [ wait: 1ms ] }')).toEqual([
      '11: a batch of 10 is never full where an instance has room for 9 entries',
    ]);
  });

  test('whose list nothing guards and which shall make flushes wait', () => {
    expect(step('batch: { size: 10, tick: 5s, locking: none, overlap: 2, do: [ wait: 1ms ] }')).toEqual([
      '11: nothing guards the list, so nothing keeps flushes waiting',
    ]);
  });

  test('whose flush needs one value of a key that its entries have many of', () => {
    expect(step('batch: { size: 10, tick: 5s, do: [ read: db ] }')).toEqual([
      '11: the read needs one value of account, and a flush has as many as it has entries',
    ]);
    expect(step('batch: { size: 10, tick: 5s, do: [ write: db ] }')).toEqual([]);
  });

  test('inside of another one', () => {
    const inner = 'batch: { size: 10, tick: 5s, do: [] }';
    expect(step(`batch: { size: 10, tick: 5s, do: [ ${inner} ] }`)).toEqual([
      '11: a batch inside of a batch: a flush is no record and belongs to no poll',
    ]);
  });

  test('whose name is another one’s already, at the second of them', () => {
    const steps = [1, 2].map(() => '        - batch: { name: b, size: 10, tick: 5s, do: [] }').join('\n');
    expect(problemsWith(steps)).toEqual(['12: b is a batch in s.apply already']);
    const both = `        - groupBy: { name: b, keys: [account], do: [] }\n        - batch: { name: b, size: 10, tick: 5s, do: [] }`;
    expect(problemsWith(both)).toHaveLength(1);
  });

  test('whose name cannot be part of a metric’s id', () => {
    expect(step('batch: { name: a.b, size: 10, tick: 5s, do: [] }')).toHaveLength(1);
  });
});

describe('groupBy is refused', () => {
  test('with a key that does not reach it', () => {
    const steps = '        - groupBy: { keys: [account, instrument], do: [ write: db ] }';
    expect(problemsWith(steps)).toEqual([]);
    expect(problemsWith(steps, { keys: '[account]' })).toEqual([
      '11: groupBy in s.apply needs instrument, which operations of workloads.w do not carry',
    ]);
  });

  test('with a key that there is not, with the nearest one', () => {
    expect(step('groupBy: { keys: [acount], do: [] }').join()).toMatch(/^11: .*acount/);
  });

  test('with steps that need a key of which a group’s records may have many values', () => {
    expect(step('groupBy: { keys: [instrument], do: [ write: db ] }')).toEqual([
      '11: the write needs account, of which the records of a group may have many values',
    ]);
    expect(step('groupBy: { keys: [instrument], do: [ parallel: [ [ write: db ] ] ] }')).toHaveLength(1);
    expect(step('groupBy: { keys: [instrument], do: [ write: { to: db, row: instrument } ] }')).toHaveLength(
      1,
    );
    expect(step('groupBy: { keys: [account], do: [ write: { to: db, row: instrument } ] }')).toEqual([
      '11: the write needs instrument, of which the records of a group may have many values',
    ]);
  });

  test('where some records of a poll would not come by', () => {
    expect(step('choose: [ { share: 50%, do: [ groupBy: { keys: [account], do: [] } ] } ]')).toEqual([
      '11: groupBy inside of choose: not every record of a poll comes by, or not once',
    ]);
  });

  test('where somebody calls who does not poll', () => {
    const steps = '        - groupBy: { keys: [account], do: [] }';
    expect(problemsWith(steps, { more: '      other: [ call: s.apply ]' })).toEqual([
      '11: groupBy needs a poll, and s.other calls s.apply without one',
    ]);
    expect(problemsWith(steps, { more: '      other: []' })).toEqual([]);
  });

  test('where a workload calls', () => {
    const yaml = `name: checks
keys: { account: { count: 9 } }
workloads: { w: { arrivals: { rate: 1/s }, keys: [account], call: s.apply } }
services: { s: { operations: { apply: [ groupBy: { keys: [account], do: [] } ] } } }
`;
    expect(parseScenario('test.yaml', () => yaml).problems.map(({ message }) => message)).toEqual([
      'groupBy needs a poll, and workloads.w calls s.apply without one',
    ]);
  });
});
