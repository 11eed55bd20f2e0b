import { formatQuantity } from '../../../units/format.ts';
import { shareText } from '../../reading/axis-text.ts';
import type { CurveData, PageData } from '../page-data.ts';
import { make, section } from './element.ts';
import { lineChart, more } from './line-chart.ts';
import { ninesAxis } from './nines-axis.ts';
import { table } from './table.ts';

/** How slow the slowest are: latency against the share of operations that are no slower. */
export function curves({ curves: all }: Pick<PageData, 'curves'>): HTMLElement | null {
  const drawn = all.map((curve) => {
    const most = Math.max(...curve.lines.flatMap(({ points }) => points.map(([nines]) => nines)));
    return lineChart({
      ...curve,
      lines: curve.lines.map(({ label, design, points }) => ({
        label,
        design,
        points: points.map(([x, y]) => ({ x, y })),
      })),
      axis: ninesAxis(most),
      table: () => tableOf(curve),
    });
  });
  const later = drawn.filter((_, at) => !all[at].isFirst && all.some(({ isFirst }) => isFirst));
  return section(
    'latency',
    'How slow the slowest are',
    'So many of all operations take no longer. Each nine takes as much room as the one before it; the line ends where a single operation is left, or where the rest had no answer. A bar marks a target.',
    drawn.length === 0 ? null : make('div', { class: 'figures' }, ...drawn),
    more(later, later.length === 1 ? 'curve' : 'curves'),
  );
}

const listed = [1 - Math.log10(5), 1, 1 - Math.log10(0.5), 2, 3, 4, 5];

function tableOf({ title, unit, lines }: CurveData): HTMLElement {
  const at = (points: CurveData['lines'][number]['points'], nines: number): string => {
    const above = points.findIndex(([x]) => x >= nines - 1e-6);
    if (above < 0) return '–';
    const [x1, y1] = points[Math.max(0, above - 1)];
    const [x2, y2] = points[above];
    return formatQuantity(x2 === x1 ? y2 : y1 + ((y2 - y1) * (nines - x1)) / (x2 - x1), unit);
  };
  return table(
    title,
    [{ header: 'no slower' }, ...lines.map(({ label }) => ({ header: label, isNumber: true }))],
    listed.map((nines) => [shareText(nines), ...lines.map(({ points }) => at(points, nines))]),
  );
}
