import { describe, expect, it } from 'vitest';
import { expectedLoss, failoverTime } from '../../../../src/models/algorithms/recovery/failover-time.ts';
import { presets } from '../../../../src/models/databases/failover/config.ts';
import type { DatabaseModel } from '../../../../src/models/databases/model.ts';
import { expectExact, problemsOf, readingOf, runOf, simulate } from '../../harness.ts';
import { failingOver, primaryDies } from './scenario.ts';

const notesOf = (yaml: string, seed = 1) =>
  runOf(yaml, seed).timeline.occurrences.filter(({ component }) => component === 'databases.d');

/** A recovery time ends with the window in which the outage did: of a thousand arrivals at 100 a second, so 10 s and a few. */
function expectFelt(recovery: number, outage: number) {
  expect(recovery).toBeGreaterThanOrEqual(outage);
  expect(recovery).toBeLessThanOrEqual(outage + 12);
}

describe('a primary that dies', () => {
  it('is replaced after detection, uniform over an interval, and promotion', () => {
    const rule = { interval: 10, failures: 3, promote: 30 };
    const { shortest, mean, longest } = failoverTime(rule);
    const runs = simulate(failingOver({ faults: primaryDies, rate: '5/s' }), { runs: 40 });
    const times = runs.meanOf(({ timeline }) => {
      const promoted = timeline.occurrences.find(({ what }) => what.includes('is primary'));
      const time = (promoted?.at ?? 0) - 60;
      expect(time).toBeGreaterThanOrEqual(shortest);
      expect(time).toBeLessThanOrEqual(longest);
      return time;
    });
    expectExact(times, mean, 0.05);
  });

  it('is felt by its writers for as long as that, up to the end of a window of 10 s or 1000 arrivals', () => {
    const yaml = failingOver({ faults: primaryDies });
    const promoted = notesOf(yaml).find(({ what }) => what.includes('is primary'))?.at ?? 0;
    const assembly = runOf(yaml);
    expectFelt(readingOf(assembly, 'faults.f.rto'), promoted - 60);
  });

  it('refuses writes, and lets reads from replicas go on', () => {
    const yaml = failingOver({ faults: primaryDies }).replace(
      'write: d',
      'read: { from: d, consistency: replica }',
    );
    expect(readingOf(runOf(yaml), 'faults.f.rto')).toBe(0);
  });

  it('takes along what its nearest replica had not received: rate × lag, from the oldest of them on', () => {
    const yaml = failingOver({
      faults: primaryDies,
      replication: '',
      rate: '200/s',
      duration: '110s',
    });
    const runs = simulate(yaml, { runs: 60 });
    const { writes, seconds } = expectedLoss(200, 0.04);
    expectExact(
      runs.meanOf((run) => readingOf(run, 'faults.f.lostWrites')),
      writes,
      0.2,
    );
    expectExact(
      runs.meanOf((run) => readingOf(run, 'faults.f.rpo')),
      seconds,
      0.2,
    );
    expectExact(
      runs.meanOf((run) => readingOf(run, 'databases.d.rpo')),
      seconds,
      0.2,
    );
  });

  it('has a recovery point before its death where a single write is lost, by what that was old', () => {
    // A write every 500 ms, at 0.5 s, 1 s, …: one is 20 ms old when the primary dies, and 40 ms from the nearest replica.
    const one = failingOver({
      faults: primaryDies.replace('60s', '60.02s'),
      rate: '2/s, process: deterministic',
    });
    const assembly = runOf(one);
    expect(readingOf(assembly, 'faults.f.lostWrites')).toBe(1);
    expect(readingOf(assembly, 'faults.f.rpo')).toBeCloseTo(0.02, 9);
    // 50 ms old it has arrived.
    const none = runOf(one.replace('60.02s', '60.05s'));
    expect(readingOf(none, 'faults.f.lostWrites')).toBe(0);
    expect(readingOf(none, 'faults.f.rpo')).toBe(0);
  });

  it.each(
    Object.entries({
      raft: [1, 2.5],
      patroni: [25, 40],
      'rds-multi-az': [60, 120],
      'rds-multi-az-cluster': [0, 35],
      aurora: [0, 60],
      'aurora-global': [60, 300],
    }),
  )('is replaced as %s is said to: within %j s', (preset, [least, most]) => {
    const { shortest, longest } = failoverTime(presets[preset as keyof typeof presets]);
    expect(shortest).toBeGreaterThanOrEqual(least);
    expect(longest).toBeLessThanOrEqual(most);
    const yaml = failingOver({
      faults: primaryDies,
      failover: `failover: { preset: ${preset} }`,
      replication: preset === 'raft' ? ', mode: quorum' : '',
      rate: '5/s',
      duration: '8m',
    });
    const promoted = notesOf(yaml).find(({ what }) => what.includes('is primary'))?.at ?? 0;
    expect(promoted - 60).toBeGreaterThanOrEqual(shortest);
    expect(promoted - 60).toBeLessThanOrEqual(longest);
  });

  it('and is back before anybody has decided stays primary, and nothing is lost', () => {
    const yaml = failingOver({ faults: primaryDies.replace('settle', 'for: 15s, settle') });
    const assembly = runOf(yaml);
    expect(readingOf(assembly, 'faults.f.rpo')).toBe(0);
    expect(assembly.readings().get('databases.d.failovers')?.num).toBe(0);
    expectFelt(readingOf(assembly, 'faults.f.rto'), 15);
  });

  it('goes to the replica that has received the most, or to the first region listed, as the author has it', () => {
    // What goes to `near` takes five seconds when the primary dies: `far` has more.
    const faults = `slow: { fault: link-slow, from: home, to: near, added: 5s, at: 50s, for: 100s }, ${primaryDies}`;
    const chosen = (candidates: string) =>
      notesOf(failingOver({ faults, failover: `failover: { candidates: ${candidates} }` })).find(({ what }) =>
        what.includes('is primary'),
      )?.what;
    expect(chosen('least-lag')).toMatch(/^copy 2 in far is primary/);
    expect(chosen('region-order')).toMatch(/^copy 1 in near is primary: \d\d\d acknowledged writes/);
  });
});

describe('a database in a region that is lost', () => {
  it('hangs its writers until another region has a primary, and then answers those of other regions', () => {
    const yaml = failingOver({
      faults: 'f: { fault: region-outage, region: home, at: 60s, for: 100s, settle: 10s }',
      from: 'near',
    });
    const assembly = runOf(yaml);
    const promoted = notesOf(yaml).find(({ what }) => what.includes('is primary'));
    expect(promoted?.what).toMatch(/in near is primary/);
    expectFelt(readingOf(assembly, 'faults.f.rto'), (promoted?.at ?? 0) - 60);
  });
});

describe('an old primary that returns', () => {
  const yaml = failingOver({
    faults: primaryDies.replace('settle', 'for: 100s, settle'),
    rate: '200/s',
    failover: 'failover: { rewind: 7s }',
  });

  it('undoes what only it had', () => {
    const assembly = runOf(yaml);
    const lost = assembly.readings().get('databases.d.lostWrites')?.num as number;
    expect(lost).toBeGreaterThan(0);
    expect(assembly.readings().get('databases.d.discardedWrites')?.num).toBe(lost);
  });

  it('has all that the others have after the rewind, and is a replica from then on', () => {
    const assembly = runOf(yaml);
    const database = assembly.component<DatabaseModel>('databases.d');
    expect(database.isCaughtUp(0)).toBe(true);
    expect(database.lagIn(0)).toBeLessThan(0.1);
  });
});

describe('a failover', () => {
  it('of a quorum that stands in one region is warned of, and refused by those elsewhere when that is lost', () => {
    const yaml = failingOver({
      faults: 'f: { fault: region-outage, region: home, at: 60s, for: 100s, settle: 10s }',
      replication: ', mode: quorum',
      from: 'near',
      database: 'client: { connectTimeout: 2s }',
    }).replace('replicas: { near: 1, far: 1 }', 'replicas: { home: 2, near: 1, far: 1 }');
    expect(problemsOf(yaml)).toEqual([
      'when home is lost nobody takes over: 2 of 5 copies stand elsewhere, and a quorum’s writes may be on the others only',
      'databases.d has no primary while home is lost: nobody takes over, since a quorum’s writes may be on lost copies only',
    ]);
    const notes = notesOf(yaml).filter(({ sort }) => sort !== 'gave-up');
    expect(notes.map(({ what }) => what)).toEqual([
      'copy 0 in home is judged dead, and of its replicas only 2 are in reach, which may lack what was acknowledged',
    ]);
  });

  it('without a replica is refused', () => {
    const yaml = failingOver({ faults: primaryDies }).replace(
      'replicas: { near: 1, far: 1 }',
      'replicas: {}',
    );
    expect(problemsOf(yaml)).toContain('there is no replica that could become primary');
  });
});

describe('an outbox', () => {
  it('loses the events of lost writes with them, and goes on from the new primary with the others', () => {
    const yaml = failingOver({
      faults: primaryDies,
      rate: '200/s',
      duration: '3m',
      write: '{ to: d, outbox: t }',
      database: 'outbox: { relay: polling, interval: 100ms }',
    }).replace(
      'databases:',
      'clusters: { c: { regions: [home, near, far], brokers: 3 } }\ntopics: { t: { cluster: c, partitions: 3 } }\ndatabases:',
    );
    const assembly = runOf(yaml);
    const totalOf = (metric: string) => assembly.readings().get(`databases.d.${metric}`)?.num as number;
    expect(totalOf('lostWrites')).toBeGreaterThan(0);
    // Every row's event is published, but for the lost ones and what is in the outbox as the window ends.
    const missing = totalOf('writtenRows') - totalOf('relayedEvents');
    const left = missing - totalOf('lostWrites');
    expect(left).toBeGreaterThanOrEqual(0);
    expect(left).toBeLessThanOrEqual(assembly.readings().get('databases.d.outboxDepth')?.max as number);
  });
});
