import type { ChartConfiguration } from 'chart.js';
import { formatQuantity } from '../../../units/index.ts';
import { pointsOf } from '../../html/curves-of.ts';
import { lineColor, ninesScale, slideAxis, slideDash, slideOptions } from '../../png/slide.ts';
import { mainCaller } from '../../reading/main-caller.ts';
import type { Compared } from '../compared.ts';
import { titleOf } from '../reading.ts';

/** The main workload's latency in each design, against the share of operations that are no slower. */
export function latencySlide({ comparison, results }: Compared): ChartConfiguration | undefined {
  const caller = mainCaller(results[comparison.reference]);
  if (caller === undefined) return undefined;
  const id = `${caller}.latency`;
  const lines = results.flatMap((result, at) => {
    if ((result.distributions[id]?.curve.length ?? 0) < 2) return [];
    return [{ at, points: pointsOf(id, result).map(([x, y]) => ({ x, y })) }];
  });
  if (lines.length === 0) return undefined;
  const most = Math.max(...lines.flatMap(({ points }) => points.map(({ x }) => x)));
  return {
    type: 'line',
    data: {
      datasets: lines.map(({ at, points }) => ({
        label: comparison.designs[at].label,
        data: points,
        borderColor: lineColor(at),
        backgroundColor: lineColor(at),
        borderDash: slideDash(at),
        borderWidth: 3.5,
        pointRadius: 0,
      })),
    },
    options: {
      ...slideOptions(`${caller.split('.')[1]}: latency`, titleOf(comparison)),
      scales: {
        x: ninesScale(most),
        y: { ...slideAxis((value) => formatQuantity(value, 'duration'), 'latency'), beginAtZero: true },
      },
    },
  };
}
