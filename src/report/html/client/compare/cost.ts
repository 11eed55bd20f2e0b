import type { ComparePage, CostCell } from '../../../compare/html/compare-data.ts';
import { make, section } from '../element.ts';
import { onTheme, seriesColor } from '../theme.ts';
import { designKey } from './design-key.ts';
import { designTable } from './design-table.ts';

/** The bills beside each other: prices are exact, so every difference is one. */
export function cost(page: ComparePage): HTMLElement | null {
  const { cost: data } = page;
  if (data.components.length === 0) return null;
  const note = ['What is dearest stands first; the change is against the reference.', ...data.notes].join(
    ' ',
  );
  return section('cost', 'Cost a month', note, bars(page), bill(page));
}

/** A bar a design, what it pays for side by side, in the colours of the key below. */
function bars({ designs, cost: { components, months, texts, perMillion } }: ComparePage): HTMLElement {
  const most = Math.max(...months.map((month) => month ?? 0));
  const shown = components.slice(0, 5);
  const rows = designs.map(({ label }, at) => {
    const bar = make('span', { class: 'cost-bar', 'aria-hidden': 'true' });
    const rest = (months[at] ?? 0) - shown.reduce((sum, { months: own }) => sum + (own[at] ?? 0), 0);
    const parts = [...shown.map(({ months: own }) => own[at] ?? 0), ...(components.length > 5 ? [rest] : [])];
    parts.forEach((part, index) => {
      if (part <= 0 || most === 0) return;
      const piece = make('span', { class: 'cost-part' });
      piece.style.width = `${(100 * part) / most}%`;
      paint(piece, index);
      bar.append(piece);
    });
    return make(
      'li',
      {},
      make('span', { class: 'cost-label' }, designKey(at), ' ', label),
      bar,
      make(
        'span',
        { class: 'cost-sum' },
        make('b', {}, texts[at].value),
        ` · ${perMillion[at]} a million requests`,
      ),
    );
  });
  const names = [...shown.map(({ title }) => title), ...(components.length > 5 ? ['everything else'] : [])];
  const key = names.map((name, index) => {
    const swatch = make('span', { class: 'key' });
    paint(swatch, index);
    return make('li', {}, swatch, name);
  });
  return make(
    'div',
    { class: 'panel cost-bars' },
    make('ul', { 'aria-label': 'Cost of each design a month' }, ...rows),
    make('ul', { class: 'mix-key' }, ...key),
  );
}

function paint(element: HTMLElement, index: number): void {
  const fill = () => {
    element.style.background = seriesColor(index);
  };
  fill();
  onTheme(fill);
}

function bill(page: ComparePage): HTMLElement {
  const { components, texts } = page.cost;
  const rows = components.flatMap(({ box, title, cells, items }) => [
    make(
      'tr',
      { class: 'group', 'data-box': box },
      make('th', { scope: 'row' }, title),
      ...cells.map(moneyCell),
    ),
    ...items.map(({ item, cells: own }) =>
      make(
        'tr',
        { 'data-box': box },
        make('th', { scope: 'row', class: 'item' }, item),
        ...own.map(moneyCell),
      ),
    ),
  ]);
  const sum = make('tr', { class: 'sum' }, make('th', { scope: 'row' }, 'all'), ...texts.map(moneyCell));
  return designTable(page, 'Cost a month, by what pays for it', 'item', [...rows, sum]);
}

const moneyCell = ({ value, amount, change, isMore }: CostCell): HTMLElement =>
  make(
    'td',
    { class: 'number' },
    make('span', { class: 'cell-value' }, value),
    change === ''
      ? null
      : make(
          'span',
          { class: `change cost-change${isMore === undefined ? '' : isMore ? ' is-more' : ' is-less'}` },
          change,
        ),
    amount === '' ? null : make('span', { class: 'cell-note' }, amount),
  );
