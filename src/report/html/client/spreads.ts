import type { PageData, SpreadData } from '../page-data.ts';
import { make, section } from './element.ts';
import { figure } from './figure.ts';
import { table } from './table.ts';
import { seriesColor, token } from './theme.ts';
import { percentText } from './words.ts';

/** How evenly shards and partitions share the load. */
export function spreads({ spreads: all }: PageData): HTMLElement | null {
  return section(
    'spread',
    'Hottest shards and partitions',
    'Each bar is one shard or partition, in the first run; the line is an even share.',
    all.length === 0
      ? null
      : make('div', { class: 'figures small' }, ...[...all].sort((a, b) => b.factor - a.factor).map(spread)),
  );
}

function spread(data: SpreadData): HTMLElement {
  const { title, box, shares, hottest, factor } = data;
  const canvas = make('canvas', {
    role: 'img',
    'aria-label': `${title}: the hottest of ${shares.length} has ${hottest}, ${factor.toFixed(2)} times an even share`,
  });
  const readout = make(
    'span',
    { class: 'readout' },
    make(
      'span',
      { class: 'entry' },
      `hottest of ${shares.length}: `,
      make('b', {}, hottest),
      ` · ${factor.toFixed(2)}× even`,
    ),
  );
  return figure({
    title,
    box,
    readout,
    body: make('div', { class: 'plot short' }, canvas),
    draw: () => drawSpread(canvas, shares),
    table: () =>
      table(
        title,
        [{ header: 'number' }, { header: 'share', isNumber: true }, { header: 'of even', isNumber: true }],
        shares.map((share, at) => [at, percentText(share), `${(share * shares.length).toFixed(2)}×`]),
      ),
  });
}

function drawSpread(canvas: HTMLCanvasElement, shares: readonly number[]) {
  const even = 1 / shares.length;
  const chart = new Chart(canvas, {
    type: 'bar',
    data: {
      labels: shares.map((_, at) => at),
      datasets: [
        { data: [...shares], categoryPercentage: 1, barPercentage: shares.length > 40 ? 0.92 : 0.82 },
      ],
    },
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      events: [],
      layout: { padding: { top: 6, right: 10 } },
      plugins: { legend: { display: false }, tooltip: { enabled: false }, colors: { enabled: false } },
      scales: {
        x: { ticks: { maxRotation: 0, autoSkipPadding: 12 }, border: { display: false } },
        y: {
          beginAtZero: true,
          ticks: { maxTicksLimit: 4, callback: (value) => percentText(Number(value)) },
          border: { display: false },
          afterFit: (scale) => {
            scale.width = 62;
          },
        },
      },
    },
    plugins: [
      {
        id: 'even',
        afterDatasetsDraw: ({ ctx, chartArea: { left, right }, scales: { y } }) => {
          const top = y.getPixelForValue(even);
          ctx.save();
          ctx.strokeStyle = token('ink');
          ctx.setLineDash([5, 3]);
          ctx.beginPath();
          ctx.moveTo(left, top);
          ctx.lineTo(right, top);
          ctx.stroke();
          ctx.restore();
        },
      },
    ],
  });
  const restyle = () => {
    const hot = shares.map((share) => (share >= 2 * even ? seriesColor(1) : seriesColor(0)));
    chart.data.datasets[0].backgroundColor = hot;
    for (const [name, scale] of Object.entries(chart.options.scales ?? {})) {
      if (scale?.ticks)
        Object.assign(scale.ticks, { color: token('muted'), font: { family: token('font'), size: 11 } });
      if (scale?.grid) Object.assign(scale.grid, { color: token('grid'), display: name === 'y' });
    }
  };
  restyle();
  chart.update('none');
  return {
    redraw: () => {
      restyle();
      chart.update('none');
    },
  };
}
