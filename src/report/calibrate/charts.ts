import type {
  ArrivalsCalibration,
  Calibration,
  DistributionCalibration,
  QuantileRow,
} from '../../result/index.ts';
import { formatQuantity } from '../../units/index.ts';
import type { Theme } from '../palette.ts';
import { type ChartLine, drawLineChart, type LineChart } from '../svg/line-chart.ts';
import { headline, percentileName } from './reading.ts';

export type Draw = (theme: Theme, id?: string) => string;

/** What was measured beside what was fitted, by the name of the file that each picture becomes. */
export function calibrationCharts(calibration: Calibration): Record<string, Draw> {
  const charts: Record<string, LineChart | undefined> =
    calibration.what === 'distribution'
      ? { percentiles: percentiles(calibration) }
      : { dispersion: dispersion(calibration), profile: profile(calibration) };
  return Object.fromEntries(
    Object.entries(charts).flatMap(([name, chart]) =>
      chart === undefined ? [] : [[name, (theme: Theme, id?: string) => drawLineChart(chart, theme, id)]],
    ),
  );
}

/** How many times rarer than one in ten what is beyond a percentile is: so the tail has as much room as the rest. */
const rarity = (share: number): number => -Math.log10(1 - share);

function percentiles(calibration: DistributionCalibration): LineChart | undefined {
  const { dimension, quantiles, supported } = calibration;
  if (quantiles.length < 2) return undefined;
  const ticks = quantiles.map(({ share }) => rarity(share));
  const names = new Map(quantiles.map(({ share }) => [rarity(share), percentileName(share)]));
  const last = Math.max(...ticks);
  return {
    title: headline(calibration),
    subtitle: sourceName(calibration),
    lines: percentileLines(calibration),
    xTitle: 'percentile, the tail drawn out',
    xText: (x) => names.get(x) ?? '',
    xTicks: ticks,
    yTitle: 'value',
    yText: (value) => formatQuantity(value, dimension, { digits: 2 }),
    ...(rarity(supported) < last
      ? { marks: [{ x: rarity(supported), text: 'beyond it: luck', look: 'muted' as const }] }
      : {}),
  };
}

/** Where only buckets were measured, they are bars on the fitted line. */
function percentileLines({ chosen, quantiles }: DistributionCalibration): ChartLine[] {
  const fitted = `fitted: ${chosen}`;
  const isBinned = quantiles.every(({ measured }) => measured === null);
  const interval = ({ low, high }: QuantileRow) => ({ low, high: high ?? Number.MAX_VALUE });
  const fittedPoints = quantiles.map((row) => ({
    x: rarity(row.share),
    y: row.fitted,
    ...(isBinned ? interval(row) : {}),
  }));
  if (isBinned) return [{ label: `${fitted}; bars: the measured bucket`, points: fittedPoints }];
  const measured = quantiles.map((row) => ({ x: rarity(row.share), y: row.measured, ...interval(row) }));
  return [
    { label: 'measured, 95%', points: measured },
    { label: fitted, points: fittedPoints },
  ];
}

function dispersion(calibration: ArrivalsCalibration): LineChart | undefined {
  const rows = calibration.dispersion;
  if (rows.length < 2) return undefined;
  const at = new Map(rows.map(({ within }) => [Math.log10(within), formatQuantity(within, 'duration')]));
  return {
    title: headline(calibration),
    subtitle: sourceName(calibration),
    lines: [
      {
        label: 'measured, 95%',
        points: rows.map(({ measured, standardError, within }) => ({
          x: Math.log10(within),
          y: measured,
          low: Math.max(0, measured - 1.96 * standardError),
          high: measured + 1.96 * standardError,
        })),
      },
      { label: 'fitted', points: rows.map(({ fitted, within }) => ({ x: Math.log10(within), y: fitted })) },
    ],
    xTitle: 'counted within',
    xText: (x) => at.get(x) ?? '',
    xTicks: [...at.keys()],
    yTitle: 'variance over mean of the counts; 1 of independent callers',
    yText: (value) => formatQuantity(value, 'count', { digits: 2 }),
  };
}

function profile(calibration: ArrivalsCalibration): LineChart | undefined {
  if (calibration.profile === null) return undefined;
  const { hours, peakToMean } = calibration.profile;
  return {
    title: `At most ${peakToMean.toFixed(2)}× the mean`,
    subtitle: sourceName(calibration),
    lines: [{ label: 'fitted', points: hours.map((y, x) => ({ x, y })) }],
    xTitle: hours.length === 24 ? 'hour of the day' : 'hour of the week, Monday first',
    xText: (x) => String(Math.round(x)),
    yTitle: 'factor of the mean rate',
    yText: (value) => `${value.toFixed(1)}×`,
  };
}

const sourceName = ({ observations, sources }: Calibration): string =>
  `${sources.map(({ file }) => file).join(', ')}: ${formatQuantity(observations, 'count', { digits: 4 })} observations`;
