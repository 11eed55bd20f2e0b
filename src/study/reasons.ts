import { ownerOf } from '../metrics/index.ts';
import type { HottestKey } from '../models/hottest-key.ts';
import type { CostResultRow, MetricResult, Result, WaterfallResult } from '../result/index.ts';
import { formatQuantity } from '../units/index.ts';
import { lagReason, lossReason, recoveryReason, returnReason } from './fault-reasons.ts';

/** What of a result tells why a metric is what it is. */
export type Clues = Pick<
  Result,
  'metrics' | 'failures' | 'waterfalls' | 'bottlenecks' | 'topology' | 'cost' | 'loadReasons'
> & {
  /** The key by which something (by its id) is placed, with the share of its most used value. */
  readonly hottestKeyOf: (id: string) => HottestKey | undefined;
};

/** A way to explain a metric; nothing where it has nothing to say about this one. */
type Explain = (id: string, metric: MetricResult, clues: Clues) => string | undefined;

/** One line: why a metric is what it is, from what the runs saw; the first explanation that fits. */
export function reasonFor(id: string, metric: MetricResult, clues: Clues): string | undefined {
  if (metric.why !== undefined) return metric.why;
  for (const explain of explanations) {
    const reason = explain(id, metric, clues);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

const share = (value: number, digits = 2): string => formatQuantity(value, 'ratio', { digits });
const duration = (seconds: number): string => formatQuantity(seconds, 'duration');
const count = (value: number): string => formatQuantity(value, 'count');
const dollars = (value: number): string => formatQuantity(value, 'money');

/** Operations that failed have an infinite latency, and are what is missing from a ratio. */
const failures: Explain = (id, metric, { failures }) => {
  const own = failures.filter(({ workload }) => workload === callerOf(id));
  if (own.length === 0 || (metric.value !== null && metric.unit !== 'ratio')) return undefined;
  const [{ reason, means }] = own;
  const total = own.reduce((sum, failure) => sum + failure.count, 0);
  const what = `${count(total)} operations a run failed`;
  if (own.length === 1) return `${what} (${reason}): ${means}`;
  return `${what}: ${own.map((failure) => `${count(failure.count)} ${failure.reason}`).join(', ')}`;
};

/** Name of the workload that an id is about. */
const callerOf = (id: string): string | undefined => /^workloads\.([^.]+)\./.exec(id)?.[1];

/** A database that acknowledges nothing breaks whatever waits for it, whose threads and queues are filled by that alone. */
const quorum: Explain = (id, metric, { failures, loadReasons, metrics }) => {
  if (!/^(workloads|consumers|batches)\./.test(id)) return undefined;
  const isFelt = failures.some(({ reason, workload }) => reason === 'no-quorum' && workload === callerOf(id));
  const isLoad = loadReasons.some(({ what }) => what === 'no-quorum');
  if (!(isFelt || isLoad) || (metric.value !== null && metric.unit === 'duration')) return undefined;
  const lost = Object.entries(metrics)
    .filter(([each, { value }]) => each.endsWith('.withoutQuorum') && (value ?? 0) > 0)
    .map(([each, { value }]) => `${ownerOf(each)} ${duration(value ?? 0)}`);
  return lost.length === 0
    ? undefined
    : `no quorum: too few replicas were in reach for what writes wait for (${lost.join(', ')}), and callers wait behind them`;
};

/** A load that the design does not keep up with breaks whatever waits behind it. */
const overload: Explain = (id, _metric, { loadReasons }) => {
  const own = loadReasons.find(({ component }) => component === ownerOf(id));
  if (own === undefined || own.what === 'no-quorum') return undefined;
  return own.what === 'grows'
    ? `the load is more than it keeps up with: ${count(own.count)} more wait at the end of the measured window than at its beginning`
    : `${share(own.share)} of the operations are turned away`;
};

/** A latency that no design can have: most of it is the way between caller and region. */
const physics: Explain = (id, metric, { metrics }) => {
  const [, workload, view] = /^(workloads\.[^.]+)\.(?:latency|answeredLatency)\.(\w+)$/.exec(id) ?? [];
  const server = metrics[`${workload}.serverLatency.${view}`]?.value;
  if (typeof server !== 'number' || metric.value === null || server > metric.value / 2) return undefined;
  return `${duration(metric.value - server)} of it is the way between caller and region`;
};

/** The largest part of where the time goes; near p99 for views of the tail. */
const largestPart: Explain = (id, _metric, { waterfalls }) => {
  const [, view] = /\.(?:latency|answeredLatency)\.(\w+)$/.exec(id) ?? [];
  const waterfall = waterfalls.find(({ workload }) => workload === callerOf(id));
  if (view === undefined || waterfall === undefined) return undefined;
  const at = /^(p9|max)/.test(view) ? 'p99' : 'mean';
  const largest = [...waterfall.parts].sort((a, b) => b[at] - a[at])[0];
  if (largest === undefined) return undefined;
  const where = at === 'p99' ? 'near p99' : 'on the mean';
  return `${where}, ${duration(largest[at])} of ${duration(total(waterfall, at))} go into: ${stationName(largest.station)} ${largest.phase}`;
};

const total = (waterfall: WaterfallResult, at: 'mean' | 'p99'): number => waterfall[at];
const stationName = (station: string): string => station.slice(station.indexOf('.') + 1);

/** A hottest share against an even one: because one key has so much alone, or by which keys came together. */
const unevenness: Explain = (id, metric, { topology, hottestKeyOf }) => {
  if (!/\.hottest\w+Share$/.test(id) || metric.value === null) return undefined;
  const cells = topology.nodes.find((node) => node.id === ownerOf(id))?.cells?.length ?? 0;
  if (cells < 2) return undefined;
  const factor = metric.value * cells;
  const times = `the hottest of ${cells} gets ${factor.toFixed(factor < 1.1 ? 3 : 1)} times an even share`;
  const hottest = hottestKeyOf(ownerOf(id));
  return hottest !== undefined && hottest.share * cells > 1
    ? `${times}: the most used ${hottest.key} alone has ${share(hottest.share)} of the calls, and others hash to the same place`
    : `${times}, by the keys that hash to it`;
};

/** A utilization by its tightest part. */
const tightestPart: Explain = (id, metric, { bottlenecks }) => {
  if (metric.value === null) return undefined;
  const owner = ownerOf(id);
  const tightest = bottlenecks.find(
    ({ station, of }) =>
      (station.startsWith(`${owner}.`) && of === undefined) || (station === owner && of === 'hottestShard'),
  );
  const isWhole = id === `${owner}.utilization`;
  if (!isWhole || tightest === undefined || tightest.utilization < 1.05 * metric.value) return undefined;
  const part =
    tightest.of === undefined
      ? tightest.station.slice(owner.length + 1).replaceAll('.', ' ')
      : 'its hottest shard';
  return `the tightest part, ${part}, is ${share(tightest.utilization)} busy`;
};

/** What is saved, by what is bought. */
const savings: Explain = (id, _metric, { cost }) => {
  if (!id.includes('.savings.')) return undefined;
  const rows = cost.rows.filter(
    ({ monthOnDemand, month }) => monthOnDemand !== undefined && month !== undefined,
  );
  const items = [...new Set(rows.map(({ item }) => item))];
  const listed = sum(rows, 'monthOnDemand');
  if (listed === 0) return undefined;
  const parts = items.flatMap((item) => {
    const same = rows.filter((row) => row.item === item);
    const saved = (sum(same, 'monthOnDemand') - sum(same, 'month')) / listed;
    return Math.abs(saved) < 0.0005
      ? []
      : [`${item} ${saved < 0 ? 'adds' : 'saves'} ${share(Math.abs(saved))}`];
  });
  return `${parts.join(', ')}, of ${dollars(listed)} a month if all were bought on demand`;
};

/** What most of the bill is for. */
const dearest: Explain = (id, metric, { cost }) => {
  if (!/^cost\.(month|hour|perMillion)$/.test(id) || metric.value === null || !cost.month) return undefined;
  const months = new Map<string, number>();
  for (const { component, month = 0 } of cost.rows)
    months.set(component, (months.get(component) ?? 0) + month);
  const [first] = [...months].sort(([, a], [, b]) => b - a);
  return first && `${dollars(first[1])} of ${dollars(cost.month)} a month go into ${first[0]}`;
};

const sum = (rows: readonly CostResultRow[], key: 'month' | 'monthOnDemand'): number =>
  rows.reduce((total, row) => total + (row[key] ?? 0), 0);

const explanations: readonly Explain[] = [
  (id, _metric, { metrics }) => recoveryReason(id, metrics),
  (id, _metric, { metrics }) => returnReason(id, metrics),
  (id, _metric, { metrics }) => lossReason(id, metrics),
  (id, _metric, { metrics }) => lagReason(id, metrics),
  quorum,
  failures,
  overload,
  physics,
  largestPart,
  unevenness,
  tightestPart,
  savings,
  dearest,
];
