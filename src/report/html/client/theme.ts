import { heatColors, heatStep, seriesColors, type Theme, textOn } from '../../palette.ts';

const dark = matchMedia('(prefers-color-scheme: dark)');
let isPrinting = false;
const listeners: (() => void)[] = [];

const redraw = (): void => {
  for (const listener of listeners) listener();
};

dark.addEventListener('change', redraw);
// Paper is white: charts, which are pictures, must know before they are printed.
addEventListener('beforeprint', () => {
  isPrinting = true;
  redraw();
});
addEventListener('afterprint', () => {
  isPrinting = false;
  redraw();
});

/** Calls back when what is drawn must be drawn anew. */
export const onTheme = (listener: () => void): void => {
  listeners.push(listener);
};

export const theme = (): Theme => (dark.matches && !isPrinting ? 'dark' : 'light');

/** A colour of the style sheet. */
export const token = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

export function seriesColor(at: number): string {
  const colors = seriesColors[theme()];
  return colors[at % colors.length];
}

/** Lines beyond the number of colours are told apart by dashes too. */
export const seriesDash = (at: number): number[] =>
  [[], [6, 3], [2, 3], [8, 3, 2, 3]][Math.floor(at / seriesColors.light.length) % 4];

/** The look of one of several designs: a colour, and dashes through which a line below it is seen. */
export const designDash = (design: number): number[] =>
  [[], [7, 3], [2, 3], [10, 3, 2, 3], [4, 2], [12, 4]][design % 6];

/** A key to a line: a bar in its colour, with gaps where it has them. */
export function keyBackground(color: string, dash: readonly number[]): string {
  const [on, off] = dash;
  if (on === undefined) return color;
  return `repeating-linear-gradient(90deg, ${color} 0 ${on}px, transparent ${on}px ${on + off}px)`;
}

/** Surface and text of a station so busy. */
export function heat(utilization: number): { readonly fill: string; readonly ink: string } {
  const fill = heatColors[theme()][heatStep(utilization)];
  return { fill, ink: textOn(fill) };
}
