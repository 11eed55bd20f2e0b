import { operationText } from '../models/trace/tracer.ts';
import type { ExampleResult, MetricResult } from '../result/index.ts';
import type { RunRecord } from './simulate-run.ts';

interface Example {
  readonly high: number;
  readonly low: number;
  /** Nanoseconds. */
  readonly latency: number;
}

/** What a workload leaves of operations that stand for others (see models/workloads/ledger.ts). */
interface ExamplesLike {
  readonly waterfall: readonly { readonly slowest: Example }[];
  readonly failed: Readonly<Record<string, Example>>;
}

const hasExamples = (record: unknown): record is ExamplesLike =>
  typeof record === 'object' && record !== null && 'failed' in record && 'waterfall' in record;

/** An example of this run is as good as any while it is this close: the trace of a run then has them all. */
const closeEnough = 0.02;

/** Operations that stand for others: near the 99th percentile, the slowest, one of each kind of failure; by workload. */
export function examplesOf(
  records: readonly RunRecord[],
  metrics: Readonly<Record<string, MetricResult>>,
): ExampleResult[] {
  const ids = Object.keys(records[0].records).filter((id) => hasExamples(records[0].records[id]));
  return ids.flatMap((id) => {
    const runs = records.map(({ run, records: parts }) => ({ run, ...(parts[id] as ExamplesLike) }));
    const workload = id.slice(id.indexOf('.') + 1);
    const answered = runs.flatMap(({ run, waterfall }) =>
      waterfall.map(({ slowest }) => ({ run, ...slowest })),
    );
    const p99 = metrics[`${id}.latency.p99`]?.value ?? metrics[`${id}.answeredLatency.p99`]?.value ?? null;
    const found = [
      ...(p99 === null ? [] : [{ reason: 'p99', example: nearest(answered, p99 * 1e9) }]),
      { reason: 'slowest', example: slowestOf(answered) },
    ].flatMap(({ reason, example }) => (example === undefined ? [] : [{ reason, example }]));
    return [
      ...found.map(({ reason, example }) => resultOf(workload, 'answered', reason, example)),
      ...failuresOf(runs).map(({ reason, example }) =>
        resultOf(workload, reason === 'unfinished' ? 'unfinished' : 'failed', reason, example),
      ),
    ];
  });
}

interface OfRun extends Example {
  readonly run: number;
}

/** The one of the first run if it is close enough, else the closest of all. */
function nearest(examples: readonly OfRun[], latency: number): OfRun | undefined {
  const distance = (example: OfRun) => Math.abs(example.latency - latency);
  const closest = (of: readonly OfRun[]) =>
    of.length === 0 ? undefined : of.reduce((best, each) => (distance(each) < distance(best) ? each : best));
  const own = closest(examples.filter(({ run }) => run === 0));
  return own !== undefined && distance(own) <= closeEnough * latency ? own : closest(examples);
}

const slowestOf = (examples: readonly OfRun[]): OfRun | undefined =>
  examples.length === 0
    ? undefined
    : examples.reduce((most, each) => (each.latency > most.latency ? each : most));

/** The first of each kind of failure, in the order in which they came. */
function failuresOf(runs: readonly ({ readonly run: number } & ExamplesLike)[]) {
  const found = new Map<string, OfRun>();
  for (const { run, failed } of runs) {
    for (const [reason, example] of Object.entries(failed))
      if (!found.has(reason)) found.set(reason, { run, ...example });
  }
  return [...found].map(([reason, example]) => ({ reason, example }));
}

const resultOf = (
  workload: string,
  outcome: ExampleResult['outcome'],
  reason: string,
  example: OfRun,
): ExampleResult => ({
  workload,
  run: example.run + 1,
  operation: `${example.run + 1}-${operationText(example)}`,
  latency: outcome === 'unfinished' ? null : example.latency / 1e9,
  outcome,
  reason,
});
