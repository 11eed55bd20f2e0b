import type { Theme } from '../palette.ts';
import { roundTicks, scale } from './axis.ts';
import { element, fitted, inksOf, picture, text } from './drawing.ts';

export interface TornadoRow {
  readonly label: string;
  /** What the label stands for, below it. */
  readonly note: string;
  /** null: beyond the right edge. */
  readonly low: number | null;
  readonly high: number | null;
  readonly text: string;
}

export interface Tornado {
  readonly title: string;
  readonly subtitle: string;
  readonly from: number;
  readonly to: number;
  /** Where all bars would be without any change; null: nowhere. */
  readonly mid: number | null;
  readonly limits: readonly { readonly at: number; readonly text: string }[];
  readonly rows: readonly TornadoRow[];
  readonly valueText: (value: number) => string;
  /** What the two colours are. */
  readonly sides: readonly [string, string];
}

const width = 1000;
const frame = { left: 330, right: 190, top: 128, bottom: 92 };
const rowHeight = 46;

/** Bars from the middle to the value at either end of each input, the longest on top. */
export function drawTornado(chart: Tornado, theme: Theme): string {
  const inks = inksOf(theme);
  const bottom = frame.top + rowHeight * chart.rows.length;
  const right = width - frame.right;
  const room = (chart.to - chart.from) * 0.03 || Math.abs(chart.to) * 0.1 || 1;
  const [from, to] = [chart.from - room, chart.to + room];
  const x = scale(from, to, frame.left, right);
  const middle = chart.mid === null ? right : x(chart.mid);
  const [lowInk, highInk] = inks.series;
  const bars = chart.rows.flatMap((row, at) => {
    const y = frame.top + at * rowHeight;
    const side = (value: number | null, fill: string) => {
      const end = value === null ? right : x(value);
      return element('rect', {
        x: Math.min(middle, end),
        y: y + 8,
        width: Math.max(0.5, Math.abs(end - middle)),
        height: rowHeight - 16,
        fill,
        'fill-opacity': 0.9,
      });
    };
    return [
      text(frame.left - 14, y + 21, fitted(row.label, 14, frame.left - 30), {
        size: 14,
        fill: inks.ink,
        anchor: 'end',
      }),
      text(frame.left - 14, y + 38, fitted(row.note, 12, frame.left - 30), {
        size: 12,
        fill: inks.muted,
        anchor: 'end',
      }),
      side(row.low, lowInk),
      side(row.high, highInk),
      text(right + 12, y + 28, fitted(row.text, 14, frame.right - 20), { size: 14, fill: inks.ink }),
    ];
  });
  const ticks = roundTicks(from, to, 5).flatMap((tick) => [
    element('path', { d: `M${x(tick)} ${frame.top}V${bottom}`, stroke: inks.grid }),
    text(x(tick), bottom + 22, chart.valueText(tick), { size: 13, fill: inks.muted, anchor: 'middle' }),
  ]);
  const limits = chart.limits.flatMap(({ at, text: words }) => [
    element('path', {
      d: `M${x(at)} ${frame.top - 8}V${bottom}`,
      stroke: inks.bad,
      'stroke-width': 2,
      'stroke-dasharray': '6 4',
    }),
    text(x(at), frame.top - 14, words, {
      size: 13,
      fill: inks.bad,
      anchor: at > (from + to) / 2 ? 'end' : 'start',
    }),
  ]);
  const legend = chart.sides.flatMap((words, at) => [
    element('rect', { x: 24 + at * 220, y: bottom + 52, width: 14, height: 14, fill: inks.series[at] }),
    text(46 + at * 220, bottom + 64, words, { size: 14, fill: inks.muted }),
  ]);
  const content = [
    text(24, 44, fitted(chart.title, 24, width - 48), { size: 24, fill: inks.ink, bold: true }),
    text(24, 72, fitted(chart.subtitle, 15, width - 48), { size: 15, fill: inks.muted }),
    ...ticks,
    ...bars,
    element('path', { d: `M${middle} ${frame.top}V${bottom}`, stroke: inks.ink, 'stroke-width': 1.5 }),
    ...limits,
    ...(chart.sides[0] === '' ? [] : legend),
  ];
  return picture(
    { width, height: bottom + frame.bottom },
    `${chart.title}. ${chart.subtitle}`,
    inks,
    content,
  );
}
