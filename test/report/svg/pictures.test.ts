import { describe, expect, it } from 'vitest';
import { pngOfSvg } from '../../../src/report/png/svg-png.ts';
import { roundTicks } from '../../../src/report/svg/axis.ts';
import { drawHeatMap, type HeatCell } from '../../../src/report/svg/heat-map.ts';
import { drawLineChart, type LineChart } from '../../../src/report/svg/line-chart.ts';
import { staticPage } from '../../../src/report/svg/page.ts';

const evil = '<script>alert(1)</script> & "x"\u0007';
const chart: LineChart = {
  title: evil,
  subtitle: 'A shop',
  xTitle: 'load',
  yTitle: 'latency',
  xText: String,
  yText: String,
  lines: [
    {
      label: evil,
      points: [
        { x: 1, y: 10, low: 9, high: 11 },
        { x: 2, y: null },
        { x: 3, y: 30 },
      ],
    },
  ],
  marks: [{ x: 2, text: 'knee', look: 'muted' }],
};

describe('pictures', () => {
  it.each([
    [0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [0.34, 1.56, [0.5, 0.75, 1, 1.25, 1.5]],
    [0, 450, [0, 100, 200, 300, 400]],
    [7, 7, [7]],
  ])('have round ticks between %d and %d', (from, to, ticks) => {
    expect(roundTicks(from, to, 5)).toEqual(ticks);
  });

  it('take no text of a scenario for markup', () => {
    const svg = drawLineChart(chart, 'light');
    expect(svg).not.toContain('<script');
    expect(svg).toContain('&lt;script&gt;');
    expect(svg).not.toContain('\u0007');
    expect(
      staticPage(evil, [{ heading: evil }, { columns: [evil], rows: [{ cells: [evil] }] }]),
    ).not.toContain('<script');
  });

  it('break a line where there is nothing to show', () => {
    const [, path] = /<path d="([^"]+)"/.exec(drawLineChart(chart, 'light')) ?? [];
    expect(path).toMatch(/^M[\d.]+ [\d.]+M[\d.]+ [\d.]+$/);
  });

  it('mark the cells of a map that break a need, and the best', () => {
    const cell = (value: number, more: Partial<HeatCell> = {}): HeatCell => ({
      value,
      text: `${value} ms`,
      isBroken: false,
      isBest: false,
      ...more,
    });
    const svg = drawHeatMap(
      {
        title: 'p95',
        subtitle: 'A shop',
        columnTitle: 'cores',
        rowTitle: 'instances',
        columns: ['1', '2'],
        rows: ['1', '2'],
        cells: [
          [cell(90, { isBroken: true }), cell(50)],
          [cell(40, { isBest: true }), undefined],
        ],
        legend: 'corner: a need is broken',
      },
      'dark',
    );
    expect(svg.match(/ ms</g)).toHaveLength(3);
    expect(svg.match(/<path /g)).toHaveLength(1);
    expect(svg.match(/fill="none" stroke=/g)).toHaveLength(1);
  });

  it('are drawn as PNG, the same bytes each time', async () => {
    const [first, second] = [
      await pngOfSvg(drawLineChart(chart, 'light')),
      await pngOfSvg(drawLineChart(chart, 'light')),
    ];
    expect(Buffer.from(first.subarray(1, 4)).toString()).toBe('PNG');
    expect(Buffer.compare(first, second)).toBe(0);
  });
});
