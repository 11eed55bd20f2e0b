import { describe, expect, it } from 'vitest';
import type { MetricResult, WaterfallResult } from '../../src/result/index.ts';
import { bottlenecksOf } from '../../src/study/bottlenecks.ts';

const metric = (value: number | null, better = 'lower') => ({ value, better }) as MetricResult;

const waterfall = (count: number, waits: Record<string, number>): WaterfallResult => ({
  workload: 'any',
  count,
  mean: 1,
  p99: 1,
  parts: Object.entries(waits).map(([station, mean]) => ({
    station,
    phase: 'waits',
    waits: true,
    mean,
    p99: mean,
  })),
});

describe('bottlenecks', () => {
  it('are all that can be busy, the busiest first, with the load at which they are full', () => {
    const found = bottlenecksOf(
      {
        'services.desk.utilization': metric(0.5),
        'services.desk.threadUtilization': metric(0.8),
        'services.desk.latency.mean': metric(3),
        'databases.main.shards.3.utilization': metric(0.25),
        'databases.idle.utilization': metric(null),
      },
      [],
    );
    expect(found).toEqual([
      { station: 'services.desk', of: 'thread', utilization: 0.8, waitShare: 0, atMost: 1.25 },
      { station: 'services.desk', utilization: 0.5, waitShare: 0, atMost: 2 },
      { station: 'databases.main.shards.3', utilization: 0.25, waitShare: 0, atMost: 4 },
    ]);
  });

  it('speak of the hottest shard of each run, where it is another one in other runs', () => {
    const shard = (...shares: number[]) =>
      ({
        value: shares.reduce((sum, share) => sum + share, 0) / shares.length,
        better: 'lower',
        runs: shares.map((num) => ({ num, den: 1, n: 1 })),
      }) as unknown as MetricResult;
    const found = bottlenecksOf(
      {
        'databases.main.utilization': metric(0.3),
        'databases.main.shards.0.utilization': shard(0.8, 0.1),
        'databases.main.shards.1.utilization': shard(0.2, 0.6),
        'databases.main.shards.0.commitUtilization': shard(0.5, 0.4),
        'databases.main.shards.1.commitUtilization': shard(0.1, 0.3),
      },
      [],
    );
    // By their numbers the shards are 45% and 40% busy on the mean: as if none were ever above half.
    expect(found.map(({ station, of, utilization }) => [station, of, utilization])).toEqual([
      ['databases.main', 'hottestShard', 0.7],
      ['databases.main.shards.0', 'commit', 0.45],
      ['databases.main', undefined, 0.3],
      ['databases.main.shards.1', 'commit', 0.2],
    ]);
    expect(found[0].atMost).toBeCloseTo(1 / 0.7, 12);
  });

  it('leave out what is meant to be full, as the room on nodes', () => {
    expect(bottlenecksOf({ 'pools.web.utilization': metric(0.9, 'neither') }, [])).toEqual([]);
  });

  it('bound no load where work is shared out as there is more of it, or where an autoscaler adds to them', () => {
    const found = bottlenecksOf(
      {
        'databases.main.commitUtilization': metric(0.9),
        'services.scaled.in.eu.utilization': metric(0.7),
        'services.scaled.scaleUps.total': metric(0),
      },
      [],
    );
    expect(found.map(({ station, atMost }) => [station, atMost])).toEqual([
      ['databases.main', undefined],
      ['services.scaled.in.eu', undefined],
    ]);
  });

  it('share all waiting by the operations that wait, not by the workload', () => {
    const found = bottlenecksOf(
      { 'services.busy.utilization': metric(0.9), 'services.rare.utilization': metric(0.1) },
      [waterfall(900, { 'services.busy': 0.1 }), waterfall(10, { 'services.rare': 1 })],
    );
    expect(found.map(({ waitShare }) => waitShare)).toEqual([expect.closeTo(0.9), expect.closeTo(0.1)]);
  });
});
