import type { CostResultRow, MetricResult, Result } from '../../../src/result/index.ts';
import type { Dimension } from '../../../src/units/index.ts';

/** Numbers of one metric: value, and half of its interval's width. */
type Measured = readonly [value: number | null, halfWidth?: number];

const metric = (
  unit: Dimension,
  [value, halfWidth]: Measured,
  more: Partial<MetricResult> = {},
): MetricResult => ({
  value,
  unit,
  better: 'lower',
  ...(halfWidth === undefined || value === null ? {} : { low: value - halfWidth, high: value + halfWidth }),
  kind: 'mean',
  data: 'ok',
  runs: [],
  ...more,
});

/** A meter of durations with the same shape everywhere: p50 as told, p95 thrice it, p99 five times, p99.9 nine times. */
function durations(path: string, p50: number): Record<string, MetricResult> {
  const views: [string, number][] = [
    ['mean', 1.3],
    ['p50', 1],
    ['p95', 3],
    ['p99', 5],
    ['p999', 9],
    ['max', 14],
  ];
  return Object.fromEntries(
    views.map(([view, factor]) => [
      `${path}.${view}`,
      metric('duration', [p50 * factor, (p50 * factor) / 50], {
        kind: view === 'max' ? 'max' : view === 'mean' ? 'mean' : 'quantile',
        data: view === 'p999' ? 'thin' : 'ok',
      }),
    ]),
  );
}

const counter = (path: string, total: number): Record<string, MetricResult> => ({
  [`${path}.total`]: metric('count', [total, total / 100], { kind: 'count' }),
});

function workload(name: string, p50: number, endings: Record<string, number>): Record<string, MetricResult> {
  const path = `workloads.${name}`;
  return {
    ...durations(`${path}.latency`, p50),
    ...durations(`${path}.answeredLatency`, p50),
    [`${path}.throughput`]: metric('rate', [889.4, 2.1]),
    ...Object.fromEntries(
      Object.entries(endings).flatMap(([word, total]) => Object.entries(counter(`${path}.${word}`, total))),
    ),
  };
}

const from = (name: string, origin: string, p50: number) =>
  durations(`workloads.${name}.from.${origin}.latency`, p50);

const metrics: Record<string, MetricResult> = {
  ...workload('conversations', 0.0783, {
    arrivals: 3_200_000,
    succeeded: 3_190_000,
    rejected: 1500,
    timedOut: 300,
    failed: 8200,
    abandoned: 4100,
    retries: 950,
  }),
  // One in a hundred has no answer.
  'workloads.conversations.latency.p999': metric('duration', [null], { kind: 'quantile', data: 'unbounded' }),
  ...from('conversations', 'US', 0.0318),
  ...from('conversations', 'EU', 0.119),
  ...from('conversations', 'AP', 0.3134),
  ...workload('imports', 1.2, { arrivals: 5000, succeeded: 5000 }),
  'workloads.conversations.availability': metric('ratio', [0.99561, 0.0002], { kind: 'share' }),
  ...durations('databases.conversations.replicationLag', 0.0363),
  ...durations('databases.conversations.in.us-east.replicationLag', 0.00039),
  ...durations('databases.conversations.in.eu-west.replicationLag', 0.0363),
  ...durations('databases.conversations.in.asia-pacific.replicationLag', 0.1096),
  ...durations('consumers.notifications.lagSeconds', 2.4),
  'databases.conversations.hottestShardShare': metric('ratio', [0.27, 0.09]),
  'topics.message-events.hottestPartitionShare': metric('ratio', [0.0115, 0.0002]),
  ...counter('services.agent-match-service.scaleUps', 5.4),
  'services.agent-match-service.in.us-east.instances.mean': metric('count', [14.2, 0.4]),
  'services.agent-match-service.in.us-east.instances.max': metric('count', [19]),
  ...counter('services.agent-match-service.in.us-east.scaleUps', 5.4),
  ...counter('services.agent-match-service.in.us-east.scaleDowns', 1.2),
  ...counter('services.agent-match-service.in.us-east.scalingRefused', 0),
  'services.agent-match-service.in.eu-west.instances.mean': metric('count', [10, 0]),
  'services.agent-match-service.in.eu-west.instances.max': metric('count', [10]),
  ...counter('services.agent-match-service.in.eu-west.scaleUps', 0),
  ...counter('services.agent-match-service.in.eu-west.scaleDowns', 0),
  ...counter('services.agent-match-service.in.eu-west.scalingRefused', 12),
  ...counter('pools.web.interruptions', 0.4),
  ...counter('pools.web.refusals', 3),
  'cost.month': metric('money', [32_961, 120]),
  'cost.perMillion': metric('money', [22.1, 0.1]),
  'cost.savings.vsOnDemand': metric('ratio', [0.225, 0.004], { better: 'higher' }),
};

const cost = (
  component: string,
  item: string,
  region: string,
  [quantity, unit, price, hours = 730]: readonly [number, string, number, number?],
  more: Partial<CostResultRow> = {},
): CostResultRow => ({
  component,
  item,
  region,
  quantity,
  unit,
  price,
  per: 'hour',
  confidence: 'S',
  basis: 'fixed',
  hour: quantity * price,
  month: quantity * price * hours,
  ...more,
});

const regions = ['us-east', 'eu-west', 'asia-pacific'];

const costs: CostResultRow[] = [
  ...regions.flatMap((region, at) => [
    cost(
      'databases.conversations',
      'db.r6g.large instance',
      region,
      [at === 0 ? 20 : 10, 'instances', 0.225],
      { confidence: 'R' },
    ),
    cost('databases.conversations', 'database storage', region, [1000, 'GB', 0.000158]),
    cost('pools.web', 'm6i.xlarge reserved', region, [30, 'nodes', 0.121], {
      monthOnDemand: 30 * 0.192 * 730,
      confidence: 'B',
    }),
    cost('pools.web', 'm6i.xlarge on-demand', region, [52.4, 'nodes', 0.192, 600], {
      basis: 'extrapolated',
      monthOnDemand: 52.4 * 0.192 * 600,
    }),
    cost('pools.web', 'm6i.xlarge spot', region, [18, 'nodes', 0.071], {
      basis: 'extrapolated',
      monthOnDemand: 18 * 0.192 * 730,
    }),
    cost('network', `cross-region transfer ${region} → us-east`, region, [4.2, 'GB', 0.02], {
      basis: 'measured',
      per: 'each',
    }),
  ]),
  {
    component: 'caches.conversations',
    item: 'cache memory',
    region: 'us-east',
    quantity: 3,
    unit: 'GB',
    basis: 'fixed',
  },
];

/** A result in which every section of a report has something to say, made by hand: its numbers mean nothing. */
export const everything: Result = {
  format: 'headroom.result/1',
  version: '0.0.0',
  scenario: {
    name: 'One hundred million conversations a month',
    title: 'The redesign in its peak hour, with everything that can be said about it',
    file: 'scenarios/conversations-100m.yaml',
    hash: 'a1b2',
    text: '',
    sets: ['services.agent-match-service.instances=10', "name=it's"],
    runsAsked: 5,
  },
  seed: 261,
  runs: 5,
  fingerprint: '7c1e-90af',
  simulated: { seconds: 19_500, operations: 17_000_000, warmUp: 300, startAt: 1_767_614_400 },
  verdict: 'fail',
  load: 'backlogged',
  loadReasons: [{ component: 'consumers.notifications', what: 'grows', count: 5400, share: 0.0034 }],
  warmUps: [
    { workload: 'workloads.conversations', state: 'settled', cut: 0, warmUp: 300 },
    { workload: 'workloads.imports', state: 'late', cut: 290, warmUp: 590 },
  ],
  callers: [
    { id: 'consumers.notifications', call: 'notification-service.notify' },
    {
      id: 'workloads.conversations',
      call: 'conversation-service.message',
      opens: 'conversation-service.open',
    },
    { id: 'workloads.imports', call: 'import-service.import' },
  ],
  metrics,
  targets: [
    {
      target: 'workloads.conversations.availability >= 99.9%',
      metric: 'workloads.conversations.availability',
      operator: '>=',
      level: 'fail',
      status: 'fail',
      value: 0.99561,
      limit: 0.999,
      margin: -0.0034,
      because: 'the document asks for it',
      reason: '8.2k operations a run failed (unplaceable-key): no shard is valid for the key',
    },
    ...regions.map((region, at) => ({
      target: 'databases.conversations.in.*.replicationLag.p95 < 200ms',
      metric: `databases.conversations.in.${region}.replicationLag.p95`,
      operator: '<' as const,
      level: 'fail' as const,
      status: at === 2 ? ('fail' as const) : ('pass' as const),
      value: [0.00117, 0.109, 0.329][at],
      limit: 0.2,
      margin: [0.994, 0.455, -0.645][at],
      reason: at === 2 ? 'it is as far away as it is' : undefined,
    })),
    {
      target: 'consumers.notifications.lagSeconds.p95 < 7s',
      metric: 'consumers.notifications.lagSeconds.p95',
      operator: '<',
      level: 'fail',
      status: 'inconclusive',
      value: 7.2,
      limit: 7,
      margin: -0.028,
      reason: 'the interval spans the limit: more runs would tell (--runs)',
    },
    {
      target: 'databases.conversations.hottestShardShare <= 10%',
      metric: 'databases.conversations.hottestShardShare',
      operator: '<=',
      level: 'warn',
      status: 'warn',
      value: 0.27,
      limit: 0.1,
      margin: -1.7,
      because: 'document: each of ten shards handles 10M of the 100M conversations',
      reason: 'the hottest of 10 gets 2.7 times an even share, by the keys that hash to it',
    },
    {
      target: 'cost.month < $50k',
      metric: 'cost.month',
      operator: '<',
      level: 'warn',
      status: 'pass',
      value: 32_961,
      limit: 50_000,
      margin: 0.34,
    },
  ],
  bottlenecks: [
    {
      station: 'consumers.notifications',
      of: 'hottestMember',
      utilization: 0.94,
      waitShare: 0,
      atMost: 1.06,
    },
    { station: 'databases.conversations.shards.8', utilization: 0.81, waitShare: 0.31, atMost: 1.23 },
    { station: 'services.agent-match-service.in.us-east', utilization: 0.72, waitShare: 0.5 },
    { station: 'services.agent-match-service', utilization: 0.6, waitShare: 0.5 },
    { station: 'consumers.notifications', utilization: 0.41, waitShare: 0, atMost: 2.44 },
    { station: 'databases.conversations', utilization: 0.22, waitShare: 0.31, atMost: 4.5 },
  ],
  waterfalls: [
    {
      workload: 'conversations',
      count: 16_000_000,
      mean: 0.1168,
      p99: 0.3278,
      parts: [
        { station: 'network', phase: 'between regions', waits: false, mean: 0.0664, p99: 0.2289 },
        { station: 'network', phase: 'between caller and region', waits: false, mean: 0.0293, p99: 0.0725 },
        {
          station: 'services.agent-match-service',
          phase: 'waits for a core',
          waits: true,
          mean: 0.011,
          p99: 0.0164,
        },
        { station: 'services.agent-match-service', phase: 'works', waits: false, mean: 0.007, p99: 0.0071 },
        { station: 'databases.conversations', phase: 'flushes', waits: false, mean: 0.0026, p99: 0.0027 },
        {
          station: 'workloads.conversations',
          phase: 'earlier attempts and back-off',
          waits: true,
          mean: 0.0004,
          p99: 0.0001,
        },
        { station: 'caches.conversations', phase: 'looks up', waits: false, mean: 0.0001, p99: 0.0001 },
      ],
    },
  ],
  distributions: {},
  timeline: {
    at: [],
    warmUp: 300,
    series: {},
    occurrences: [
      { at: 315, component: 'services.agent-match-service', what: 'us-east 10 → 14: cpu 98% of 70%' },
      {
        at: 1234.5,
        component: 'pools.web',
        what: 'a spot node in asia-pacific is interrupted: three instances leave it in two minutes and find room elsewhere',
      },
    ],
  },
  faults: [],
  failures: [
    {
      workload: 'conversations',
      reason: 'unplaceable-key',
      count: 8200,
      means: 'no shard is valid for the key',
    },
    {
      workload: 'conversations',
      reason: 'rejected',
      count: 1500,
      means: 'the queue of an instance was full',
    },
  ],
  topology: {
    regions,
    nodes: [
      {
        id: 'databases.conversations',
        kind: 'database',
        title: 'conversations',
        regions: {},
        calls: [],
        cells: [0.04, 0.06, 0.05, 0.12, 0.04, 0.05, 0.06, 0.03, 0.29, 0.26].map((share, at) => ({
          name: `${at}`,
          share,
        })),
      },
      { id: 'caches.conversations', kind: 'cache', title: 'conversations', regions: {}, calls: [] },
      {
        id: 'services.agent-match-service',
        kind: 'service',
        title: 'agent-match-service',
        regions: {},
        calls: [],
      },
      {
        id: 'topics.message-events',
        kind: 'topic',
        title: 'message-events',
        regions: {},
        calls: [],
        cells: Array.from({ length: 100 }, (_, at) => ({
          name: `${at}`,
          share: (1 + ((at * 7) % 5) / 30) / 107,
        })),
      },
    ],
  },
  cost: {
    month: costs.reduce((sum, { month = 0 }) => sum + month, 0),
    rows: costs,
    unpriced: ['caches.conversations: cache memory'],
  },
  assumptions: [
    { about: 'jitter', value: 'exponential, mean 5% of the one-way delay', source: 'assumed' },
    ...['agent-events', 'message-events', 'session-events'].map((topic) => ({
      about: `topics.${topic}: linger`,
      value: '5 ms',
      source: 'default of Kafka 4.0',
    })),
    {
      about: 'databases.conversations: time of a flush',
      value: 'lognormal, mean 2.6 ms, cv 0.5',
      source: 'a stress test',
    },
    ...Array.from({ length: 9 }, (_, at) => ({
      about: `caches.conversations: number ${at}`,
      value: `${at}`,
      source: 'assumed',
    })),
  ],
};
