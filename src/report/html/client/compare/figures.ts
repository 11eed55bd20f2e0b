import type { ComparePage, FigureCell, FigureGroup, FigureRow } from '../../../compare/html/compare-data.ts';
import { draw, make, section } from '../element.ts';
import { change, view } from '../view.ts';
import { changeLine } from './change.ts';
import { designTable } from './design-table.ts';

/** What people look at first: a row a figure, a column a design. */
export function figures(page: ComparePage): HTMLElement | null {
  return section(
    'figures',
    'Figures',
    'Values with the half-width of their 95% interval; below them the change against the reference, run by run where the runs are paired. On the bar the middle is the reference, the grey band what is no change, the line the interval. ~: the runs cannot tell, more of them would.',
    page.figures.length === 0
      ? null
      : designTable(page, 'Figures of each design', 'figure', page.figures.flatMap(groupRows)),
  );
}

function groupRows({ box, title, rows }: FigureGroup): HTMLElement[] {
  const columns = rows[0].cells.length + 1;
  const chooser = make(
    'button',
    { type: 'button', class: 'group-name', title: 'Show this alone, in the charts too' },
    title,
  );
  chooser.addEventListener('click', () => change({ box: view().box === box ? null : box }));
  return [
    make(
      'tr',
      { class: 'group', 'data-box': box },
      make('th', { scope: 'rowgroup', colspan: columns }, chooser),
    ),
    ...rows.map((row) => figureRow(row, box)),
  ];
}

const directions = { lower: 'less is better', higher: 'more is better', neither: 'neither is better' };

function figureRow({ id, name, better, cells }: FigureRow, box: string): HTMLElement {
  return make(
    'tr',
    { 'data-box': box },
    make('th', { scope: 'row', title: `${id}: ${directions[better]}` }, make('code', {}, name)),
    ...cells.map((cell) => make('td', { class: 'number' }, ...cellParts(cell))),
  );
}

const cellParts = ({ value, change: text, verdict, bar }: FigureCell): (Node | null)[] => [
  make('span', { class: 'cell-value' }, value),
  changeLine(text, verdict),
  bar === undefined ? null : intervalBar(bar, verdict),
];

const [width, height] = [104, 12];

/** The difference with its interval on a line of its own; the row says the same in words. */
function intervalBar({ low, value, high, band }: NonNullable<FigureCell['bar']>, verdict = 'unclear') {
  const x = (part: number) => (width / 2) * (1 + 0.96 * Math.max(-1, Math.min(1, part)));
  const middle = height / 2;
  return draw(
    'svg',
    {
      class: `interval is-${verdict.replace(' ', '-')}`,
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      'aria-hidden': 'true',
    },
    draw('rect', {
      class: 'band',
      x: x(-band),
      y: 1,
      width: Math.max(1, x(band) - x(-band)),
      height: height - 2,
    }),
    draw('line', { class: 'zero', x1: x(0), x2: x(0), y1: 0, y2: height }),
    draw('line', { class: 'reach', x1: x(low), x2: x(high), y1: middle, y2: middle }),
    draw('circle', { class: 'dot', cx: x(value), cy: middle, r: 3 }),
  );
}
