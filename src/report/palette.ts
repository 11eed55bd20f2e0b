/** A way to show things: on white paper or a light page, or on a dark one. */
export type Theme = 'light' | 'dark';

/**
 * Colours of lines and bars, told apart by people who see fewer colours: those of Okabe and Ito ("Color Universal
 * Design", 2008), without the yellow and the black, in an order in which neighbours differ most and all keep a
 * contrast of 3:1 to their page; darker or lighter of the same hue where the original does not.
 */
export const seriesColors: Readonly<Record<Theme, readonly string[]>> = {
  light: ['#0072b2', '#c65200', '#00805a', '#a64d83', '#8f6200', '#37769c'],
  dark: ['#56b4e9', '#f28c38', '#2fc495', '#e19cc4', '#e6c35c', '#8fb8ff'],
};

/** From these shares of time in use on, a station is shown one step hotter. */
export const heatSteps: readonly number[] = [0, 0.2, 0.4, 0.6, 0.75, 0.9];

/** One colour a step, from calm to hot: ever further from the page, in lightness too, so that no hue is needed to read it. */
export const heatColors: Readonly<Record<Theme, readonly string[]>> = {
  light: ['#eff3f7', '#f8e2a0', '#f2bb62', '#ea8f48', '#bd4a22', '#6b1838'],
  dark: ['#202a35', '#3c2f49', '#763d61', '#b55156', '#e48348', '#ffd57d'],
};

/** The step of a utilization, 0 and more. */
export const heatStep = (utilization: number): number =>
  Math.max(
    0,
    heatSteps.findLastIndex((from) => utilization >= from),
  );

/** Relative luminance of `#rrggbb`, as WCAG 2.2 defines it. */
export function luminance(color: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast of two colours, from 1 to 21. */
export function contrast(one: string, other: string): number {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

const [ink, paper] = ['#14202b', '#ffffff'];

/** The colour of text on a surface: dark or white, whichever is easier to read. */
export const textOn = (surface: string): string =>
  contrast(ink, surface) >= contrast(paper, surface) ? ink : paper;
