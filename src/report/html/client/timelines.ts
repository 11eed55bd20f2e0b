import { formatQuantity } from '../../../units/format.ts';
import { timeText } from '../../reading/axis-text.ts';
import type { ChartData, PageData, TimelineData } from '../page-data.ts';
import { make, section } from './element.ts';
import { gantt } from './gantt.ts';
import { type Line, lineChart, more } from './line-chart.ts';
import { table } from './table.ts';
import { timeAxis } from './time-axis.ts';

/** How everything went through the run. */
export function timelines(page: Pick<PageData, 'timeline' | 'topology'>): HTMLElement | null {
  const { timeline } = page;
  const axis = timeAxis(timeline);
  const charts = timeline.charts.map((chart) => {
    const lines = chart.lines.map(
      ({ label, series, design }): Line => ({ label, design, points: pointsOf(series, timeline) }),
    );
    return lineChart({ ...chart, lines, axis, table: () => tableOf(chart, timeline) });
  });
  const later = charts.filter((_, at) => !timeline.charts[at].isFirst);
  const click = page.topology.rows.length === 0 ? 'marks that instant' : 'moves the drawing to that instant';
  const note = `Means over the runs. Drag to zoom all charts, double-click to see all of the run; a click ${click}.`;
  return section(
    'timelines',
    'Through the run',
    charts.length === 0 ? '' : note,
    gantt(page, axis),
    charts.length === 0 ? null : make('div', { class: 'figures' }, ...charts),
    more(later, later.length === 1 ? 'timeline' : 'timelines'),
  );
}

const pointsOf = (series: string, { series: all, bucket }: TimelineData): Line['points'] =>
  all[series].map((y, at) => ({ x: (at + 0.5) * bucket, y }));

function tableOf({ title, unit, lines }: ChartData, { series, bucket, buckets }: TimelineData): HTMLElement {
  const rows = Array.from({ length: buckets }, (_, at) => [
    timeText(at * bucket),
    ...lines.map((line) => {
      const value = series[line.series][at];
      return value === null ? '–' : formatQuantity(value, unit);
    }),
  ]);
  return table(
    title,
    [{ header: 'from' }, ...lines.map(({ label }) => ({ header: label, isNumber: true }))],
    rows,
  );
}
