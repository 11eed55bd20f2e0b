/**
 * How often `headroom check` fails although nothing changed: many small checks of one design under other seeds, by the
 * code that checks. The design is simulated here, since it is wanted tens of thousands of times: customers at one server
 * (Lindley's recursion), some of whom fail, a count of rare events, and a share of the hottest of ten shards.
 */
import type { Gate } from '../src/models/check-settings.ts';
import type { MetricResult, Result, RunValue } from '../src/result/index.ts';
import { isFailing } from '../src/result/index.ts';
import { type Random, stream } from '../src/sim/random/index.ts';
import { Histogram, histogramToJson } from '../src/sim/statistics/index.ts';
import { baselineOf } from '../src/study/check/baseline-of.ts';
import { checkAgainst } from '../src/study/check/check-against.ts';

const [runs, customers, warmUp] = [20, 1000, 200];
const scope = 'workloads.w';

export interface Alarms {
  readonly checks: number;
  readonly alarms: number;
  /** Alarms by metric. */
  readonly by: ReadonlyMap<string, number>;
}

/** @param relative tolerance; 0 leaves all to the test, and is the hardest case */
export function falseAlarms(checks: number, relative: number): Alarms {
  let alarms = 0;
  const by = new Map<string, number>();
  let found = baselineOf(resultOf(1), gates);
  for (let check = 0; check < checks; check++) {
    const expected = found;
    found = baselineOf(resultOf(check + 2), gates);
    const failed = checkAgainst(expected, found, {
      gates: relative === 0 ? gates.map((gate) => ({ ...gate, relative: 0, floor: 0 })) : gates,
      check: { tolerance: relative },
      has: () => true,
    }).filter(isFailing);
    if (failed.length > 0) alarms++;
    for (const { metric } of failed) by.set(metric, (by.get(metric) ?? 0) + 1);
  }
  return { checks, alarms, by };
}

type Definition = Pick<MetricResult, 'kind' | 'unit' | 'better'>;
const latency = { unit: 'duration', better: 'lower' } as const;
const definitions: Record<string, Definition> = {
  'latency.mean': { kind: 'mean', ...latency },
  'latency.max': { kind: 'max', ...latency },
  'latency.p50': { kind: 'quantile', ...latency },
  'latency.p95': { kind: 'quantile', ...latency },
  'latency.p99': { kind: 'quantile', ...latency },
  'latency.p999': { kind: 'quantile', ...latency },
  availability: { kind: 'share', unit: 'ratio', better: 'higher' },
  utilization: { kind: 'ratio', unit: 'ratio', better: 'lower' },
  'lostWrites.total': { kind: 'count', unit: 'count', better: 'lower' },
  hottestShare: { kind: 'mean', unit: 'ratio', better: 'lower' },
  arrivals: { kind: 'mean', unit: 'rate', better: 'neither' },
  rto: { kind: 'duration', unit: 'duration', better: 'lower' },
};

const gates = Object.entries(definitions).map(([name, { unit, better, kind }]): Gate => {
  const id = `${scope}.${name}`;
  const definition = { metric: name, kind: 'value', unit, better, about: name } as const;
  return { entry: { id, meter: id, definition, estimator: kind, suffix: '', unit, better } };
});

/** As much of a result as a baseline reads. */
function resultOf(seed: number): Result {
  const all = Array.from({ length: runs }, (_, run) => oneRun(stream(seed, run, 'design')));
  const metrics = Object.entries(definitions).map(([name, definition]) => [
    `${scope}.${name}`,
    {
      ...definition,
      value: null,
      data: 'ok',
      runs: all.map(({ values }) => values[name] ?? values['latency.mean']),
    },
  ]);
  return {
    version: '0',
    scenario: { name: 'w', file: 'w.yaml', hash: '' },
    seed,
    runs,
    fingerprint: '',
    simulated: { seconds: runs, operations: 0, warmUp: 0, startAt: 0 },
    metrics: Object.fromEntries(metrics),
    distributions: {
      [`${scope}.latency`]: { unit: 'duration', count: 0, curve: [], runs: all.map(({ hist }) => hist) },
    },
  } as unknown as Result;
}

function oneRun(random: Random) {
  const histogram = new Histogram();
  const load = 0.8;
  let [wait, failed, busy, time, lost] = [0, 0, 0, 0, 0];
  const shards = new Array<number>(10).fill(0);
  for (let customer = 0; customer < customers + warmUp; customer++) {
    const service = -Math.log(1 - random());
    const gap = -Math.log(1 - random()) / load;
    if (customer >= warmUp) {
      histogram.record(wait + service);
      busy += service;
      time += gap;
      if (random() < 0.001) failed++;
      if (random() < 0.0002) lost++;
      shards[Math.floor(random() * 10)]++;
    }
    wait = Math.max(0, wait + service - gap);
  }
  const once = (num: number, den = 1): RunValue => ({ num, den, n: 1 });
  const values: Record<string, RunValue> = {
    'latency.mean': { num: histogram.sum, den: histogram.count, n: histogram.count },
    'latency.max': { num: histogram.sum, den: histogram.count, n: histogram.count, max: histogram.max },
    availability: once(customers - failed, customers),
    utilization: once(busy, time),
    'lostWrites.total': once(lost),
    hottestShare: once(Math.max(...shards), customers),
    arrivals: once(customers, time),
    rto: once(30 + 10 * random()),
  };
  return { hist: histogramToJson(histogram), values };
}
