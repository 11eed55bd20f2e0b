import type { ChartConfiguration } from 'chart.js';
import { formatQuantity } from '../../../units/index.ts';
import { bands, faultBand, faultEdge, warmBand } from '../../png/bands.ts';
import { lineColor, slideAxis, slideDash, slideOptions, timeScale } from '../../png/slide.ts';
import { mainCaller } from '../../reading/main-caller.ts';
import type { Compared } from '../compared.ts';
import { titleOf } from '../reading.ts';

/** The main workload's p99 latency through the run, a line a design, the faults of all behind them. */
export function timelineSlide({ comparison, results }: Compared): ChartConfiguration | undefined {
  const caller = mainCaller(results[comparison.reference]);
  if (caller === undefined) return undefined;
  const series = `${caller}.latency.p99`;
  const lines = results.flatMap(({ timeline }, at) => {
    const own = timeline.series[series];
    if (own === undefined || timeline.at.length < 2) return [];
    const bucket = timeline.at[1] - timeline.at[0];
    const points = own.values.map((value, index) => ({ x: (index + 0.5) * bucket, y: value ?? Number.NaN }));
    return [{ at, points, length: bucket * own.values.length }];
  });
  if (lines.length === 0) return undefined;
  const length = Math.max(...lines.map((line) => line.length));
  const faults = new Map(
    results.flatMap((result) =>
      result.faults.map(({ at, until = length }) => [
        `${at} ${until}`,
        { from: at, to: until, color: faultBand, edge: faultEdge },
      ]),
    ),
  );
  const warmUp = Math.min(...results.map(({ timeline }) => timeline.warmUp));
  return {
    type: 'line',
    data: {
      datasets: lines.map(({ at, points }) => ({
        label: comparison.designs[at].label,
        data: points,
        borderColor: lineColor(at),
        backgroundColor: lineColor(at),
        borderDash: slideDash(at),
        borderWidth: 3,
        pointRadius: 0,
      })),
    },
    options: {
      ...slideOptions(`${caller.split('.')[1]}: p99 latency through the run`, titleOf(comparison)),
      scales: {
        x: timeScale(length),
        y: { ...slideAxis((value) => formatQuantity(value, 'duration')), beginAtZero: true, grace: '8%' },
      },
    },
    plugins: [bands([{ from: 0, to: warmUp, color: warmBand }, ...faults.values()])],
  };
}
