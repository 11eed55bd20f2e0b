import { describe, expect, test } from 'vitest';
import { Assembly } from '../../../src/models/assemble.ts';
import { type Loss, strikes } from '../../../src/models/loss.ts';
import type { WorkloadRecord } from '../../../src/models/workloads/ledger.ts';
import { designOf, problemsOf, runOf } from '../harness.ts';

const two = (faults: string) => `
run: { duration: 5m, warmUp: 0s }
regions: { a: { zones: 3 }, b: {} }
origins: { o: { location: nowhere } }
network: { preset: none }
routing: { policy: weighted, weights: { a: 50%, b: 50% } }
workloads:
  w: { arrivals: { rate: 20/s }, from: { o: 100% }, client: { timeout: 1s }, call: s.x }
services: { s: { operations: { x: [ work: 1ms ] } } }
faults: ${faults}
`;

describe('a region that is lost', () => {
  test('answers nobody, not even with an error', () => {
    const assembly = runOf(two('{ f: { fault: region-outage, region: a, at: 1m } }'));
    const { failures } = assembly.records()['workloads.w'] as WorkloadRecord;
    expect(Object.keys(failures)).toEqual(['timed-out']);
  });

  test('is told to every component that can lose something, and given back in the reverse order', () => {
    const assembly = new Assembly(
      designOf(two('{ f: { fault: region-outage, region: a, at: 1m, for: 1m, data: destroyed } }')),
      1,
      0,
    );
    const told: [string, Loss][] = [];
    for (const id of ['routing', 'services.s']) {
      const component = assembly.component<{ lose(loss: Loss): void; restore(loss: Loss): void }>(id);
      component.lose = (loss) => told.push([`${id} loses`, loss]);
      component.restore = (loss) => told.push([`${id} has`, loss]);
    }
    assembly.run();
    expect(told.map(([what]) => what)).toEqual([
      'routing loses',
      'services.s loses',
      'services.s has',
      'routing has',
    ]);
    expect(told[0][1]).toEqual({ place: 0, zones: 3, data: 'destroyed' });
  });
});

test('what nobody takes over when a region is lost is warned of, with where', () => {
  const yaml = (regions: string, database: string) =>
    two('{ f: { fault: region-outage, region: a, at: 1m } }').replace(
      'services: { s: { operations: { x: [ work: 1ms ] } } }',
      `services: { s: { regions: ${regions}, operations: { x: [ work: 1ms, write: d ] } } }\ndatabases: { d: { ${database} } }`,
    );
  expect(problemsOf(yaml('[a]', 'primary: a'))).toEqual([
    'databases.d has all copies in a: its reads and writes wait until that is back',
    'services.s stands in a alone: its calls are answered by nobody',
  ]);
  expect(problemsOf(yaml('all', 'primary: a, replicas: { b: 1 }'))).toEqual([
    'databases.d has the primary in a and no failover: writes, and reads from the primary, wait until that is back',
  ]);
  expect(
    problemsOf(yaml('all', 'primary: a, replicas: { b: 1 }, failover: {}, client: { connectTimeout: 2s }')),
  ).toEqual([]);
  expect(problemsOf(yaml('[b]', 'primary: b'))).toEqual([]);
  const events = (regions: string) =>
    problemsOf(`${yaml('[b]', 'primary: b')}clusters: { c: { regions: ${regions} } }`);
  expect(events('all')).toEqual([]);
  expect(events('[a]')).toEqual([
    'clusters.c stands in a alone: nothing is published or read there until that is back',
  ]);
});

test('a lost zone strikes every copy whose turn it was to stand there', () => {
  const loss: Loss = { place: 0, zone: 1, zones: 3, data: 'kept' };
  expect([0, 1, 2, 3, 4].map((copy) => strikes(loss, 0, copy))).toEqual([false, true, false, false, true]);
  expect(strikes(loss, 1, 1)).toBe(false);
});

describe('refused is', () => {
  test.each([
    ['an unknown region', '{ f: { fault: region-outage, region: c, at: 1m } }', '"c"'],
    ['an unknown zone', '{ f: { fault: zone-outage, region: a, zone: 4, at: 1m } }', 'a has no zone 4'],
    [
      'a zone that is lost with its region',
      '{ f: { fault: region-outage, region: a, at: 1m, for: 1m }, g: { fault: zone-outage, region: a, zone: 2, at: 90s, for: 1m } }',
      'f strikes zone 2 of a at the same time',
    ],
    [
      'what is lost already with its region',
      '{ f: { fault: region-outage, region: a, at: 1m, for: 1m }, g: { fault: instance-crash, service: s, region: a, at: 90s } }',
      'f has lost a with all that stands there by then: there is nothing to strike',
    ],
  ])('%s', (_title, faults, message) => {
    expect(problemsOf(two(faults)).join()).toContain(message);
  });

  test('not a region that is lost twice, one time after the other', () => {
    const faults =
      '{ f: { fault: region-outage, region: a, at: 1m, for: 1m }, g: { fault: region-outage, region: a, at: 2m, for: 1m } }';
    expect(problemsOf(two(faults))).toEqual([]);
  });
});
