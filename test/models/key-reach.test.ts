import { describe, expect, it } from 'vitest';
import { keyReach, missingKeys } from '../../src/models/key-reach.ts';
import { designOf } from './harness.ts';

const design = designOf(`
name: reach
keys: { a: { count: 9 }, b: { count: 9 } }
workloads:
  both: { arrivals: { rate: 1/s }, keys: [a, b], call: front.buy }
  one: { arrivals: { rate: 1/s }, keys: [a], call: front.look }
services:
  front:
    operations:
      buy: [ { call: back.store }, { async: [ call: back.log ] } ]
      look: [ { choose: [ { share: 50%, do: [ call: back.find ] } ] } ]
      unused: [ call: back.store ]
  back:
    operations:
      store: [ { parallel: [ [ write: main ], [ call: back.log ] ] } ]
      find: { steps: [ { read: main }, { publish: found } ] }
      again: [ { wait: 1ms }, { choose: [ { share: 10%, do: [ publish: found ] } ] } ]
      log: [ { wait: 1ms } ]
databases: { main: {} }
clusters: { events: {} }
topics: { found: { cluster: events, partitions: 1 } }
consumers: { finder: { topic: found, call: back.again } }
`);

describe('keys reach an operation', () => {
  it('through calls, nested lists, and records that cause records, from each workload that gets there', () => {
    const reached = keyReach(design).map(
      ({ operation, workload, keys }) => `${workload} ${[...keys].join('+')} ${operation.name}`,
    );
    expect(reached.sort()).toEqual([
      'both a+b back.log',
      'both a+b back.store',
      'both a+b front.buy',
      'one a back.again',
      'one a back.find',
      'one a front.look',
    ]);
  });

  it('or are missing there, step by step', () => {
    const verbs = ['read', 'write'];
    const missing = missingKeys(design, ({ verb }) => (verbs.includes(verb) ? ['a', 'b', 'b'] : []));
    expect(
      missing.map(({ operation, step, workload, key }) => [workload, operation, step.verb, key]),
    ).toEqual([['one', 'back.find', 'read', 'b']]);
  });
});
