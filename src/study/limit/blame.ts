import { ownerOf } from '../../metrics/index.ts';
import type {
  Bottleneck,
  Breaking,
  CapacityBound,
  LoadReason,
  Result,
  TargetResult,
} from '../../result/index.ts';

/** Parts of a latency below this share of it explain nothing. */
const noticeable = 0.2;

/** Where it is that a load is too much: what is full by a closed form, else where the operations of a broken latency wait, else what is fullest. */
export function stationToBlame(
  result: Pick<Result, 'bottlenecks' | 'waterfalls'>,
  targets: readonly TargetResult[],
  loadReasons: readonly LoadReason[],
  full?: CapacityBound,
): Breaking['station'] {
  if (full !== undefined) {
    const { station, of } = full;
    const seen = fullestOf(result, station);
    return { station, ...(of === undefined ? {} : { of }), utilization: seen?.utilization ?? 1 };
  }
  if (!loadReasons.some(({ what }) => what === 'grows')) {
    for (const { metric } of targets) {
      const found = waitingOf(result, metric) ?? fullestOf(result, metric);
      if (found !== undefined) return found;
    }
  }
  const [fullest] = result.bottlenecks;
  return fullest === undefined || fullest.utilization <= 0 ? undefined : plain(fullest);
}

/** The station at which most of a workload's slowest operations wait, if it is a noticeable part of what they take. */
function waitingOf(
  { waterfalls, bottlenecks }: Pick<Result, 'bottlenecks' | 'waterfalls'>,
  metric: string,
): Breaking['station'] {
  const [, workload] = /^workloads\.([^.]+)\..*[lL]atency\./.exec(metric) ?? [];
  const waterfall = waterfalls.find((each) => each.workload === workload);
  if (waterfall === undefined) return undefined;
  const waits = new Map<string, number>();
  for (const { station, waits: isWaiting, p99 } of waterfall.parts)
    if (isWaiting) waits.set(station, (waits.get(station) ?? 0) + p99);
  const [longest] = [...waits].sort(([, a], [, b]) => b - a);
  if (longest === undefined || longest[1] < noticeable * waterfall.p99) return undefined;
  const [station, wait] = longest;
  const fullest = bottlenecks.find((each) => ownerOf(each.station) === ownerOf(station));
  const where = fullest === undefined ? { station, utilization: 0 } : plain(fullest);
  return { ...where, wait, workload };
}

const fullestOf = ({ bottlenecks }: Pick<Result, 'bottlenecks'>, metric: string): Breaking['station'] => {
  const own = bottlenecks.find(({ station }) => ownerOf(station) === ownerOf(metric));
  return own === undefined ? undefined : plain(own);
};

const plain = ({ station, of, utilization }: Bottleneck) => ({
  station,
  ...(of === undefined ? {} : { of }),
  utilization,
});
