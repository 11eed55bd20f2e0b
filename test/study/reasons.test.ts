import { describe, expect, it } from 'vitest';
import { hottestKeyOf } from '../../src/models/hottest-key.ts';
import type { CostResultRow, MetricResult } from '../../src/result/index.ts';
import { type Clues, reasonFor } from '../../src/study/reasons.ts';
import { scenarioOf } from '../models/harness.ts';

const metric = (value: number | null, more: Partial<MetricResult> = {}): MetricResult => ({
  value,
  unit: 'duration',
  better: 'lower',
  kind: 'mean',
  data: value === null ? 'unbounded' : 'ok',
  runs: [],
  ...more,
});

const nothing: Clues = {
  metrics: {},
  failures: [],
  waterfalls: [],
  bottlenecks: [],
  topology: { regions: [], nodes: [] },
  cost: { month: null, rows: [], unpriced: [] },
  loadReasons: [],
  hottestKeyOf: () => undefined,
};

const row = (item: string, month: number, monthOnDemand: number): CostResultRow => ({
  component: 'pools.web',
  item,
  quantity: 1,
  unit: 'nodes',
  basis: 'fixed',
  month,
  monthOnDemand,
});

describe('the reason why a target is broken', () => {
  it('is what the model says where it says something', () => {
    expect(reasonFor('a.b.c', metric(1, { why: 'the disk is slow' }), nothing)).toBe('the disk is slow');
  });

  it('is nothing where nobody knows', () => {
    expect(reasonFor('caches.main.hitRatio', metric(0.2), nothing)).toBeUndefined();
  });

  it('is what became of failed operations where those make a latency infinite', () => {
    const failures = [
      { workload: 'orders', reason: 'timed-out', count: 120, means: 'no answer in time' },
      { workload: 'others', reason: 'crashed', count: 999, means: 'it died' },
    ];
    const id = 'workloads.orders.latency.p99';
    expect(reasonFor(id, metric(null), { ...nothing, failures })).toBe(
      '120 operations a run failed (timed-out): no answer in time',
    );
    expect(reasonFor(id, metric(0.3), { ...nothing, failures })).toBeUndefined();
    const more = [...failures, { workload: 'orders', reason: 'rejected', count: 30, means: 'full' }];
    expect(reasonFor(id, metric(null), { ...nothing, failures: more })).toBe(
      '150 operations a run failed: 120 timed-out, 30 rejected',
    );
  });

  it('is a load that is more than its thing keeps up with', () => {
    const loadReasons = [{ component: 'consumers.ledger', what: 'grows', count: 5400, share: 0.1 } as const];
    expect(reasonFor('consumers.ledger.lagSeconds.p95', metric(9), { ...nothing, loadReasons })).toContain(
      '5.4k more wait',
    );
    expect(
      reasonFor('consumers.other.lagSeconds.p95', metric(9), { ...nothing, loadReasons }),
    ).toBeUndefined();
  });

  it('is physics where most of a latency is the way between caller and region', () => {
    const metrics = { 'workloads.orders.serverLatency.p95': metric(0.02) };
    expect(reasonFor('workloads.orders.latency.p95', metric(0.232), { ...nothing, metrics })).toBe(
      '212 ms of it is the way between caller and region',
    );
  });

  it('is the largest part of the time, near p99 for the tail and on the mean else', () => {
    const part = (station: string, phase: string, mean: number, p99: number) => ({
      station,
      phase,
      waits: false,
      mean,
      p99,
    });
    const waterfalls = [
      {
        workload: 'orders',
        count: 1,
        mean: 0.03,
        p99: 0.3,
        parts: [part('services.desk', 'works', 0.02, 0.05), part('databases.main', 'flushes', 0.01, 0.25)],
      },
    ];
    expect(reasonFor('workloads.orders.latency.p95', metric(0.2), { ...nothing, waterfalls })).toBe(
      'near p99, 250 ms of 300 ms go into: main flushes',
    );
    expect(reasonFor('workloads.orders.latency.mean', metric(0.03), { ...nothing, waterfalls })).toBe(
      'on the mean, 20 ms of 30 ms go into: desk works',
    );
  });

  it('is how uneven the hottest share is', () => {
    const cells = Array.from({ length: 10 }, (_, at) => ({ name: `${at}`, share: 0.1 }));
    const topology = {
      regions: [],
      nodes: [{ id: 'databases.main', kind: 'database', title: 'main', regions: {}, calls: [], cells }],
    };
    const reason = (hottest: number) =>
      reasonFor('databases.main.hottestShardShare', metric(0.27), {
        ...nothing,
        topology,
        hottestKeyOf: (id) => (id === 'databases.main' ? { key: 'tenantId', share: hottest } : undefined),
      });
    expect(reason(0.09)).toBe('the hottest of 10 gets 2.7 times an even share, by the keys that hash to it');
    // A tenth is an even share: who has more alone needs nobody beside him.
    expect(reason(0.19)).toBe(
      'the hottest of 10 gets 2.7 times an even share: the most used tenantId alone has 19% of the calls, and others hash to the same place',
    );
  });

  it('is the tightest part where it is tighter than the whole', () => {
    const shard = (utilization: number) => [
      { station: 'databases.main.shards.3', utilization, waitShare: 0 },
    ];
    const reason = (utilization: number) =>
      reasonFor('databases.main.utilization', metric(0.5), { ...nothing, bottlenecks: shard(utilization) });
    expect(reason(0.92)).toBe('the tightest part, shards 3, is 92% busy');
    expect(reason(0.51)).toBeUndefined();
  });

  it('is what each way of buying saves', () => {
    const rows = [
      row('m6i.xlarge reserved', 60, 100),
      row('m6i.xlarge on-demand', 100, 100),
      row('m6i.xlarge spot', 40, 200),
    ];
    const cost = { month: 200, rows, unpriced: [] };
    expect(reasonFor('cost.savings.vsOnDemand', metric(0.5), { ...nothing, cost })).toBe(
      'm6i.xlarge reserved saves 10%, m6i.xlarge spot saves 40%, of $400 a month if all were bought on demand',
    );
  });

  it('is what most of the bill is for', () => {
    const cost = {
      month: 300,
      rows: [row('a', 200, 0), { ...row('b', 100, 0), component: 'network' }],
      unpriced: [],
    };
    expect(reasonFor('cost.month', metric(300), { ...nothing, cost })).toBe(
      '$200 of $300 a month go into pools.web',
    );
  });
});

describe('the reason why a fault was felt for so long', () => {
  const metrics = {
    'faults.f.rto': metric(1500),
    'faults.f.detect': metric(31),
    'faults.f.decide': metric(0),
    'faults.f.dns': metric(60),
    'faults.f.workload.visits.from.US.rto': metric(1500),
    'faults.f.workload.visits.from.US.rto90': metric(90),
    'faults.f.workload.visits.from.EU.rto': metric(0),
    'faults.g.workload.visits.from.EU.rto': metric(9999),
    'routing.staleAnswers': metric(0.042),
  };

  it('names who felt it longest, how most of them fared, the phases, and stale answers', () => {
    expect(reasonFor('faults.f.rto', metric(1500), { ...nothing, metrics })).toBe(
      'felt longest by visits from US, of whom 90% were answered after 1.5 m; detection took 31 s; DNS took 1 m; 4.2% of the attempts went where nobody new was sent any more',
    );
  });

  it('says nothing of the others where they fared no better, nor of what did not happen', () => {
    const even = {
      'faults.f.promote': metric(38),
      'faults.f.workload.visits.rto': metric(null),
      'faults.f.workload.visits.rto90': metric(null),
    };
    expect(reasonFor('faults.f.rto', metric(null), { ...nothing, metrics: even })).toBe(
      'felt longest by visits; promotion took 38 s',
    );
  });
});

describe('the reason why replicas are behind', () => {
  it('is the fault after which copies took longest to catch up', () => {
    const metrics = {
      'faults.f.catchUp': metric(12),
      'faults.g.catchUp': metric(768),
      'faults.h.catchUp': metric(null),
    };
    const reason = (id: string, its: Clues['metrics']) =>
      reasonFor(id, metric(600), { ...nothing, metrics: its });
    expect(reason('databases.a.in.us-east.replicationLag.p95', metrics)).toBe(
      'copies needed up to 12.8 m to catch up after g',
    );
    expect(reason('databases.a.in.us-east.replicationLag.p95', {})).toBeUndefined();
  });
});

describe('the reason why writes are lost', () => {
  const metrics = (split: number) => ({
    'databases.a.lostWrites.total': metric(1200),
    'faults.f.lostWrites': metric(1500),
    'databases.a.splitBrainWrites.total': metric(split),
  });

  it('is what the new primary lacked, or what a second one accepted', () => {
    expect(reasonFor('faults.f.rpo', metric(24), { ...nothing, metrics: metrics(0) })).toBe(
      '1.5k acknowledged writes a run were lost: the new primary had not received them',
    );
    expect(reasonFor('databases.a.rpo', metric(600), { ...nothing, metrics: metrics(1100) })).toBe(
      '1.2k acknowledged writes a run were lost; 1.1k were accepted by an old primary while there was a new one',
    );
  });
});

describe('the hottest key', () => {
  it('is that of the population by which something is placed, and has its share by Zipf’s law', () => {
    const { design } = scenarioOf(`
name: test
keys: { tenantId: { count: 100, skew: { zipf: 1 } }, even: { count: 50 }, call: { each: operation } }
workloads: { w: { arrivals: { rate: 1/s }, keys: [tenantId, even, call], call: web.ask } }
services: { web: { operations: { ask: [ write: skewed, write: level, write: fresh ] } } }
databases:
  skewed: { shards: 10, shardBy: { key: tenantId, function: java-hash } }
  level: { shards: 10, shardBy: { key: even, function: jump } }
  fresh: { shards: 10, shardBy: { key: call, function: jump } }
`);
    // The harmonic number of 100 is 5.18738.
    expect(hottestKeyOf(design, 'databases.skewed')?.share).toBeCloseTo(1 / 5.18738, 5);
    expect(hottestKeyOf(design, 'databases.level')).toEqual({ key: 'even', share: 1 / 50 });
    expect(hottestKeyOf(design, 'databases.fresh')).toEqual({ key: 'call', share: 0 });
    expect(hottestKeyOf(design, 'services.web')).toBeUndefined();
  });
});
