import type { ChartConfiguration, Plugin } from 'chart.js';
import { slideAxis, slideOptions } from './slide.ts';

interface Bar {
  readonly label: string;
  readonly value: number;
  /** Written at its end. */
  readonly text: string;
  readonly color: string;
}

interface BarSlide {
  readonly title: string;
  readonly subtitle: string;
  readonly bars: readonly Bar[];
  readonly axis: (value: number) => string;
}

/** Bars from left to right, each with its figure at its end. */
export function barSlide({
  title,
  subtitle,
  bars,
  axis,
}: BarSlide): ChartConfiguration<'bar'> & ChartConfiguration {
  const options = slideOptions(title, subtitle);
  const slide: ChartConfiguration<'bar'> = {
    type: 'bar',
    data: {
      labels: bars.map(({ label }) => label),
      datasets: [
        {
          data: bars.map(({ value }) => value),
          backgroundColor: bars.map(({ color }) => color),
          maxBarThickness: 34,
          borderRadius: 3,
        },
      ],
    },
    options: {
      ...options,
      plugins: { ...options.plugins, legend: { display: false } },
      indexAxis: 'y',
      scales: {
        x: { ...slideAxis(axis), beginAtZero: true, grace: '12%' },
        y: {
          ...slideAxis(String),
          grid: { display: false },
          ticks: { color: '#14202b', font: { size: 17 } },
        },
      },
    },
    plugins: [figures(bars.map(({ text }) => text))],
  };
  return slide as ChartConfiguration<'bar'> & ChartConfiguration;
}

const figures = (texts: readonly string[]): Plugin<'bar'> => ({
  id: 'figures',
  afterDatasetsDraw: (chart) => {
    const { ctx } = chart;
    ctx.save();
    ctx.fillStyle = '#14202b';
    ctx.textBaseline = 'middle';
    ctx.font = `bold 17px ${(chart.options.font as { family?: string } | undefined)?.family ?? 'sans-serif'}`;
    chart.getDatasetMeta(0).data.forEach((bar, at) => {
      ctx.fillText(texts[at], bar.x + 8, bar.y);
    });
    ctx.restore();
  },
});
