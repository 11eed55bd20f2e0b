import { createRequire } from 'node:module';
import type { ChartConfiguration } from 'chart.js';
import type { ChartJSNodeCanvas } from 'chartjs-node-canvas';

/**
 * A family name of our own: a machine's installed DejaVu Sans, in whatever version, must not take its place.
 * Text looks the same everywhere; only a glyph that DejaVu lacks falls back to the machine's fonts.
 */
const FAMILY = 'Headroom Sans';
const FONTS = [400, 700].map(
  (weight) => `@fontsource/dejavu-sans/files/dejavu-sans-latin-${weight}-normal.woff2`,
);
const BACKGROUND = 'white';
/** Chart.js writes the numbers on its axes as the machine's language does, unless told. */
const LOCALE = 'en-US';

export interface ChartSize {
  /** CSS pixels: fonts and lines are measured in them. */
  width: number;
  /** CSS pixels. */
  height: number;
  /** Image pixels per CSS pixel. */
  scale: number;
}

/** One canvas a size, since each loads a Chart.js of its own: 50 charts take 2 s this way, 5 s otherwise. */
const canvases = new Map<string, Promise<ChartJSNodeCanvas>>();
let fontsAreRegistered = false;

/**
 * Draws a Chart.js chart as a PNG of width × scale by height × scale pixels. The same configuration gives the
 * same bytes. Nothing of the drawing library is loaded before the first call.
 *
 * Rejects with a RangeError if a size is not a positive whole number of pixels, and with Chart.js's own error
 * if it does not know the configuration's parts.
 */
export async function drawChart(configuration: ChartConfiguration, size: ChartSize): Promise<Buffer> {
  const { width, height, scale } = size;
  for (const pixels of [width, height, width * scale, height * scale]) {
    if (!Number.isInteger(pixels) || pixels <= 0) {
      throw new RangeError(`a chart of ${width} × ${height} at scale ${scale} has no whole number of pixels`);
    }
  }
  const canvas = await canvasOf(width, height);
  const options = { ...configuration.options, devicePixelRatio: scale };
  return canvas.renderToBuffer({ ...configuration, options }, 'image/png');
}

function canvasOf(width: number, height: number): Promise<ChartJSNodeCanvas> {
  const key = `${width}×${height}`;
  const known = canvases.get(key);
  if (known) return known;
  const made = makeCanvas(width, height);
  canvases.set(key, made);
  return made;
}

async function makeCanvas(width: number, height: number): Promise<ChartJSNodeCanvas> {
  const { ChartJSNodeCanvas } = await import('chartjs-node-canvas');
  const canvas = new ChartJSNodeCanvas({
    width,
    height,
    backgroundColour: BACKGROUND,
    chartCallback: (chart) => {
      chart.defaults.font.family = FAMILY;
      chart.defaults.locale = LOCALE;
    },
  });
  if (!fontsAreRegistered) {
    const { resolve } = createRequire(import.meta.url);
    for (const font of FONTS) canvas.registerFont(resolve(font), { family: FAMILY });
    fontsAreRegistered = true;
  }
  return canvas;
}
