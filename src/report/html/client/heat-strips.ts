import { timeText } from '../../reading/axis-text.ts';
import type { PageData, TopologyRow } from '../page-data.ts';
import { make } from './element.ts';
import type { Axis } from './line-chart.ts';
import { table } from './table.ts';
import { heat, onTheme } from './theme.ts';
import { percentText } from './words.ts';

/** How busy everything is through the run: a strip a region, in the colours of the drawing, on the charts' axis. */
export function heatStrips(page: Pick<PageData, 'timeline' | 'topology'>, axis: Axis): HTMLElement[] {
  const { rows, regions } = page.topology;
  return rows.flatMap((row) => {
    const strips = row.boxes.flatMap((box, region) => {
      const values = box?.series === undefined ? undefined : page.timeline.series[box.series];
      return values === undefined ? [] : [{ region: regions[region].name, values }];
    });
    if (strips.length === 0) return [];
    const lanes = strips.map(({ region, values }) => strip(region, values, axis, page.timeline.bucket));
    return [
      make(
        'div',
        { class: 'gantt-row heat-row', 'data-box': row.id },
        make(
          'p',
          { class: 'gantt-name' },
          row.title,
          make('span', {}, peakText(strips.map(({ values }) => values))),
        ),
        make('div', { class: 'lanes' }, ...lanes),
      ),
    ];
  });
}

function peakText(strips: readonly (readonly (number | null)[])[]): string {
  const peak = strips.flat().reduce<number>((most, value) => Math.max(most, value ?? 0), 0);
  return `up to ${percentText(peak)}`;
}

/** A pixel a bucket, stretched; what zooms the charts stretches it further. */
function strip(region: string, values: readonly (number | null)[], axis: Axis, bucket: number): HTMLElement {
  const canvas = make('canvas', { width: values.length, height: 1, 'aria-hidden': 'true' });
  const paint = () => {
    const context = canvas.getContext('2d');
    if (context === null) return;
    context.clearRect(0, 0, values.length, 1);
    values.forEach((value, at) => {
      if (value === null) return;
      context.fillStyle = heat(value).fill;
      context.fillRect(at, 0, 1, 1);
    });
  };
  const place = () => {
    const [from, to] = axis.shown();
    canvas.style.left = `${(-100 * from) / (to - from)}%`;
    canvas.style.width = `${(100 * bucket * values.length) / (to - from)}%`;
  };
  paint();
  place();
  onTheme(paint);
  axis.watch(place);
  return make('div', { class: 'heat-lane', title: region }, canvas);
}

/** The same in figures: mean and peak of each, and when the peak was. */
export function heatTable({
  topology: { rows, regions },
  timeline,
}: Pick<PageData, 'timeline' | 'topology'>): HTMLElement {
  const facts = (row: TopologyRow) =>
    row.boxes.flatMap((box, region) => {
      const values = box?.series === undefined ? [] : timeline.series[box.series];
      const known = values.filter((value) => value !== null);
      if (known.length === 0) return [];
      const peak = Math.max(...known);
      const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
      const at = values.indexOf(peak) * timeline.bucket;
      return [[row.title, regions[region].name, percentText(mean), percentText(peak), timeText(at)]];
    });
  return table(
    'How busy, warm-up included',
    [
      { header: 'what' },
      { header: 'region' },
      { header: 'mean', isNumber: true },
      { header: 'peak', isNumber: true },
      { header: 'at', isNumber: true },
    ],
    rows.flatMap(facts),
  );
}
