import { describe, expect, it } from 'vitest';
import { catchUpTime } from '../../../../src/models/algorithms/recovery/failover-time.ts';
import type { DatabaseModel } from '../../../../src/models/databases/model.ts';
import type { WorkloadRecord } from '../../../../src/models/workloads/ledger.ts';
import { readingOf, runOf } from '../../harness.ts';
import { failingOver, primaryDies } from './scenario.ts';

/** First bucket (seconds) from `from` on in which writes are applied in `near` with less lag than this. */
function followsFrom({ timeline }: ReturnType<typeof runOf>, from: number, lag: number): number {
  const values = timeline.series.get('databases.d.in.near.replicationLag')?.values as Float64Array;
  const first = Math.ceil(from / timeline.bucketSeconds);
  return values.findIndex((value, bucket) => bucket >= first && value < lag) * timeline.bucketSeconds;
}

describe('a stream that is cut', () => {
  // A hundred writes a second, of which the replica applies at most two hundred.
  const cutFor = (seconds: number) =>
    runOf(
      failingOver({
        faults: `f: { fault: link-down, from: home, to: near, at: 60s, for: ${seconds}s, settle: 10s }`,
        duration: '8m',
        failover: '',
      }).replace('apply: 0ms', 'apply: 5ms'),
    );

  it.each([
    // Repetitions come (80 ms + 200 ms) × (2^k − 1) after the first message that did not pass: the seventh after 35.6 s.
    ['at TCP’s next repetition where it was short', 20, 95.6],
    // After a minute of silence the replica connects anew, every five seconds.
    ['at the replica’s next try where it was long', 75, 135],
  ])('is there again %s, and then the replica catches up as the closed form says', (_, seconds, resumed) => {
    const expected = resumed + catchUpTime(100 * (resumed - 60), 100, 200);
    // Two seconds a bucket; Poisson arrivals move the end by the deviation of 2 × 100 × (resumed − 60) of them.
    const deviation = Math.sqrt(2 * 100 * (resumed - 60)) / 100;
    const caughtUp = followsFrom(cutFor(seconds), resumed + 2, 0.5);
    expect(caughtUp).toBeGreaterThan(expected - 4 * deviation - 2);
    expect(caughtUp).toBeLessThan(expected + 4 * deviation + 4);
  });

  it('holds up nobody who does not wait for it', () => {
    expect(readingOf(cutFor(20), 'faults.f.rto')).toBe(0);
  });

  it('is behind in that region only, and not caught up as long as it lasts', () => {
    const yaml = failingOver({
      faults: 'f: { fault: link-down, from: home, to: near, at: 60s, settle: 10s }',
      failover: '',
    });
    const database = runOf(yaml).component<DatabaseModel>('databases.d');
    expect([0, 1, 2].map((place) => database.isCaughtUp(place))).toEqual([true, false, true]);
    // The run goes on for as long as it takes to see that nobody felt it.
    expect(database.lagIn(1)).toBeGreaterThan(239);
    expect(database.lagIn(2)).toBeLessThan(0.2);
  });
});

describe('a copy that comes back with an empty disk', () => {
  it('is not there before it has been copied whole, at the bounded rate', () => {
    const yaml = (storage: string) =>
      failingOver({
        faults: primaryDies.replace('settle', 'for: 100s, data: destroyed, settle'),
        failover: 'failover: { catchUp: 100MB/s }',
        database: `storage: ${storage}`,
      });
    const isThere = (storage: string) =>
      runOf(yaml(storage)).component<DatabaseModel>('databases.d').isCaughtUp(0);
    // From 160 s to the end at 300 s there is time for 14 GB.
    expect(isThere('13.9GB')).toBe(true);
    expect(isThere('14.1GB')).toBe(false);
  });
});

describe('a zone that is lost', () => {
  it('takes the copies that stand in it, and those of other zones take over', () => {
    const yaml = failingOver({
      faults: 'f: { fault: zone-outage, region: home, zone: 1, at: 60s, settle: 10s }',
    })
      .replace('home: {}', 'home: { zones: 3 }')
      .replace('near: 1', 'home: 2, near: 1')
      .replace('regions: [home]', 'regions: [far]');
    const assembly = runOf(yaml);
    const promoted = assembly.timeline.occurrences.find(({ what }) => what.includes('is primary'));
    // In home there is no way: nothing was on it.
    expect(promoted?.what).toBe('copy 1 in home is primary: no acknowledged write is lost');
    expect(readingOf(assembly, 'faults.f.rpo')).toBe(0);
  });
});

describe('the machine of a primary in a lost zone', () => {
  const inZones = (failover?: string) =>
    failingOver({
      faults: 'f: { fault: zone-outage, region: home, zone: 1, at: 60s, for: 60s, settle: 10s }',
      ...(failover === undefined ? {} : { failover }),
    }).replace('home: {}', 'home: { zones: 3 }');

  const failuresOf = (yaml: string) =>
    (runOf(yaml.replace('regions: [home]', 'regions: [near]')).records()['workloads.w'] as WorkloadRecord)
      .failures;

  it('answers nobody, not even with an error: its writers wait their own time out', () => {
    const { 'timed-out': timedOut, ...others } = failuresOf(inZones('')) as Record<string, number>;
    expect(others).toEqual({});
    // 60 s at 100 a second, Poisson; those of the last second get through when TCP repeats what they sent.
    expect(Math.abs(timedOut - 6000)).toBeLessThan(5 * Math.sqrt(6000) + 100);
  });

  it('holds up who is at it until another copy is primary', () => {
    const failures = failuresOf(inZones()) as Record<string, number>;
    expect(Object.keys(failures)).toEqual(['timed-out']);
    // Three looks of ten seconds, the first within the first of them; then nearly at once.
    expect(failures['timed-out']).toBeGreaterThan(100 * 19);
    expect(failures['timed-out']).toBeLessThan(100 * 62);
  });

  it('refuses connections where the fault is the crash of a process', () => {
    const yaml = failingOver({ faults: primaryDies.replace('settle', 'for: 60s, settle'), failover: '' });
    expect(Object.keys(failuresOf(yaml) ?? {})).toEqual(['unavailable']);
  });
});

describe('a copy that two faults have down', () => {
  it('is back when the later of them is over', () => {
    const yaml = failingOver({
      faults: `dies: { fault: replica-crash, database: d, region: near, at: 60s, for: 30s, settle: 10s },
        lost: { fault: region-outage, region: near, at: 70s, for: 100s, settle: 10s }`,
      failover: '',
      replication: ', mode: sync',
      database: 'maxConnections: 100000',
    });
    const recovery = readingOf(runOf(yaml), 'faults.dies.rto');
    expect(recovery).toBeGreaterThanOrEqual(110);
    expect(recovery).toBeLessThanOrEqual(110 + 12);
  });
});
