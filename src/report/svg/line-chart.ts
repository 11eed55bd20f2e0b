import type { Theme } from '../palette.ts';
import { roundTicks, scale } from './axis.ts';
import { element, fitted, type Inks, inksOf, picture, text, widthOf } from './drawing.ts';

export interface LinePoint {
  readonly x: number;
  /** null: nothing, or beyond all bounds: the line is broken there. */
  readonly y: number | null;
  readonly low?: number | null;
  readonly high?: number | null;
}

export interface ChartLine {
  readonly label: string;
  readonly points: readonly LinePoint[];
}

export interface LineChart {
  readonly title: string;
  readonly subtitle: string;
  readonly xTitle: string;
  readonly yTitle: string;
  readonly xText: (x: number) => string;
  readonly yText: (y: number) => string;
  readonly lines: readonly ChartLine[];
  /** Values of x that have a tick; absent: round ones. */
  readonly xTicks?: readonly number[];
  /** Where the vertical axis ends; what is above is cut off. */
  readonly yMost?: number;
  /** A horizontal line, as of a need's limit. */
  readonly limit?: { readonly y: number; readonly text: string };
  /** Vertical lines with words above them. */
  readonly marks?: readonly {
    readonly x: number;
    readonly text: string;
    readonly look: 'good' | 'bad' | 'muted';
  }[];
}

export const chartSize = { width: 1120, height: 630 };
const frame = { left: 120, right: 40, top: 130, bottom: 84 };

/**
 * Lines over a linear axis, with dots where something was measured and bars for their intervals.
 * @param id of the picture's clipping path, which must be the only one of that name in a page
 */
export function drawLineChart(chart: LineChart, theme: Theme, id = 'plot'): string {
  const inks = inksOf(theme);
  const { width, height } = chartSize;
  const xs = chart.lines.flatMap(({ points }) => points.map(({ x }) => x));
  const ys = chart.lines.flatMap(({ points }) => points.flatMap(({ y }) => y ?? []));
  const yMost = chart.yMost ?? Math.max(...ys, chart.limit?.y ?? 0, Number.MIN_VALUE) * 1.05;
  const [xLeast, xMost] = [Math.min(...xs), Math.max(...xs)];
  const x = scale(xLeast, xMost, frame.left, width - frame.right);
  const y = scale(0, yMost, height - frame.bottom, frame.top);
  const [bottom, right] = [height - frame.bottom, width - frame.right];
  const clip = element(
    'clipPath',
    { id },
    element('rect', {
      x: frame.left - 8,
      y: frame.top,
      width: right - frame.left + 16,
      height: bottom - frame.top + 1,
    }),
  );
  const grid = roundTicks(0, yMost, 5).flatMap((tick) => [
    element('line', { x1: frame.left, x2: right, y1: y(tick), y2: y(tick), stroke: inks.grid }),
    text(frame.left - 12, y(tick) + 5, chart.yText(tick), { size: 16, fill: inks.muted, anchor: 'end' }),
  ]);
  const ticks = (chart.xTicks ?? roundTicks(xLeast, xMost, 8)).map((tick) =>
    text(x(tick), bottom + 26, chart.xText(tick), { size: 16, fill: inks.muted, anchor: 'middle' }),
  );
  const plot = element(
    'g',
    { 'clip-path': `url(#${id})` },
    ...limitLine(chart, inks, y, [frame.left, right]),
    ...chart.lines.flatMap((line, at) => drawLine(line, inks.series[at % inks.series.length], x, y, yMost)),
  );
  const content = [
    element('defs', {}, clip),
    text(24, 46, fitted(chart.title, 26, width - 48), { size: 26, fill: inks.ink, bold: true }),
    text(24, 74, fitted(chart.subtitle, 17, width - 48), { size: 17, fill: inks.muted }),
    ...legend(chart, inks),
    ...grid,
    ...ticks,
    text((frame.left + right) / 2, height - 22, chart.xTitle, {
      size: 16,
      fill: inks.muted,
      anchor: 'middle',
    }),
    ...marksOf(chart, inks, x, bottom),
    plot,
  ];
  const label = `${chart.title}. ${chart.lines.map((line) => line.label).join(', ')} against ${chart.xTitle}`;
  return picture(chartSize, label, inks, content);
}

type Scale = (value: number) => number;

function drawLine({ points }: ChartLine, color: string, x: Scale, y: Scale, most: number): string[] {
  const pieces: string[] = [];
  let isPen = false;
  for (const point of points) {
    if (point.y === null) {
      isPen = false;
      continue;
    }
    // Far outside the plot one pixel is like another, and numbers stay short.
    pieces.push(`${isPen ? 'L' : 'M'}${pixel(x(point.x))} ${pixel(y(Math.min(point.y, 20 * most)))}`);
    isPen = true;
  }
  const seen = points.flatMap(({ x: at, y: value, low, high }) =>
    value === null || value > most ? [] : [{ at, value, low, high }],
  );
  return [
    element('path', {
      d: pieces.join(''),
      fill: 'none',
      stroke: color,
      'stroke-width': 3,
      'stroke-linejoin': 'round',
    }),
    ...seen.map(({ at, low, high }) =>
      typeof low === 'number' && typeof high === 'number'
        ? element('line', {
            x1: x(at),
            x2: x(at),
            y1: y(Math.max(0, low)),
            y2: y(Math.min(high, 2 * most)),
            stroke: color,
            'stroke-width': 1.5,
          })
        : '',
    ),
    ...seen.map(({ at, value }) => element('circle', { cx: x(at), cy: y(value), r: 4, fill: color })),
  ];
}

const pixel = (value: number): number => Math.round(value * 10) / 10;

function limitLine({ limit }: LineChart, inks: Inks, y: Scale, [left, right]: [number, number]): string[] {
  if (limit === undefined) return [];
  return [
    element('line', {
      x1: left,
      x2: right,
      y1: y(limit.y),
      y2: y(limit.y),
      stroke: inks.bad,
      'stroke-width': 2,
      'stroke-dasharray': '8 5',
    }),
    text(left + 8, y(limit.y) - 8, limit.text, { size: 15, fill: inks.bad }),
  ];
}

function marksOf({ marks = [] }: LineChart, inks: Inks, x: Scale, bottom: number): string[] {
  const taken: number[] = [];
  return marks.flatMap((mark) => {
    const color = { good: inks.good, bad: inks.bad, muted: inks.muted }[mark.look];
    const at = x(mark.x);
    const width = widthOf(mark.text, 15);
    const isRight =
      at + 8 + width < chartSize.width - 8 && (mark.look !== 'good' || at - 8 - width < frame.left);
    const row = taken.filter((other) => Math.abs(other - at) < width + 40).length;
    taken.push(at);
    return [
      element('line', {
        x1: at,
        x2: at,
        y1: frame.top,
        y2: bottom,
        stroke: color,
        'stroke-width': 2,
        'stroke-dasharray': mark.look === 'muted' ? '3 5' : undefined,
      }),
      text(isRight ? at + 7 : at - 7, frame.top + 16 + 20 * row, mark.text, {
        size: 15,
        fill: color,
        anchor: isRight ? 'start' : 'end',
      }),
    ];
  });
}

function legend({ lines, yTitle }: LineChart, inks: Inks): string[] {
  let left = 24;
  const entries = lines.flatMap(({ label }, at) => {
    const start = left;
    left += 44 + widthOf(label, 16) + 18;
    return [
      element('line', {
        x1: start,
        x2: start + 28,
        y1: 100,
        y2: 100,
        stroke: inks.series[at % inks.series.length],
        'stroke-width': 4,
      }),
      text(start + 36, 106, label, { size: 16, fill: inks.ink }),
    ];
  });
  return [...entries, text(chartSize.width - 40, 106, yTitle, { size: 16, fill: inks.muted, anchor: 'end' })];
}
