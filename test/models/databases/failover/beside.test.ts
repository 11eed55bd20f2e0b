import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DatabaseModel } from '../../../../src/models/databases/model.ts';
import type { WorkloadRecord } from '../../../../src/models/workloads/ledger.ts';
import { runOf } from '../../harness.ts';
import { failingOver } from './scenario.ts';

const cutFrom = 60;
const cutUntil = 160;

/** `home`, with callers, primary and a replica, is cut off for 100 s; reads come beside the writes, of other keys. */
const parted = ({
  mode = 'async',
  fencing = 'none',
  read = 'consistency: replica',
  copies = '{ home: 1, near: 1, far: 1 }',
  faults = `f: { fault: network-partition, groups: [[home], [near, far]], at: ${cutFrom}s, for: ${cutUntil - cutFrom}s, settle: 10s }`,
} = {}) =>
  failingOver({
    faults,
    failover: `failover: { fencing: ${fencing} }`,
    replication: `, mode: ${mode}`,
  })
    .replace('{ near: 1, far: 1 }', copies)
    .replace(
      'workloads: {',
      'workloads: { r: { arrivals: { rate: 50/s }, keys: [id], from: { o: 100% }, client: { timeout: 1s }, call: s.look },',
    )
    .replace('operations: {', `operations: { look: [ read: { from: d, ${read} } ],`);

type Run = ReturnType<typeof runOf>;

const totalOf = (run: Run, metric: string) => run.readings().get(`databases.d.${metric}`)?.num as number;

const noteOf = ({ timeline }: Run, words: RegExp) =>
  timeline.occurrences.flatMap(({ at, what }) => {
    const found = words.exec(what);
    return found === null ? [] : [{ at, number: Number(found[1]) }];
  });

describe('a replica on the side of an old primary that goes on', () => {
  it('follows it: it has all that the old primary accepted, and undoes as much', () => {
    const run = runOf(parted());
    const [{ number: undone, at }] = noteOf(
      run,
      /copy 1 in home undoes (\d+) writes that the new primary lacks/,
    );
    expect(totalOf(run, 'splitBrainWrites')).toBeGreaterThan(1000);
    expect(undone).toBe(totalOf(run, 'discardedWrites'));
    expect(at).toBeGreaterThan(cutUntil);
    expect(at).toBeLessThanOrEqual(cutUntil + 10);
    expect(noteOf(run, /goes on as primary, and a replica follows it/)).toHaveLength(1);
    // Undone rows are counted once: those of the primary.
    expect(totalOf(run, 'lostWrites')).toBe(totalOf(run, 'discardedWrites'));
  });

  it('serves its side with that history, and as many answers are orphaned as rows have changed in it', () => {
    const run = runOf(parted());
    const [{ at: promoted }] = noteOf(run, /is primary:/);
    const reads = 50 * (cutUntil - promoted);
    // Those on the way when the cut ends, and up to 10 s until the replica hears of it; then 10 s of rewinding.
    const all = totalOf(run, 'splitBrainReads');
    expect(all).toBeGreaterThan(reads - 4 * Math.sqrt(reads));
    expect(all).toBeLessThan(reads + 500 + 4 * Math.sqrt(reads + 500));
    // A row of 1000 is changed by Poisson writes at 100 a second from the cut on, until that ends and they go elsewhere.
    const changed = (at: number) => 1 - Math.exp((-100 * (Math.min(at, cutUntil) - cutFrom)) / 1000);
    const until = promoted + all / 50;
    let orphaned = 0;
    for (let at = promoted; at < until; at += 0.1) orphaned += 50 * 0.1 * changed(at + 0.05);
    // Chance of the reads, and of which of the 1000 rows have changed.
    const deviation = Math.sqrt(orphaned) + all * Math.sqrt(0.25 / 1000);
    expect(Math.abs(totalOf(run, 'orphanedReads') - orphaned)).toBeLessThan(4 * deviation);
  });

  it('is fresh to those who know its primary only, however old it is to others', () => {
    const failuresOf = (run: Run) =>
      (run.records()['workloads.r'] as WorkloadRecord).failures as Record<string, number>;
    const run = runOf(parted({ read: 'consistency: replica, maxStaleness: 1s' }));
    const failed = Object.values(failuresOf(run)).reduce((sum, each) => sum + each, 0);
    // When it goes over it is away for 10 s and not fresh before it has caught up; those then go to near, which answers.
    expect(failed).toBeLessThan(50);
    expect(totalOf(run, 'splitBrainReads')).toBeGreaterThan(1000);
  });

  it('answers its primary: what waits for any one replica is acknowledged there, and lost', () => {
    const lost = (copies: string) => totalOf(runOf(parted({ mode: 'semi-sync', copies })), 'lostWrites');
    const expected = 100 * (cutUntil - cutFrom);
    expect(Math.abs(lost('{ home: 1, near: 1, far: 1 }') - expected)).toBeLessThan(
      4 * Math.sqrt(expected) + 5,
    );
  });

  it.each(['quorum', 'sync'])('is too few for writes that are %s', (mode) => {
    expect(totalOf(runOf(parted({ mode })), 'lostWrites')).toBe(0);
  });

  it('stays behind the new primary for whoever watches, and is caught up when it has gone over', () => {
    // Somebody writes on the other side, too.
    const run = runOf(
      parted()
        .replace(
          'workloads: {',
          'workloads: { n: { arrivals: { rate: 50/s }, keys: [id], from: { o: 100% }, client: { timeout: 1s }, call: t.x },',
        )
        .replace('services: {', 'services: { t: { regions: [near], operations: { x: [ write: d ] } },'),
    );
    const values = run.timeline.series.get('databases.d.in.home.replicationLag')?.values as Float64Array;
    const [{ at: promoted }] = noteOf(run, /is primary:/);
    const at = (seconds: number) => values[Math.floor(seconds / run.timeline.bucketSeconds) - 1];
    expect(at(150)).toBeGreaterThan(150 - promoted - 3);
    expect(at(290)).toBeLessThan(0.2);
  });

  it('has no part in it where the old primary is fenced', () => {
    const run = runOf(parted({ fencing: 'lease' }));
    expect(totalOf(run, 'splitBrainReads')).toBe(0);
    expect(totalOf(run, 'orphanedReads')).toBe(0);
    // Yet it has what the old primary had sent it until then.
    const [{ number: undone }] = noteOf(run, /copy 1 in home undoes (\d+) writes that the new primary lacks/);
    expect(undone).toBe(totalOf(run, 'discardedWrites'));
  });

  it('that crashes meanwhile comes back to the only primary that it knows', () => {
    const run = runOf(
      parted({
        faults: `f: { fault: network-partition, groups: [[home], [near, far]], at: ${cutFrom}s, for: ${cutUntil - cutFrom}s, settle: 10s },
          c: { fault: replica-crash, database: d, region: home, at: 120s, for: 15s, settle: 1s }`,
      }),
    );
    const [{ number: undone }] = noteOf(run, /copy 1 in home undoes (\d+) writes that the new primary lacks/);
    expect(undone).toBe(totalOf(run, 'discardedWrites'));
  });
});

const strokes = fc.array(
  fc.record({
    what: fc.constantFrom('primary', 'replica', 'cut', 'oneWay'),
    where: fc.constantFrom('home', 'near', 'far'),
    at: fc.integer({ min: 20, max: 150 }),
    lasting: fc.integer({ min: 5, max: 100 }),
  }),
  { minLength: 1, maxLength: 5 },
);

type Strokes = typeof strokes extends fc.Arbitrary<infer S> ? S : never;

const faultsOf = (list: Strokes): string =>
  list
    .map(({ what, where, at, lasting }, index) => {
      const others = ['home', 'near', 'far'].filter((region) => region !== where);
      const words = {
        primary: 'primary-crash, database: d',
        replica: `replica-crash, database: d, region: ${where === 'far' ? 'near' : where}`,
        cut: `network-partition, groups: [[${where}], [${others.join(', ')}]]`,
        oneWay: `link-down, from: ${where}, to: ${others[0]}`,
      }[what];
      return `f${index}: { fault: ${words}, at: ${at}s, for: ${lasting}s, settle: 1s }`;
    })
    .join(', ');

const areApart = (list: Strokes): boolean =>
  list.every((one, at) =>
    list
      .slice(at + 1)
      .every(
        (other) =>
          one.what !== other.what || one.at + one.lasting < other.at || other.at + other.lasting < one.at,
      ),
  );

describe('whatever befalls copies without a fence', () => {
  it('all histories but one are undone, with as many rows as were lost, and all copies follow that one', () => {
    let splits = 0;
    fc.assert(
      fc.property(
        strokes.filter(areApart),
        fc.constantFrom('{ home: 1, near: 1, far: 1 }', '{ home: 2, near: 2, far: 0 }'),
        fc.integer({ min: 1, max: 1000 }),
        (list, copies, seed) => {
          const yaml = parted({ faults: faultsOf(list), copies })
            .replace('fencing: none', 'interval: 5s, promote: 3s, fencing: none')
            .replace('100/s', '20/s')
            .replace('5m', '7m');
          const run = runOf(yaml, seed);
          splits += totalOf(run, 'splitBrainWrites') > 0 ? 1 : 0;
          // All writes are acknowledged as they are committed: those that are gone are those that were undone.
          expect(totalOf(run, 'lostWrites')).toBe(totalOf(run, 'discardedWrites'));
          expect(totalOf(run, 'discardedWrites')).toBeGreaterThanOrEqual(totalOf(run, 'splitBrainWrites'));
          expect(totalOf(run, 'orphanedReads')).toBeLessThanOrEqual(totalOf(run, 'splitBrainReads'));
          const { shards } = run.component<DatabaseModel>('databases.d');
          for (const { nodes, succession } of shards)
            for (const node of nodes) {
              expect(succession?.isOld(node)).toBe(false);
              expect(node.alive && node.shard.follows(node, run.simulation.now)).toBe(true);
            }
        },
      ),
      { numRuns: 25, seed: 4 },
    );
    // They were put to the test.
    expect(splits).toBeGreaterThan(3);
  }, 120_000);
});
