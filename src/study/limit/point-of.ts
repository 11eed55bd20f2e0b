import type {
  CallerAtLoad,
  CapacityBound,
  LimitPoint,
  Measured,
  MetricResult,
  PointState,
  Result,
} from '../../result/index.ts';

/** Stations that are kept of each load. */
const mostStations = 8;

/** What is kept of a result at one load. */
export function pointOf(
  result: Result,
  factor: number,
  sets: readonly string[],
  state: PointState,
  full: CapacityBound | undefined,
): LimitPoint {
  const { runs, load, loadReasons, targets, callers, bottlenecks, cost } = result;
  return {
    factor,
    sets,
    state,
    runs,
    load,
    loadReasons,
    ...(full === undefined ? {} : { full }),
    targets,
    callers: Object.fromEntries(callers.map(({ id }) => [id, callerAt(id, result)])),
    stations: bottlenecks.slice(0, mostStations).map(({ station, of, utilization }) => ({
      station,
      ...(of === undefined ? {} : { of }),
      utilization,
    })),
    month: cost.month,
  };
}

function callerAt(id: string, { metrics }: Result): CallerAtLoad {
  const view = (name: string) => measured(metrics[`${id}.latency.${name}`]);
  return {
    throughput: metrics[`${id}.throughput`]?.value ?? null,
    mean: view('mean'),
    p50: view('p50'),
    p95: view('p95'),
    p99: view('p99'),
  };
}

/** A metric without its runs. */
export const measured = (metric: MetricResult | undefined): Measured =>
  metric === undefined || metric.data === 'none'
    ? { value: null }
    : {
        value: metric.value,
        ...(metric.low === undefined ? {} : { low: metric.low, high: metric.high ?? null }),
      };
