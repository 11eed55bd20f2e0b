import type { Plugin } from 'chart.js';

export const [faultBand, faultEdge, warmBand] = [
  'rgba(213, 94, 0, 0.13)',
  '#d55e00',
  'rgba(86, 100, 114, 0.10)',
];

interface Band {
  readonly from: number;
  readonly to: number;
  readonly color: string;
  readonly edge?: string;
}

/** Stretches of the horizontal axis behind the lines: warm-up, faults. */
export const bands = (all: readonly Band[]): Plugin<'line'> => ({
  id: 'bands',
  beforeDatasetsDraw: ({ ctx, chartArea: { top, bottom }, scales: { x } }) => {
    for (const { from, to, color, edge } of all) {
      if (to <= from) continue;
      const [left, right] = [x.getPixelForValue(from), x.getPixelForValue(to)];
      ctx.save();
      ctx.fillStyle = color;
      ctx.fillRect(left, top, Math.max(2, right - left), bottom - top);
      if (edge !== undefined) {
        ctx.fillStyle = edge;
        ctx.fillRect(left, top, 2, bottom - top);
      }
      ctx.restore();
    }
  },
});
