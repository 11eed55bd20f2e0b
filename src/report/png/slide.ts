import type { ChartConfiguration } from 'chart.js';
import type { Result } from '../../result/index.ts';
import { seriesColors } from '../palette.ts';
import { shareText, timeText, timeTicks } from '../reading/axis-text.ts';
import type { Names } from '../reading/names.ts';

/** A chart of a result; nothing where the result has nothing to show in it. */
export type MakeChart = (result: Result, names: Names) => ChartConfiguration | undefined;

/** Sixteen to nine, sharp on a projector, and small enough to lie in a repository. */
export const slideSize = { width: 1120, height: 630, scale: 1 };

const [ink, muted, grid] = ['#14202b', '#566472', '#e3e9ee'];

export const lineColor = (at: number): string => seriesColors.light[at % seriesColors.light.length];

/** Dashes tell lines apart where there are more of them than colours. */
export const lineDash = (at: number): number[] => (at < seriesColors.light.length ? [] : [8, 5]);

/** Dashes of one of several designs: a line below another is seen through its gaps. */
export const slideDash = (design: number): number[] =>
  [[], [14, 6], [4, 5], [18, 5, 4, 5], [8, 4], [24, 8]][design % 6];

/** What all slides share: a title that says what is seen, the scenario below it, letters that the last row can read. */
export function slideOptions(title: string, subtitle: string) {
  return {
    animation: false as const,
    layout: { padding: { left: 24, right: 36, top: 18, bottom: 18 } },
    plugins: {
      title: {
        display: true,
        text: title,
        align: 'start' as const,
        color: ink,
        font: { size: 26, weight: 'bold' as const },
        padding: { bottom: 4 },
      },
      subtitle: {
        display: true,
        text: subtitle,
        align: 'start' as const,
        color: muted,
        font: { size: 17 },
        padding: { bottom: 16 },
      },
      legend: {
        align: 'start' as const,
        labels: { color: ink, font: { size: 17 }, boxWidth: 28, boxHeight: 3, padding: 18 },
      },
    },
  };
}

/** An axis whose numbers a function writes. */
export function slideAxis(text: (value: number) => string, title?: string) {
  return {
    title: { display: title !== undefined, text: title ?? '', color: muted, font: { size: 16 } },
    ticks: { color: muted, font: { size: 16 }, callback: (value: string | number) => text(Number(value)) },
    grid: { color: grid },
    border: { display: false },
  };
}

/** The axis of time in the run. */
export const timeScale = (length: number) => ({
  ...slideAxis(timeText, 'time in the run'),
  type: 'linear' as const,
  min: 0,
  max: length,
  afterBuildTicks: (scale: { ticks: { value: number }[] }) => {
    scale.ticks = timeTicks(0, length, 8).map((value) => ({ value }));
  },
});

/** The axis of shares of all operations, each nine as wide as the one before it. */
export const ninesScale = (most: number) => ({
  ...slideAxis(shareText, 'share of operations that are no slower'),
  type: 'linear' as const,
  min: 0,
  max: most,
  afterBuildTicks: (scale: { ticks: { value: number }[] }) => {
    scale.ticks = [0, 1, 2, 3, 4, 5, 6].filter((value) => value <= most).map((value) => ({ value }));
  },
});

/** A text no longer than so many letters. */
export const cut = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`;
