import type { Chart as ChartClass, ChartDataset, Plugin } from 'chart.js';
import type { Dimension } from '../../../units/dimension.ts';
import { formatQuantity } from '../../../units/format.ts';
import { timeTicks } from '../../reading/axis-text.ts';
import { button, make } from './element.ts';
import { type Drawn, type FigureParts, figure } from './figure.ts';
import { designDash, keyBackground, seriesColor, seriesDash, token } from './theme.ts';

/** Pixels that the axis of values takes in every chart, so that all charts' plots stand below each other. */
const axisWidth = 62;

export interface Line {
  readonly label: string;
  /** Number of the design that it is of, where several are compared: it has one look in all charts. */
  readonly design?: number;
  readonly points: readonly { readonly x: number; readonly y: number | null }[];
}

/** The horizontal axis that charts share, and what is known of it. */
export interface Axis {
  /** What all of it is, before anyone zooms. */
  readonly whole: readonly [from: number, to: number];
  shown(): readonly [from: number, to: number];
  ticks(from: number, to: number, count: number): readonly number[];
  text(x: number): string;
  /** Where the pointer is, in this or another chart. */
  hover(): number | null;
  setHover(x: number | null): void;
  /** What stays marked after the pointer has gone. */
  pin(): number | null;
  setPin(x: number | null): void;
  zoom(range: readonly [from: number, to: number] | null): void;
  /** One step of a key. */
  readonly step: number;
  /** Bands behind the lines. */
  readonly bands: readonly { readonly from: number; readonly to: number; readonly isFault: boolean }[];
  watch(changed: () => void): void;
}

export interface LineChart {
  readonly title: string;
  readonly box: string;
  readonly unit: Dimension;
  readonly lines: readonly Line[];
  readonly axis: Axis;
  readonly limits?: readonly { readonly at: number; readonly value: number; readonly text: string }[];
  readonly table: () => HTMLElement;
}

/** Lines over a shared axis: one crosshair for all of them, dragging zooms all of them, keys do the same. */
export function lineChart(chart: LineChart): HTMLElement {
  const { title, lines } = chart;
  const canvas = make('canvas', {
    role: 'img',
    'aria-label': `${title}: ${lines.map(({ label }) => label).join(', ')}`,
  });
  const cross = make('div', { class: 'cross', hidden: true });
  const pin = make('div', { class: 'pin', hidden: true });
  const brush = make('div', { class: 'brush', hidden: true });
  const plot = make(
    'div',
    {
      class: 'plot',
      tabindex: 0,
      role: 'group',
      'aria-label': `${title}. Arrow keys move the cursor, plus and minus zoom, Escape shows all.`,
    },
    canvas,
    pin,
    cross,
    brush,
  );
  const readout = make('span', { class: 'readout' });
  const parts: FigureParts = {
    title,
    box: chart.box,
    body: plot,
    readout,
    draw: () => new Drawing(chart, { canvas, cross, pin, brush, plot, readout }),
    table: chart.table,
  };
  return figure(parts);
}

interface Pieces {
  readonly canvas: HTMLCanvasElement;
  readonly cross: HTMLElement;
  readonly pin: HTMLElement;
  readonly brush: HTMLElement;
  readonly plot: HTMLElement;
  readonly readout: HTMLElement;
}

class Drawing implements Drawn {
  private readonly chart: ChartClass<'line'>;
  private readonly values: HTMLElement[] = [];
  private readonly keys: HTMLElement[] = [];
  private from: number | null = null;

  constructor(
    private readonly of: LineChart,
    private readonly pieces: Pieces,
  ) {
    this.chart = new Chart(pieces.canvas, {
      type: 'line',
      data: { datasets: of.lines.map((line) => this.dataset(line)) },
      options: this.options(),
      plugins: [this.background(), this.limits()],
    }) as ChartClass<'line'>;
    this.readout();
    this.listen();
    this.redraw();
    of.axis.watch(() => this.place());
  }

  private dataset({ label, points }: Line): ChartDataset<'line'> {
    // Clipped a little outside: a line along the upper edge is drawn whole.
    return { label, data: points as never, borderWidth: 1.75, pointRadius: 0, clip: 2 };
  }

  private options(): NonNullable<ConstructorParameters<typeof Chart>[1]['options']> {
    const { axis, unit, limits = [] } = this.of;
    const [min, max] = axis.shown();
    const highest = Math.max(0, ...limits.map(({ value }) => value));
    return {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      parsing: false,
      normalized: true,
      events: [],
      layout: { padding: { top: 6, right: 10 } },
      plugins: { legend: { display: false }, tooltip: { enabled: false }, colors: { enabled: false } },
      scales: {
        x: {
          type: 'linear',
          min,
          max,
          afterBuildTicks: (scale) => {
            const count = Math.max(2, Math.floor(scale.width / 90));
            scale.ticks = axis.ticks(scale.min, scale.max, count).map((value) => ({ value }));
          },
          ticks: { callback: (value) => axis.text(Number(value)), maxRotation: 0, autoSkip: false },
          border: { display: false },
        },
        y: {
          beginAtZero: true,
          ...(highest > 0 ? { suggestedMax: this.suggested(highest) } : {}),
          afterBuildTicks: (scale) => {
            // Minutes and hours have round numbers of their own.
            if (unit !== 'duration' || scale.max <= 60) return;
            scale.ticks = timeTicks(scale.min, scale.max, 4).map((value) => ({ value }));
          },
          ticks: { maxTicksLimit: 5, callback: (value) => formatQuantity(Number(value), unit) },
          border: { display: false },
          afterFit: (scale) => {
            scale.width = axisWidth;
          },
        },
      },
    };
  }

  /** A limit that lies within reach of the lines is shown; one far above would press them flat. */
  private suggested(limit: number): number {
    const most = this.of.lines.reduce(
      (high, { points }) => points.reduce((top, { y }) => Math.max(top, y ?? 0), high),
      0,
    );
    return limit <= 3 * most ? limit * 1.05 : most;
  }

  /** Warm-up and faults behind the lines. */
  private background(): Plugin<'line'> {
    return {
      id: 'bands',
      beforeDatasetsDraw: ({ ctx, chartArea: { left, right, top, bottom }, scales: { x } }) => {
        ctx.save();
        ctx.beginPath();
        ctx.rect(left, top, right - left, bottom - top);
        ctx.clip();
        for (const { from, to, isFault } of this.of.axis.bands) {
          const [start, end] = [x.getPixelForValue(from), x.getPixelForValue(to)];
          ctx.fillStyle = token(isFault ? 'fault-band' : 'warm-band');
          ctx.fillRect(start, top, Math.max(1.5, end - start), bottom - top);
          if (!isFault) continue;
          ctx.fillStyle = token('fault-edge');
          ctx.fillRect(start, top, 1.5, bottom - top);
        }
        ctx.restore();
      },
    };
  }

  /** What targets allow, at their percentile. */
  private limits(): Plugin<'line'> {
    return {
      id: 'limits',
      afterDatasetsDraw: ({ ctx, chartArea, scales: { x, y } }) => {
        for (const { at, value, text } of this.of.limits ?? []) {
          const [left, top] = [x.getPixelForValue(at), y.getPixelForValue(value)];
          if (top < chartArea.top - 1 || left < chartArea.left || left > chartArea.right) continue;
          ctx.save();
          ctx.strokeStyle = token('ink');
          ctx.fillStyle = token('ink');
          ctx.lineWidth = 2;
          ctx.beginPath();
          ctx.moveTo(left - 14, top);
          ctx.lineTo(left + 14, top);
          ctx.stroke();
          ctx.font = `11px ${token('font')}`;
          ctx.textAlign = 'center';
          ctx.fillText(text, left, top - 5);
          ctx.restore();
        }
      },
    };
  }

  private readout(): void {
    this.of.lines.forEach(({ label }) => {
      const key = make('span', { class: 'key' });
      const value = make('span', { class: 'key-value' });
      this.keys.push(key);
      this.values.push(value);
      this.pieces.readout.append(make('span', { class: 'entry' }, key, label, value));
    });
  }

  private listen(): void {
    const { plot } = this.pieces;
    const { axis } = this.of;
    plot.addEventListener('pointermove', (event) => {
      const x = this.valueAt(event);
      if (this.from !== null) this.brushTo(x);
      axis.setHover(x);
    });
    plot.addEventListener('pointerleave', () => {
      if (this.from === null) axis.setHover(null);
    });
    plot.addEventListener('pointerdown', (event) => {
      if (event.button !== 0 || event.pointerType === 'touch') return;
      this.from = this.valueAt(event);
      plot.setPointerCapture(event.pointerId);
    });
    plot.addEventListener('pointerup', (event) => this.release(this.valueAt(event)));
    plot.addEventListener('pointercancel', () => this.release(null));
    plot.addEventListener('dblclick', () => axis.zoom(null));
    plot.addEventListener('keydown', (event) => this.key(event));
    plot.addEventListener('blur', () => axis.setHover(null));
  }

  /** A drag zooms; a click marks. */
  private release(x: number | null): void {
    const { from } = this;
    this.from = null;
    this.pieces.brush.hidden = true;
    if (from === null || x === null) return;
    const scale = this.chart.scales.x;
    const pixels = Math.abs(scale.getPixelForValue(x) - scale.getPixelForValue(from));
    if (pixels > 6) this.of.axis.zoom([Math.min(from, x), Math.max(from, x)]);
    else this.of.axis.setPin(x);
  }

  private key(event: KeyboardEvent): void {
    const { axis } = this.of;
    const [from, to] = axis.shown();
    const at = axis.pin() ?? axis.hover() ?? (from + to) / 2;
    const stride = axis.step * (event.shiftKey ? 10 : 1);
    const put = (x: number) => axis.setPin(Math.min(to, Math.max(from, x)));
    const scaled = (factor: number) => {
      const half = ((to - from) * factor) / 2;
      const middle = Math.min(axis.whole[1] - half, Math.max(axis.whole[0] + half, at));
      axis.zoom(2 * half >= axis.whole[1] - axis.whole[0] ? null : [middle - half, middle + half]);
    };
    const actions: Record<string, () => void> = {
      ArrowLeft: () => put(at - stride),
      ArrowRight: () => put(at + stride),
      Home: () => put(from),
      End: () => put(to),
      '+': () => scaled(0.5),
      '=': () => scaled(0.5),
      '-': () => scaled(2),
      Escape: () => {
        axis.setPin(null);
        axis.zoom(null);
      },
    };
    const action = actions[event.key];
    if (action === undefined) return;
    event.preventDefault();
    action();
  }

  private valueAt({ clientX }: PointerEvent): number {
    const { left } = this.pieces.plot.getBoundingClientRect();
    const [from, to] = this.of.axis.shown();
    const x = this.chart.scales.x.getValueForPixel(clientX - left) ?? from;
    return Math.min(to, Math.max(from, x));
  }

  private brushTo(x: number): void {
    const scale = this.chart.scales.x;
    const [start, end] = [this.from ?? x, x]
      .map((each) => scale.getPixelForValue(each))
      .sort((a, b) => a - b);
    this.pieces.brush.hidden = end - start <= 6;
    this.pieces.brush.style.left = `${start}px`;
    this.pieces.brush.style.width = `${end - start}px`;
  }

  /** Follows what is shared: zoom, crosshair, mark. */
  private place(): void {
    const { axis } = this.of;
    const [min, max] = axis.shown();
    const x = this.chart.options.scales?.x;
    if (x !== undefined && (x.min !== min || x.max !== max)) {
      x.min = min;
      x.max = max;
      this.chart.update('none');
    }
    this.mark(this.pieces.cross, axis.hover());
    this.mark(this.pieces.pin, axis.pin());
    this.say(axis.hover() ?? axis.pin());
  }

  private mark(line: HTMLElement, x: number | null): void {
    const [from, to] = this.of.axis.shown();
    line.hidden = x === null || x < from || x > to;
    if (x !== null) line.style.transform = `translateX(${this.chart.scales.x.getPixelForValue(x)}px)`;
  }

  /** The values at the cursor, beside the names of the lines. */
  private say(x: number | null): void {
    this.of.lines.forEach(({ points }, at) => {
      const y = x === null ? undefined : nearest(points, x)?.y;
      const text = y === undefined ? '' : y === null ? '–' : formatQuantity(y, this.of.unit);
      if (this.values[at].textContent !== text) this.values[at].textContent = text;
    });
  }

  private restyle(): void {
    const [grid, muted, font] = [token('grid'), token('muted'), token('font')];
    this.chart.data.datasets.forEach((dataset, at) => {
      const { design } = this.of.lines[at];
      const color = seriesColor(design ?? at);
      dataset.borderColor = color;
      dataset.borderDash = design === undefined ? seriesDash(at) : designDash(design);
      this.keys[at].style.background =
        design === undefined ? color : keyBackground(color, designDash(design));
    });
    for (const scale of Object.values(this.chart.options.scales ?? {})) {
      if (scale?.ticks) Object.assign(scale.ticks, { color: muted, font: { family: font, size: 11 } });
      if (scale?.grid) Object.assign(scale.grid, { color: grid, tickLength: 4 });
    }
  }

  redraw(): void {
    this.restyle();
    this.chart.update('none');
    this.place();
  }
}

/** Points come in order of x: the last one that is not beyond it. */
function nearest(points: Line['points'], x: number): Line['points'][number] | undefined {
  let [low, high] = [0, points.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (points[middle].x <= x) low = middle + 1;
    else high = middle;
  }
  return points[Math.max(0, low - 1)];
}

/** Shows the rest of a list of figures. */
export function more(figures: readonly HTMLElement[], what: string): HTMLElement | null {
  if (figures.length === 0) return null;
  const made = button(`Show ${figures.length} more ${what}`, { class: 'more' }, () => {
    for (const each of figures) each.classList.remove('later');
    made.remove();
  });
  for (const each of figures) each.classList.add('later');
  return made;
}
