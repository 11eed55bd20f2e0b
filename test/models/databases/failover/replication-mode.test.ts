import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderStatistic } from '../../../../src/models/algorithms/queueing/order-statistic.ts';
import { expectExact, problemsOf, readingOf, runOf, simulate } from '../../harness.ts';
import { failingOver, primaryDies } from './scenario.ts';

const healthy = (mode: string, flush = '0ms') =>
  failingOver({ faults: '', rate: '0.5/s', duration: '30m', replication: `, mode: ${mode}` })
    .replace('flush: 0ms', `flush: ${flush}`)
    .replace('faults: {  }', '');

const latencyOf = (mode: string) => readingOf(runOf(healthy(mode)), 'databases.d.writeLatency');

describe('a write that is acknowledged', () => {
  it('async takes no round trip, semi-sync and quorum that to the nearest replica, sync that to the farthest', () => {
    expect(latencyOf('async')).toBeCloseTo(0, 9);
    expect(latencyOf('semi-sync')).toBeCloseTo(0.08, 9);
    expect(latencyOf('quorum')).toBeCloseTo(0.08, 9);
    expect(latencyOf('sync')).toBeCloseTo(0.2, 9);
  });

  it.each([
    ['quorum', 1],
    ['sync', 2],
  ])('%s takes the order statistic of round trips and flushes', (mode, rank) => {
    const answers = [0.08, 0.2].map((constant) => ({ constant, exponentialMean: 0.05 }));
    const runs = simulate(healthy(mode, '{ exponential: 50ms }').replace('0.5/s', '0.1/s'));
    // One write in two hundred finds the flush of the one before: 0.1/s × 50 ms.
    expectExact(runs.estimate('databases.d.writeLatency.mean'), orderStatistic(answers, rank).mean, 0.05);
  });

  it('by a mode without replicas is refused', () => {
    const yaml = healthy('sync')
      .replace('replicas: { near: 1, far: 1 }', 'replicas: {}')
      .replace('failover: {}', '');
    expect(problemsOf(yaml)).toContain('writes wait for replicas (sync), but there are none');
  });
});

describe('a replica that dies', () => {
  const dies = (mode: string, failover: string) =>
    runOf(
      failingOver({
        faults: 'f: { fault: replica-crash, database: d, region: far, at: 60s, for: 100s, settle: 10s }',
        replication: `, mode: ${mode}`,
        failover,
        // With the hundred of PostgreSQL, ten thousand writers whose callers are gone would be in line afterwards.
        database: 'maxConnections: 100000',
      }),
    );

  it('blocks sync writes until it is back, as in PostgreSQL', () => {
    const rto = readingOf(dies('sync', ''), 'faults.f.rto');
    expect(rto).toBeGreaterThanOrEqual(100);
    expect(rto).toBeLessThanOrEqual(112);
  });

  it('blocks them until it is known to be dead where somebody watches, as with Patroni', () => {
    const rto = readingOf(dies('sync', 'failover: {}'), 'faults.f.rto');
    expect(rto).toBeGreaterThanOrEqual(20);
    expect(rto).toBeLessThanOrEqual(30 + 12);
  });

  it('is not missed by a quorum', () => {
    expect(readingOf(dies('quorum', ''), 'faults.f.rto')).toBe(0);
  });
});

/** Faults that leave a quorum (two of three copies) alive and connected at any time. */
const oneAtATime = fc.array(
  fc.record({
    what: fc.constantFrom('primary', 'near', 'far', 'region', 'cut'),
    lasting: fc.integer({ min: 1, max: 90 }),
  }),
  { minLength: 1, maxLength: 3 },
);

function faultsOf(list: readonly { what: string; lasting: number }[]): string {
  const words = (what: string) => {
    if (what === 'primary') return 'fault: primary-crash, database: d';
    if (what === 'region') return 'fault: region-outage, region: home';
    if (what === 'cut') return 'fault: network-partition, groups: [[home], [near, far]]';
    return `fault: replica-crash, database: d, region: ${what}`;
  };
  return list
    .map(
      ({ what, lasting }, index) =>
        `f${index}: { ${words(what)}, at: ${30 + 120 * index}s, for: ${lasting}s, settle: 1s }`,
    )
    .join(', ');
}

describe('no acknowledged write is lost', () => {
  it.each(['quorum', 'sync'])('by any failover while a quorum lives, where writes are %s', (mode) => {
    fc.assert(
      fc.property(oneAtATime, fc.constantFrom('lease', 'none'), (list, fencing) => {
        const yaml = failingOver({
          faults: faultsOf(list),
          failover: `failover: { interval: 5s, promote: 5s, fencing: ${fencing} }`,
          replication: `, mode: ${mode}`,
          rate: '20/s',
          duration: '7m',
        });
        // Replicas of a region that has the primary by then are none to crash: those faults strike nobody.
        const assembly = runOf(yaml);
        expect(assembly.readings().get('databases.d.lostWrites')?.num).toBe(0);
        expect(readingOf(assembly, 'databases.d.rpo')).toBe(0);
      }),
      { numRuns: 12, seed: 4 },
    );
  });

  it('is not so where they are async: the property can fail', () => {
    const assembly = runOf(failingOver({ faults: primaryDies, rate: '200/s' }));
    expect(assembly.readings().get('databases.d.lostWrites')?.num).toBeGreaterThan(0);
  });
});
