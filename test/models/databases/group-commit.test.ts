import { describe, expect, it } from 'vitest';
import { groupCommit } from '../../../src/models/databases/closed-forms.ts';
import { GroupCommit } from '../../../src/models/databases/group-commit.ts';
import { expectExact, simulate } from '../harness.ts';

const always = { from: 0, to: 1000 };

/** When the commits that come at these instants are durable, if every flush takes 10. */
function durableAt(instants: readonly number[], log = new GroupCommit(always)): number[] {
  return instants.map((now) => {
    if (log.isFirst(now)) log.open(now, 10);
    return log.join(now);
  });
}

describe('group commit', () => {
  it('flushes at once when idle, and takes all who come meanwhile into one flush after that', () => {
    expect(durableAt([0, 1, 5, 9, 12, 19, 25, 50])).toEqual([10, 20, 20, 20, 30, 30, 40, 60]);
  });

  it('is idle at the very instant at which a flush ends with nobody waiting', () => {
    expect(durableAt([0, 10])).toEqual([10, 20]);
  });

  it('starts the flush of those who wait at that instant, and lets the latecomer wait for it', () => {
    expect(durableAt([0, 4, 10])).toEqual([10, 20, 30]);
  });

  it('makes everything durable at once when a flush takes no time', () => {
    const log = new GroupCommit(always);
    const at = [0, 3, 3, 7].map((now) => {
      if (log.isFirst(now)) log.open(now, 0);
      return log.join(now);
    });
    expect(at).toEqual([0, 3, 3, 7]);
  });

  it('counts only the part of its flushes that lies in the window', () => {
    const log = new GroupCommit({ from: 5, to: 25 });
    durableAt([0, 1, 12], log); // flushes 0-10, 10-20, 20-30
    expect(log.flushTicks).toBe(20);
    expect([log.flushes, log.commits]).toEqual([2, 1]);
  });
});

const writes = (rate: number, commit: string) => `
name: writes
run: { duration: 130s, warmUp: 10s }
workloads: { all: { arrivals: { rate: ${rate}/s }, call: app.save } }
services: { app: { operations: { save: [ write: main ] } } }
databases: { main: { cpu: 64, write: 0ms, commit: ${commit} } }`;

describe('commits under Poisson load', () => {
  it.each([
    ['constant', '{ constant: 10ms }', 0],
    ['exponential', '{ exponential: 10ms }', 1],
  ] as const)(
    'share %s flushes as often, and wait as long, as the renewal argument says',
    (_, commit, cv) => {
      const runs = simulate(writes(150, commit));
      const exact = groupCommit(150, { mean: 0.01, cv });
      expectExact(runs.estimate('databases.main.writeLatency.mean'), exact.meanLatency, 0.02);
      expectExact(runs.estimate('databases.main.writesPerFlush'), exact.perFlush, 0.02);
      expectExact(runs.estimate('databases.main.commitUtilization'), exact.utilization, 0.02);
    },
  );

  it('take one flush each when they are rare', () => {
    const runs = simulate(writes(0.5, '10ms'), { runs: 3 });
    expect(runs.estimate('databases.main.writesPerFlush').value).toBeLessThan(1.02);
    expect(runs.estimate('databases.main.writeLatency.mean').value).toBeCloseTo(0.01, 4);
  });

  it('never take longer than two flushes, however many there are: the log is no bottleneck', () => {
    const runs = simulate(writes(2000, '10ms').replace('130s', '20s'), { runs: 1 });
    expect(runs.estimate('databases.main.writeLatency.max').value).toBeLessThanOrEqual(0.02);
    expect(runs.estimate('databases.main.writesPerFlush').value).toBeGreaterThan(19);
    expect(runs.estimate('databases.main.commitUtilization').value).toBeGreaterThan(0.999);
  });
});
