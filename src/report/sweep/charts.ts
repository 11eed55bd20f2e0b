import type { Sweep, SweepPoint } from '../../result/index.ts';
import { formatQuantity } from '../../units/index.ts';
import type { Theme } from '../palette.ts';
import { drawHeatMap, type HeatCell } from '../svg/heat-map.ts';
import { drawLineChart } from '../svg/line-chart.ts';
import { cellText, headline, metricName, variableNames } from './reading.ts';

export type Draw = (theme: Theme, id?: string) => string;

/** Maps of one metric that are drawn: of more combinations of the other variables nobody would look at. */
const mostMaps = 12;

/** A line chart of each metric over one variable; a heat map over two, one for each combination of any others. */
export function sweepCharts(sweep: Sweep): Record<string, Draw> {
  const varied = sweep.variables.flatMap(({ values }, at) => (values.length > 1 ? [at] : []));
  const charts: [string, Draw][] = sweep.shown.flatMap((id) =>
    varied.length < 2 ? [lineOf(sweep, varied[0] ?? 0, id)] : mapsOf(sweep, varied, id),
  );
  return Object.fromEntries(charts);
}

const fileName = (id: string): string => id.replace(/[^A-Za-z0-9_-]+/g, '-');

function lineOf(sweep: Sweep, variable: number, id: string): [string, Draw] {
  const { path, values } = sweep.variables[variable];
  const isNumeric = values.every((value) => value.trim() !== '' && Number.isFinite(Number(value)));
  const xOf = ({ values: point }: SweepPoint, at: number) =>
    isNumeric ? Number(point[variable]) : Math.max(0, values.indexOf(point[variable])) + 0 * at;
  const points = sweep.points
    .map((point, at) => {
      const { value = null, low, high } = point.metrics[id] ?? {};
      return { x: xOf(point, at), y: value, low, high };
    })
    .sort((a, b) => a.x - b.x);
  const target = sweep.points[0]?.targets.find(({ metric, level }) => metric === id && level === 'fail');
  const unit = sweep.metrics[id]?.unit ?? 'count';
  const ticks = [...new Set(points.map(({ x }) => x))];
  const best = sweep.best === undefined ? undefined : xOf(sweep.points[sweep.best], sweep.best);
  const chart = {
    title: `${metricName(id)} by ${variableNames(sweep)[variable]}`,
    subtitle: `${sweep.scenario.name}: ${headline(sweep)}`,
    xTitle: path,
    yTitle: metricName(id),
    xText: (x: number) => (isNumeric ? String(x) : (values[x] ?? '')),
    yText: (y: number) => formatQuantity(y, unit, { digits: 3 }),
    ...(ticks.length <= 12 || !isNumeric ? { xTicks: ticks } : {}),
    lines: [{ label: metricName(id), points }],
    ...(target === undefined
      ? {}
      : { limit: { y: target.limit, text: `need: ${target.target}` }, yMost: highest(points, target.limit) }),
    marks: best === undefined ? [] : [{ x: best, text: 'cheapest that holds', look: 'good' as const }],
  };
  return [fileName(id), (theme, name) => drawLineChart(chart, theme, name)];
}

/** What is far beyond a need is cut off, so that the need can be seen. */
function highest(points: readonly { readonly y: number | null }[], limit: number): number {
  const most = Math.max(limit, ...points.flatMap(({ y }) => y ?? []));
  return Math.min(most * 1.05, limit * 5);
}

function mapsOf(sweep: Sweep, varied: readonly number[], id: string): [string, Draw][] {
  const [row, column, ...others] = varied;
  const groups = new Map<string, SweepPoint[]>();
  for (const point of sweep.points) {
    const key = others.map((at) => `${variableNames(sweep)[at]} ${point.values[at]}`).join(', ');
    groups.set(key, [...(groups.get(key) ?? []), point]);
  }
  return [...groups]
    .slice(0, mostMaps)
    .map(([key, points], at): [string, Draw] => [
      groups.size === 1 ? fileName(id) : `${fileName(id)}-${at + 1}`,
      (theme) => drawHeatMap(mapOf(sweep, [row, column], id, key, points), theme),
    ]);
}

/** What colours a cell: hotter is worse. */
function hotness({ metrics }: Sweep, point: SweepPoint, id: string): number | null {
  const value = point.metrics[id]?.value ?? null;
  return value !== null && metrics[id]?.better === 'higher' ? -value : value;
}

function mapOf(
  sweep: Sweep,
  [row, column]: [number, number],
  id: string,
  group: string,
  points: readonly SweepPoint[],
) {
  const rows = sweep.variables[row].values;
  const columns = sweep.variables[column].values;
  const cellAt = (r: string, c: string): HeatCell | undefined => {
    const point = points.find(({ values }) => values[row] === r && values[column] === c);
    if (point === undefined) return undefined;
    return {
      value: hotness(sweep, point, id),
      text: cellText(sweep, point, id),
      isBroken: point.state === 'fails',
      isBest: sweep.best !== undefined && sweep.points[sweep.best] === point,
    };
  };
  return {
    title: metricName(id),
    subtitle: [sweep.scenario.name, group].filter(Boolean).join(': '),
    rowTitle: sweep.variables[row].path,
    columnTitle: sweep.variables[column].path,
    rows,
    columns,
    cells: rows.map((r) => columns.map((c) => cellAt(r, c))),
    legend: `corner: ${sweep.asked === 'needs' ? 'a need is broken' : 'does not keep up'}${sweep.best === undefined ? '' : '; frame: the cheapest that holds'}`,
  };
}
