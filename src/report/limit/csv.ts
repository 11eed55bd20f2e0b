import type { Limit } from '../../result/index.ts';
import { csvLine, csvNumber } from '../csv/line.ts';

/** A row a load and caller: factor, state, throughput and latency in base units, and how full the fullest station is. */
export function limitCsv({ points }: Limit): string {
  const header = [
    'factor',
    'state',
    'runs',
    'caller',
    'throughput',
    'mean',
    'p50',
    'p95',
    'p99',
    'fullest',
    'utilization',
    'costMonth',
  ];
  const rows = points.flatMap(({ factor, state, runs, callers, stations: [fullest], month }) =>
    Object.entries(callers).map(([caller, { throughput, mean, p50, p95, p99 }]) => [
      String(factor),
      state,
      String(runs),
      caller,
      throughput === null ? '' : String(throughput),
      ...[mean, p50, p95, p99].map(({ value }) => csvNumber(value)),
      fullest === undefined ? '' : [fullest.station, fullest.of].filter(Boolean).join(' '),
      fullest === undefined ? '' : String(fullest.utilization),
      month === null ? '' : String(month),
    ]),
  );
  return [header, ...rows].map(csvLine).join('');
}
