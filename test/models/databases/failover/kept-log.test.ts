import { describe, expect, it } from 'vitest';
import type { DatabaseModel } from '../../../../src/models/databases/model.ts';
import { runOf } from '../../harness.ts';
import { failingOver } from './scenario.ts';

type Run = ReturnType<typeof runOf>;
const wholeCopies = ({ timeline }: Run) =>
  timeline.occurrences.filter(({ what }) => what.includes('is copied whole')).length;
const databaseOf = (run: Run) => run.component<DatabaseModel>('databases.d');

/** Near is cut off from home for two minutes, in which 100 rows of 1 KB are written a second: 12 MB. */
const cut = (keepLog: string, parts: Partial<Parameters<typeof failingOver>[0]> = {}) =>
  failingOver({
    faults: 'f: { fault: link-down, from: home, to: near, at: 60s, for: 2m, settle: 10s }',
    failover: '',
    replication: `, keepLog: ${keepLog}`,
    database: 'rowSize: 1kB\n    storage: 1GB\n    logThroughput: 100MB/s',
    ...parts,
  });

describe('a replica that its primary does not reach', () => {
  it('gets what it lacks from the log, as long as that is kept', () => {
    const run = runOf(cut('15MB'));
    expect(wholeCopies(run)).toBe(0);
    expect(databaseOf(run).isCaughtUp(1)).toBe(true);
  });

  it('is copied whole where the log was not kept, and is behind all the while', () => {
    const run = runOf(cut('6MB'));
    expect(wholeCopies(run)).toBe(1);
    expect(databaseOf(run).isCaughtUp(1)).toBe(true);
    const copied = run.timeline.occurrences.find(({ what }) => what.includes('is copied whole'))
      ?.at as number;
    // Found by TCP's next repetition or a new connection, each 5 s.
    expect(copied).toBeGreaterThanOrEqual(180);
    expect(copied).toBeLessThan(190);
    const given = run.timeline.occurrences.find(({ what }) => what.startsWith('no more of the log'))
      ?.at as number;
    // 6 MB at 100 kB a second, Poisson.
    expect(Math.abs(given - 120)).toBeLessThan(60 * (5 / Math.sqrt(6000)) + 1);
  });

  it('does not make the log grow: what is kept is bounded by what is to be kept', () => {
    const size = (keepLog: string) => {
      const run = runOf(cut(keepLog).replace(' for: 2m,', ''));
      const [{ streams }] = databaseOf(run).shards;
      return (streams?.journal.next ?? 0) - (streams?.journal.oldest ?? 0);
    };
    expect(size('100MB')).toBeGreaterThan(20_000);
    expect(size('1MB')).toBeLessThan(1100);
  });

  it('is not promoted as long as it lacks what nobody keeps', () => {
    const faults = `f: { fault: link-down, from: home, to: near, at: 60s, for: 4m, settle: 10s },
      g: { fault: region-outage, region: home, at: 150s, settle: 10s }`;
    const promoted = (keepLog: string) =>
      runOf(cut(keepLog, { faults, failover: 'failover: { candidates: region-order }' }))
        .timeline.occurrences.find(({ what }) => what.includes('is primary'))
        ?.what.split(':')[0];
    expect(promoted('15MB')).toBe('copy 1 in near is primary');
    expect(promoted('1MB')).toBe('copy 2 in far is primary');
  });
});

describe('a replica on the old primary’s side of a failover', () => {
  const parted = (fencing: string) =>
    runOf(
      failingOver({
        faults:
          'f: { fault: network-partition, groups: [[home], [near, far]], at: 60s, for: 2m, settle: 10s }',
        failover: `failover: { interval: 5s, fencing: ${fencing} }`,
        duration: '6m',
        from: 'near',
      }).replace('replicas: { near: 1', 'replicas: { home: 1, near: 1'),
    );

  it.each(['lease', 'none'])('follows the new one once it hears of it (fencing %s)', (fencing) => {
    const run = parted(fencing);
    const database = databaseOf(run);
    expect(run.readings().get('databases.d.failovers')?.num).toBe(1);
    const [shard] = database.shards;
    expect(shard.primary.place).toBe(1);
    const home = shard.followers.filter(({ node }) => node.place === 0);
    // The old primary and its neighbour.
    expect(home).toHaveLength(2);
    const { now } = run.simulation;
    for (const { node } of home) expect(shard.follows(node, now)).toBe(true);
  });
});
