import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answersNeeded, replicasLeft } from '../../../../src/models/databases/answers-needed.ts';
import type { DatabaseConfig } from '../../../../src/models/databases/config.ts';
import { parseScenario } from '../../../../src/models/parse.ts';
import type { WorkloadModel } from '../../../../src/models/workloads/model.ts';
import { designOf, readingOf, runOf } from '../../harness.ts';

interface Parts {
  readonly replicas: string;
  readonly lost?: string;
  readonly mode?: string;
  readonly write?: string;
  readonly failover?: string;
}

/** Written from `c`, where callers are; a region is lost from 60 s to 180 s. */
const yamlOf = ({ replicas, lost = 'a', mode = 'quorum', write = 'd', failover }: Parts) => `
run: { duration: 5m, warmUp: 0s }
regions: { a: {}, b: {}, c: {}, e: {} }
network: { preset: none }
origins: { o: { location: nowhere } }
routing: { policy: failover, order: [c, e] }
workloads: { w: { arrivals: { rate: 0.5/s, process: deterministic }, from: { o: 100% }, client: { timeout: 2s }, call: s.x } }
services: { s: { regions: [c, e], operations: { x: [ work: 1ms, write: ${write} ] } } }
databases:
  d:
    primary: a
    replicas: ${replicas}
    replication: { mode: ${mode} }
    ${failover ?? 'failover: { interval: 2s, failures: 2, promote: 5s }'}
    client: { connectTimeout: 1s }
faults: { f: { fault: region-outage, region: ${lost}, at: 60s, for: 2m } }
`;

const notesOf = (yaml: string) => {
  const assembly = runOf(yaml);
  const notes = assembly.timeline.occurrences.filter(({ component }) => component === 'databases.d');
  const at = (text: string) => notes.find(({ what }) => what.includes(text))?.at ?? Number.NaN;
  return { assembly, at, without: readingOf(assembly, 'databases.d.withoutQuorum') };
};

describe('a primary that reaches fewer replicas than its writes wait for', () => {
  test('has no quorum from its promotion until a copy is back, and the timeline says so at those moments', () => {
    const { at, without } = notesOf(yamlOf({ replicas: '{ b: 1 }' }));
    expect(at('is primary without a quorum')).toBe(at('is primary: no acknowledged'));
    const back = at('reaches its quorum again');
    // The copy is there at 180 s; TCP's next repetition lets its stream through.
    expect(back).toBeGreaterThanOrEqual(180);
    expect(back).toBeLessThan(181);
    expect(without).toBeCloseTo(back - at('is primary without a quorum'), 6);
  });

  test('lets its callers fail for that reason, not for the time that it took', () => {
    const { assembly } = notesOf(yamlOf({ replicas: '{ b: 1 }', lost: 'b' }));
    const { failures } = assembly.component<WorkloadModel>('workloads.w').record();
    // One every two seconds for two minutes; the last is still in time. All of them hold a connection of a hundred.
    expect(failures['no-quorum']).toBeGreaterThanOrEqual(58);
    expect(failures['no-quorum']).toBeLessThanOrEqual(61);
    expect(failures['timed-out']).toBeUndefined();
  });

  test('waits for it with a deadline of its own as well', () => {
    const write = '{ to: d, waitFor: { replicas: 1, deadline: 1s, else: fail } }';
    expect(notesOf(yamlOf({ replicas: '{ b: 1 }', mode: 'async', write })).without).toBeGreaterThan(100);
    const goesOn = write.replace('else: fail', 'else: go-on');
    expect(notesOf(yamlOf({ replicas: '{ b: 1 }', mode: 'async', write: goesOn })).without).toBe(0);
  });

  test('is told before a run wherever it happens in one, and nowhere else', () => {
    const count = fc.integer({ min: 0, max: 2 });
    fc.assert(
      fc.property(count, count, count, fc.constantFrom('b', 'c'), (a, b, c, lost) => {
        if (a + b + c === 0) return;
        const yaml = yamlOf({ replicas: `{ a: ${a}, b: ${b}, c: ${c} }`, lost, failover: '' });
        const design = designOf(yaml);
        const config = design.entry<DatabaseConfig>('databases', 'd') as DatabaseConfig;
        const needed = answersNeeded('d', config, design);
        const left = replicasLeft(config, design.regions, 1, { region: lost });
        expect(notesOf(yaml).without > 0).toBe(left < needed);
        const told = parseScenario('test.yaml', () => yaml).problems.some(({ message }) =>
          message.includes(`no quorum while ${lost} is lost`),
        );
        expect(told).toBe(left < needed);
      }),
      { numRuns: 20, seed: 4 },
    );
  });
});

describe('validation', () => {
  const told = (parts: Parts) =>
    parseScenario('test.yaml', () => yamlOf(parts)).problems.map(
      ({ severity, line, message }) => [severity, line, message] as const,
    );

  test('warns of a fault after whose failover no quorum is left, and of other regions at the replicas', () => {
    expect(told({ replicas: '{ b: 1 }' })).toEqual([
      ['warning', 12, expect.stringMatching(/^without b there is no quorum/)],
      [
        'warning',
        16,
        'databases.d has no quorum while a is lost: writes wait for 1 replica, and beside a primary none is left, so that none is acknowledged until it is back',
      ],
    ]);
  });

  test('says nothing where any region may go', () => {
    expect(told({ replicas: '{ b: 1, c: 1 }' })).toEqual([]);
    expect(told({ replicas: '{ a: 1, b: 1, c: 2 }' })).toEqual([]);
  });

  test('says nothing of writes that wait for nobody, or for no longer than a replica is there', () => {
    expect(told({ replicas: '{ b: 1 }', mode: 'async' })).toEqual([]);
    expect(told({ replicas: '{ b: 1 }', mode: 'semi-sync' })).toEqual([]);
    expect(told({ replicas: '{ b: 1 }', mode: 'sync' })).toEqual([]);
  });

  test('tells of a zone by the copies that stand in it', () => {
    const config = { primary: { name: 'a' }, replicas: { a: 3, b: 1 } } as unknown as DatabaseConfig;
    // Four copies in a over three zones: two of them in one.
    expect(replicasLeft(config, ['a', 'b'], 3, { region: 'a', zone: 1 })).toBe(2);
    expect(replicasLeft(config, ['a', 'b'], 3, { region: 'b', zone: 1 })).toBe(3);
  });
});
