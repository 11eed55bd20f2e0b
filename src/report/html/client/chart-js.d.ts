import type { Chart as ChartClass } from 'chart.js';

declare global {
  /** Chart.js, from the script before this one. */
  const Chart: typeof ChartClass;
}
