import { formatQuantity } from '../../units/index.ts';
import { mainCaller } from '../reading/main-caller.ts';
import { bands, faultBand, faultEdge, warmBand } from './bands.ts';
import { lineColor, type MakeChart, slideAxis, slideOptions, timeScale } from './slide.ts';

interface Drawn {
  readonly series: string;
  readonly label: string;
  readonly color: number;
}

/** The main workload through the run: what came and what was answered above, how slowly below, faults behind both. */
export const timelineChart: MakeChart = (result, names) => {
  const { timeline, faults, scenario } = result;
  const caller = mainCaller(result);
  if (caller === undefined || timeline.at.length < 2) return undefined;
  const bucket = timeline.at[1] - timeline.at[0];
  const known = ({ series }: Drawn) => series in timeline.series;
  const rates = [
    { series: `${caller}.arrivals`, label: 'arrivals a second', color: 0 },
    { series: `${caller}.failed`, label: 'failures a second', color: 1 },
  ].filter(known);
  const latencies = [
    { series: `${caller}.latency.p99`, label: 'p99 latency', color: 3 },
    { series: `${caller}.latency.p50`, label: 'p50 latency', color: 2 },
  ].filter(known);
  if (latencies.length === 0) return undefined;
  const points = (series: string, scale: number) =>
    timeline.series[series].values.map((value, at) => ({
      x: (at + 0.5) * bucket,
      y: value === null ? Number.NaN : value * scale,
    }));
  const line = ({ series, label, color }: Drawn, yAxisID: string, scale: number) => ({
    label,
    data: points(series, scale),
    yAxisID,
    borderColor: lineColor(color),
    backgroundColor: lineColor(color),
    borderWidth: 3,
    pointRadius: 0,
  });
  const length = bucket * timeline.at.length;
  const title = `${names.owner(caller)} through the run${faults.length === 0 ? '' : `: ${faults.map(({ name }) => name).join(', ')}`}`;
  return {
    type: 'line',
    data: {
      datasets: [
        ...rates.map((each) => line(each, 'y', 1 / bucket)),
        ...latencies.map((each) => line(each, 'slow', 1)),
      ],
    },
    options: {
      ...slideOptions(title, scenario.name),
      scales: {
        x: timeScale(length),
        y: {
          ...slideAxis((value) => formatQuantity(value, 'rate')),
          beginAtZero: true,
          stack: 'panels',
          stackWeight: 1,
          weight: 1,
          grace: '8%',
        },
        slow: {
          ...slideAxis((value) => formatQuantity(value, 'duration')),
          beginAtZero: true,
          stack: 'panels',
          stackWeight: 1,
          weight: 0,
          grace: '12%',
          // The uppermost one would stand on the lowest of the panel above.
          afterBuildTicks: (scale) => {
            scale.ticks = scale.ticks.filter(({ value }) => value < 0.95 * scale.max);
          },
        },
      },
    },
    plugins: [
      bands([
        { from: 0, to: timeline.warmUp, color: warmBand },
        ...faults.map(({ at, until = length }) => ({
          from: at,
          to: until,
          color: faultBand,
          edge: faultEdge,
        })),
      ]),
    ],
  };
};
