import type { Limit } from '../../result/index.ts';
import { formatQuantity } from '../../units/index.ts';
import type { Theme } from '../palette.ts';
import { drawLineChart, type LineChart } from '../svg/line-chart.ts';
import {
  brief,
  callerAt,
  callerName,
  factorText,
  shownCaller,
  shownStations,
  utilizationAt,
} from './reading.ts';

const mostStations = 5;

export type Draw = (theme: Theme, id?: string) => string;

/** The curves of latency and of utilization against load, by the name of the file that each becomes. */
export function limitCharts(limit: Limit): Record<string, Draw> {
  const charts: Record<string, LineChart | undefined> = {
    latency: latency(limit),
    utilization: utilization(limit),
  };
  return Object.fromEntries(
    Object.entries(charts).flatMap(([name, chart]) =>
      chart === undefined ? [] : [[name, (theme: Theme, id?: string) => drawLineChart(chart, theme, id)]],
    ),
  );
}

function latency(limit: Limit): LineChart | undefined {
  const caller = shownCaller(limit);
  if (caller === undefined || limit.points.length < 2) return undefined;
  const views = ['p50', 'p95', 'p99'] as const;
  const need = limit.breaks?.targets.find(
    ({ metric, operator }) => metric.startsWith(`${caller}.latency.`) && operator.startsWith('<'),
  );
  return {
    title: `${callerName(caller)} ${brief(limit)}`,
    subtitle: limit.scenario.name,
    lines: views.map((view) => ({
      label: view,
      points: limit.points.map((point) => {
        const at = callerAt(point, caller)?.[view];
        return { x: point.factor, y: at?.value ?? null, low: at?.low, high: at?.high };
      }),
    })),
    ...shared(limit),
    yTitle: 'latency',
    yText: (seconds) => formatQuantity(seconds, 'duration', { digits: 2 }),
    yMost: highest(limit, caller, need?.limit),
    ...(need === undefined ? {} : { limit: { y: need.limit, text: `need: ${need.target}` } }),
  };
}

/** Above what is of interest latencies of an overloaded design go on without end. */
function highest({ points, headroom }: Limit, caller: string, need = 0): number {
  const good = points.filter(({ factor, state }) => factor <= headroom.low || state === 'holds');
  const seen = (good.length > 0 ? good : points).flatMap((point) => callerAt(point, caller)?.p99.value ?? []);
  return Math.max(...seen, need, 1e-9) * 1.6;
}

function utilization(limit: Limit): LineChart | undefined {
  const stations = shownStations(limit, mostStations);
  if (stations.length === 0 || limit.points.length < 2) return undefined;
  return {
    title: `${stations[0].name} is fullest`,
    subtitle: limit.scenario.name,
    lines: stations.map(({ key, name }) => ({
      label: name,
      points: limit.points.map((point) => ({ x: point.factor, y: utilizationAt(point, key) })),
    })),
    ...shared(limit),
    yTitle: 'time in use',
    yText: (share) => formatQuantity(share, 'ratio', { digits: 2 }),
    yMost: 1.05,
  };
}

const shared = ({ headroom: { low, high }, knee }: Limit) => ({
  xTitle: 'load, as a factor of the scenario’s',
  xText: factorText,
  marks: [
    ...(knee === undefined ? [] : [{ x: knee.factor, text: 'knee', look: 'muted' as const }]),
    ...(low > 0 ? [{ x: low, text: `holds at ${factorText(low)}`, look: 'good' as const }] : []),
    ...(high === null ? [] : [{ x: high, text: `fails at ${factorText(high)}`, look: 'bad' as const }]),
  ],
});
