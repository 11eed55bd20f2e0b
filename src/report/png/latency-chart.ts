import { scopeOf } from '../../metrics/index.ts';
import type { Result } from '../../result/index.ts';
import { formatQuantity } from '../../units/index.ts';
import { mainCaller } from '../reading/main-caller.ts';
import type { Names } from '../reading/names.ts';
import { nines } from '../reading/nines.ts';
import { lineColor, lineDash, type MakeChart, ninesScale, slideAxis, slideOptions } from './slide.ts';

const mostLines = 8;

/** The main workload's latency against the share of operations that are no slower, whole and by origin. */
export const latencyChart: MakeChart = (result, names) => {
  const caller = mainCaller(result);
  if (caller === undefined) return undefined;
  const ids = Object.keys(result.distributions)
    .filter((id) => id.startsWith(`${caller}.`) && id.endsWith('.latency'))
    .filter((id) => result.distributions[id].curve.length > 1)
    .slice(0, mostLines);
  if (ids.length === 0) return undefined;
  const view = (name: string) => {
    const { value } = result.metrics[`${caller}.latency.${name}`];
    return value === null ? '∞' : formatQuantity(value, 'duration');
  };
  const title = `${names.owner(caller)}: p50 ${view('p50')}, p95 ${view('p95')}, p99 ${view('p99')}`;
  const points = ids.map((id) => pointsOf(id, result));
  const most = Math.max(...points.flat().map(({ x }) => x));
  return {
    type: 'line',
    data: {
      datasets: ids.map((id, at) => ({
        label: labelOf(id, names),
        data: points[at],
        borderColor: lineColor(at),
        backgroundColor: lineColor(at),
        borderDash: lineDash(at),
        borderWidth: 3.5,
        pointRadius: 0,
      })),
    },
    options: {
      ...slideOptions(title, result.scenario.name),
      scales: {
        x: ninesScale(most),
        y: { ...slideAxis((value) => formatQuantity(value, 'duration'), 'latency'), beginAtZero: true },
      },
    },
  };
};

const labelOf = (id: string, names: Names): string => names.part(scopeOf(id)) || 'all';

function pointsOf(id: string, { distributions }: Result): { x: number; y: number }[] {
  const { curve, count } = distributions[id];
  const last = nines(1 - 1 / Math.max(2, count));
  return curve.flatMap(([share, value]) =>
    value === null ? [] : [{ x: Math.min(last, nines(share)), y: value }],
  );
}
