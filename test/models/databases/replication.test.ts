import { describe, expect, it } from 'vitest';
import { meanReplicationLag, staleness } from '../../../src/models/databases/closed-forms.ts';
import { expectExact, readingOf, runOf, simulate } from '../harness.ts';

/** Two regions 80 ms apart (round trip) without jitter; writes are durable at once. */
const twoRegions = (parts: {
  rate?: string;
  apply: string;
  more?: string;
  steps?: string;
  keys?: string;
}) => `
name: replication
run: { duration: 130s, warmUp: 10s }
regions: { here: {}, there: {} }
network: { jitter: 0%, links: [{ between: [here, there], roundTrip: 80ms }] }
keys: { row: { count: ${parts.keys ?? '20'}, format: "row-{n}" } }
workloads: { all: { arrivals: { rate: ${parts.rate ?? '100/s'} }, keys: [row], call: app.go } }
services: { app: { regions: [here], operations: { go: [ ${parts.steps ?? 'write: main'} ] } } }
databases:
  main:
    primary: here
    replicas: { there: 1 }
    replication: { apply: ${parts.apply}, ${parts.more ?? ''} }
    cpu: 64
    write: 0ms
    commit: 0ms
    read: 0ms`;

describe('replication lag under a known delay', () => {
  it.each([
    ['constant, as M/D/1', '5ms', { mean: 0.005, cv: 0 }],
    ['exponential, as M/M/1', '{ exponential: 5ms }', { mean: 0.005, cv: 1 }],
    ['lognormal, as M/G/1', '{ lognormal: { mean: 5ms, cv: 0.5 } }', { mean: 0.005, cv: 0.5 }],
  ])('is the way and the sojourn before the one process that applies: %s', (_, apply, form) => {
    const runs = simulate(twoRegions({ apply }));
    const exact = meanReplicationLag(100, 0.04, form);
    for (const path of ['databases.main', 'databases.main.in.there']) {
      expectExact(runs.estimate(`${path}.replicationLag.mean`), exact, 0.02);
      expectExact(runs.estimate(`${path}.applyUtilization`), 0.5, 0.02);
    }
  });

  it('is the way and nothing else where nothing has to be done', () => {
    const assembly = runOf(twoRegions({ apply: '0ms' }));
    const lag = assembly.readings().get('databases.main.replicationLag');
    expect([lag?.hist?.min, lag?.hist?.max]).toEqual([0.04, 0.04]);
  });

  it('has no bound where writes come faster than they are applied, and the backlog says so', () => {
    const assembly = runOf(twoRegions({ apply: '12ms' }));
    expect(readingOf(assembly, 'databases.main.applyUtilization')).toBeGreaterThan(0.999);
    // 100 a second for 130 s, of which 83 a second are applied: about 2,170 are left.
    const backlog = assembly.backlogs['databases.main'];
    expect(backlog.at(-1)).toBeGreaterThan(1800);
    expect(backlog[50]).toBeGreaterThan(backlog[0] * 2);
  });

  it('raises an alert when a replica falls behind, once, until it is half as far behind', () => {
    const late = runOf(
      twoRegions({ apply: '12ms', more: 'lagAlert: 5s' }).replace('warmUp: 10s', 'warmUp: 1s'),
    );
    expect(late.readings().get('databases.main.lagAlerts')?.num).toBe(1);
    const [note] = late.timeline.occurrences.filter(({ component }) => component === 'databases.main');
    expect(note.what).toBe('replica 0 of shard 0 in there falls more than 5 s behind');
    const punctual = runOf(twoRegions({ apply: '7ms', more: 'lagAlert: 5s' }));
    expect(punctual.readings().get('databases.main.lagAlerts')?.num).toBe(0);
  });

  it('counts the rows that are written, and ships each of them to each replica', () => {
    const assembly = runOf(twoRegions({ apply: '0ms' }).replace('there: 1', 'there: 2'));
    const written = readingOf(assembly, 'databases.main.writtenBytes') * 120;
    expect(assembly.readings().get('network.in.here.sentBytes')?.num).toBeCloseTo(2 * written, -5);
  });
});

describe('reads from a replica', () => {
  const steps = (row: string) =>
    `{ choose: [ { share: 50%, do: [ write: { to: main${row} } ] }, { share: 50%, do: [ read: { from: main, consistency: replica${row} } ] } ] }`;

  it('are stale as often, and for as long, as the writes to the row and a constant lag say', () => {
    // 100 writes a second over 20 rows: 5 a second each.
    const runs = simulate(twoRegions({ apply: '0ms', rate: '200/s', steps: steps(', key: row') }));
    const exact = staleness(100 / 20, 0.04);
    expectExact(runs.estimate('databases.main.staleReads'), exact.staleShare, 0.04);
    expectExact(runs.estimate('databases.main.in.there.staleness.mean'), exact.meanStaleness, 0.06);
  });

  it('miss any write of the shard where rows are not told apart', () => {
    const runs = simulate(twoRegions({ apply: '0ms', rate: '200/s', steps: steps('') }));
    const exact = staleness(100, 0.04);
    expectExact(runs.estimate('databases.main.staleReads'), exact.staleShare, 0.01);
    expectExact(runs.estimate('databases.main.staleness.mean'), exact.meanStaleness, 0.02);
  });

  it('are never stale on the primary, and always miss a write of just before', () => {
    const own = (consistency: string) =>
      `{ write: { to: main, key: row } }, { read: { from: main, key: row, consistency: ${consistency} } }`;
    const far = runOf(twoRegions({ apply: '1ms', rate: '2/s', keys: '20k', steps: own('replica') }));
    // The read takes 40 ms to get there, the write 41 ms to be applied.
    expect(readingOf(far, 'databases.main.staleReads')).toBe(1);
    const near = runOf(twoRegions({ apply: '1ms', rate: '2/s', keys: '20k', steps: own('nearest') }));
    expect(near.readings().get('databases.main.staleReads')?.den).toBe(0);
    expect(readingOf(near, 'databases.main.in.here.readThroughput')).toBeGreaterThan(1);
  });

  it('know a row that another key names than the one that places it', () => {
    const yaml = (row: string) => `
name: rows
run: { duration: 60s, warmUp: 5s }
regions: { here: {}, there: {} }
network: { jitter: 0%, links: [{ between: [here, there], roundTrip: 80ms }] }
keys: { tenant: { count: 2, format: "t-{n}" }, conversation: { each: operation } }
workloads: { all: { arrivals: { rate: 100/s }, keys: [tenant, conversation], call: app.go } }
services: { app: { regions: [here], operations: { go: [ { write: { to: main, ${row} } }, { read: { from: main, consistency: replica, ${row} } }, { wait: 1s }, { read: { from: main, consistency: replica, ${row} } } ] } } }
databases: { main: { shards: 2, shardBy: { key: tenant, function: java-hash }, primary: here, replicas: { there: 1 }, cpu: 64, commit: 0ms, write: 0ms, read: 0ms, replication: { apply: 1ms } } }`;
    // The first read misses the conversation's write, the second one a second later does not.
    expect(readingOf(runOf(yaml('row: conversation')), 'databases.main.staleReads')).toBeCloseTo(0.5, 2);
    // By tenant, other conversations' writes count too: at 50 a second some write is always under way.
    expect(readingOf(runOf(yaml('key: tenant')), 'databases.main.staleReads')).toBeGreaterThan(0.9);
  });

  it('pass replicas by that are further behind than maxStaleness, and then none is staler than that', () => {
    const slow = {
      apply: '12ms',
      rate: '200/s',
      steps:
        '{ choose: [ { share: 50%, do: [ write: main ] }, { share: 50%, do: [ read: { from: main, consistency: replica, maxStaleness: 3s } ] } ] }',
    };
    const assembly = runOf(twoRegions(slow));
    const staleRead = assembly.readings().get('databases.main.staleness');
    // The replica is chosen 40 ms before it answers.
    expect(staleRead?.max).toBeLessThan(3.05);
    expect(staleRead?.max).toBeGreaterThan(2.5);
    expect(readingOf(assembly, 'databases.main.redirectedReads')).toBeGreaterThan(50);
  });
});
