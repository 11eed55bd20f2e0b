import type { Sweep } from '../../result/index.ts';
import { csvLine, csvNumber } from '../csv/line.ts';

/** A row a point: values, what became of the needs, and every metric with its interval, in base units. */
export function sweepCsv({ best, metrics, points, variables }: Sweep): string {
  const ids = Object.keys(metrics);
  const header = [
    ...variables.map(({ path }) => path),
    'state',
    'load',
    'runs',
    'brokenNeeds',
    'cheapest',
    ...ids.flatMap((id) => [id, `${id} low`, `${id} high`]),
  ];
  const rows = points.map((point, at) => [
    ...point.values,
    point.state,
    point.load,
    String(point.runs),
    point.targets
      .filter(({ level, status }) => level === 'fail' && (status === 'fail' || status === 'no-data'))
      .map(({ target }) => target)
      .join('; '),
    at === best ? 'yes' : '',
    ...ids.flatMap((id) => {
      const measured = point.metrics[id];
      if (measured === undefined || measured.data === 'none') return ['', '', ''];
      const end = (bound: number | null | undefined) => (bound === undefined ? '' : csvNumber(bound));
      return [csvNumber(measured.value), end(measured.low), end(measured.high)];
    }),
  ]);
  return [header, ...rows].map(csvLine).join('');
}
