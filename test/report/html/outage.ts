import type { MetricResult, PhaseResult, Result } from '../../../src/result/index.ts';
import type { Dimension } from '../../../src/units/index.ts';
import { simulated } from '../terminal/results.ts';
import { shop } from '../terminal/scenarios.ts';

const buckets = 240;
/** Seconds of the run at which the region goes and comes back, in bits of the run. */
const [onset, end] = [0.4, 0.65];

/** A little unrest, the same each time. */
const ripple = (at: number): number => Math.sin(at * 1.7) * 0.5 + Math.sin(at * 0.61) * 0.5;

const estimate = (value: number, halfWidth: number, unit: Dimension): MetricResult => ({
  value,
  low: value - halfWidth,
  high: value + halfWidth,
  unit,
  better: 'lower',
  kind: 'mean',
  data: 'ok',
  runs: [],
});

/** How a number goes through the outage: usually, while the region is away, and while it comes back. */
const shaped = (usual: number, away: number | null, unrest: number): (number | null)[] =>
  Array.from({ length: buckets }, (_, at) => {
    const share = at / buckets;
    const isAway = share >= onset && share < end;
    if (isAway && away === null) return null;
    const back = share >= end ? Math.exp(-(share - end) * 30) : 0;
    const rise = isAway ? 1 - Math.exp(-(share - onset) * 60) : back;
    return Math.max(0, usual + ((away ?? usual) - usual) * rise + unrest * ripple(at));
  });

const phase = (
  name: PhaseResult['name'],
  at: number,
  until: number,
  component: string,
  part?: string,
): PhaseResult => ({
  name,
  after: 'onset',
  at,
  until,
  seconds: until - at,
  parts: 1,
  last: { component, ...(part !== undefined && { part }) },
});

/**
 * A shop that loses a region and comes back: simulated without the fault, with what the fault would have done painted
 * over it by hand. It is there for reports to be looked at; its numbers mean nothing.
 */
export function outage(): Result {
  const base = simulated(shop, { file: 'scenarios/shop.yaml' });
  const length = 90;
  const utilization = (id: string) => Object.keys(base.timeline.series).filter((name) => name === id);
  const series = { ...base.timeline.series };
  const busy: Record<string, readonly [usual: number, away: number | null]> = {
    'us-east': [0.58, null],
    'eu-west': [0.44, 0.96],
    'asia-pacific': [0.31, 0.52],
  };
  const nodes = base.topology.nodes.map((node) => ({
    ...node,
    regions: Object.fromEntries(
      Object.entries(node.regions).map(([region, part]) => {
        const [usual, away] = busy[region];
        const scale = node.id.length % 3 === 0 ? 0.9 : 0.62;
        const id = `${node.id}.in.${region}.utilization`;
        for (const name of utilization(id)) {
          const high = away === null ? null : Math.min(1, away * (scale + 0.1));
          series[name] = { unit: 'ratio', of: 'seen', values: shaped(usual * scale, high, 0.02) };
        }
        return [region, { ...part, utilization: usual * scale * 1.1 }];
      }),
    ),
  }));
  const rate = (usual: number, away: number, unrest: number) => ({
    unit: 'count',
    of: 'count' as const,
    values: shaped(usual, away, unrest),
  });
  const perBucket = length / buckets;
  series['workloads.orders.arrivals'] = rate(60 * perBucket, 60 * perBucket, 2);
  series['workloads.orders.succeeded'] = rate(60 * perBucket, 41 * perBucket, 2);
  series['workloads.orders.failed'] = rate(0, 19 * perBucket, 0);
  series['workloads.orders.latency.p50'] = {
    unit: 'duration',
    of: 'seen',
    values: shaped(0.07, 0.14, 0.004),
  };
  series['workloads.orders.latency.p99'] = { unit: 'duration', of: 'seen', values: shaped(0.34, 1.9, 0.02) };
  const at = onset * length;
  return {
    ...base,
    verdict: 'fail',
    topology: { ...base.topology, nodes },
    metrics: {
      ...base.metrics,
      'faults.lose-us-east.rto': estimate(23.4, 1.2, 'duration'),
      'faults.lose-us-east.rpo': estimate(0.18, 0.04, 'duration'),
    },
    targets: [
      ...base.targets,
      {
        target: 'faults.lose-us-east.rto < 20s',
        metric: 'faults.lose-us-east.rto',
        operator: '<',
        level: 'fail',
        status: 'fail',
        value: 23.4,
        limit: 20,
        margin: -0.17,
        reason: 'of 23.4 s, 12 s went into noticing: health checks flip after 3 failures, 4 s apart',
        because: 'the contract says twenty seconds',
      },
    ],
    timeline: {
      ...base.timeline,
      series,
      occurrences: [
        { at, component: 'faults.lose-us-east', what: 'region-outage begins' },
        {
          at: at + 12,
          component: 'databases.orders',
          what: 'shard 3: the replica in eu-west becomes primary',
        },
        { at: end * length, component: 'faults.lose-us-east', what: 'region-outage ends' },
      ],
    },
    faults: [
      {
        name: 'lose-us-east',
        fault: 'region-outage',
        at,
        until: end * length,
        recoveredAt: end * length + 6,
        phases: [
          phase('detect', at, at + 12, 'routing', 'us-east'),
          phase('promote', at + 12, at + 16.5, 'databases.orders'),
          phase('dns', at + 12, at + 20, 'routing', 'us-east'),
          phase('warmUp', at + 20, at + 23.4, 'caches.products.in.eu-west'),
        ],
      },
      { name: 'black-friday', fault: 'surge', at: 0.8 * length },
    ],
  };
}
