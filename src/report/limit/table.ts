import type { Limit } from '../../result/index.ts';
import { formatQuantity } from '../../units/index.ts';
import {
  callerAt,
  durationText,
  factorText,
  percent,
  shownCaller,
  shownStations,
  stateWords,
  utilizationAt,
} from './reading.ts';

/** The curve as a table of texts, for pages. */
export function curveTable(limit: Limit): { columns: string[]; rows: string[][] } {
  const caller = shownCaller(limit);
  const stations = shownStations(limit, 3);
  return {
    columns: ['load', '', 'throughput', 'p50', 'p95', 'p99', ...stations.map(({ name }) => name), 'runs'],
    rows: limit.points.map((point) => {
      const at = callerAt(point, caller);
      return [
        factorText(point.factor),
        stateWords[point.state],
        at?.throughput ? formatQuantity(at.throughput, 'rate') : '',
        durationText(at?.p50.value),
        durationText(at?.p95.value),
        durationText(at?.p99.value),
        ...stations.map(({ key }) => {
          const busy = utilizationAt(point, key);
          return busy === null ? '' : percent(busy);
        }),
        String(point.runs),
      ];
    }),
  };
}
