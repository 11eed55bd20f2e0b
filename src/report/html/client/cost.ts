import { formatQuantity } from '../../../units/format.ts';
import type { CostData, PageData } from '../page-data.ts';
import { make, section } from './element.ts';
import { onTheme, seriesColor } from './theme.ts';

/** What it costs, item by item, and how what can be bought in several ways is bought. */
export function cost({ cost: data }: PageData): HTMLElement | null {
  if (data.components.length === 0) return null;
  return section('cost', `Cost: ${data.month} a month`, data.notes.join(' '), mix(data), bill(data));
}

function mix({ mix: parts }: CostData): HTMLElement | null {
  if (parts.length === 0) return null;
  const bar = make('div', { class: 'mix', 'aria-hidden': 'true' });
  const key = make('ul', { class: 'mix-key' });
  parts.forEach(({ bought, share, month, monthOnDemand }, at) => {
    const piece = make('span', { class: 'mix-part' });
    const swatch = make('span', { class: 'key' });
    piece.style.width = `${100 * share}%`;
    const paint = () => {
      piece.style.background = seriesColor(at);
      swatch.style.background = seriesColor(at);
    };
    paint();
    onTheme(paint);
    bar.append(piece);
    const saved = monthOnDemand > 0 ? 1 - month / monthOnDemand : 0;
    const note = saved > 0.0005 ? `, ${formatQuantity(saved, 'ratio', { digits: 2 })} below on demand` : '';
    key.append(
      make(
        'li',
        {},
        swatch,
        make('b', {}, `${formatQuantity(share, 'ratio', { digits: 2 })} ${bought}`),
        ` ${money(month)}${note}`,
      ),
    );
  });
  return make('div', { class: 'mix-block' }, make('h3', {}, 'Bought'), bar, key);
}

function bill({ components, month }: CostData): HTMLElement {
  const most = Math.max(...components.flatMap(({ items }) => items.map((item) => item.month)));
  const rows = components.flatMap(({ box, title, month: all, items }) => [
    make(
      'tr',
      { class: 'group', 'data-box': box },
      make('th', { scope: 'row', colspan: 3 }, title),
      make('td', { class: 'number' }, money(all)),
      make('td', {}),
      make('td', {}),
    ),
    ...items.map((item) =>
      make(
        'tr',
        { 'data-box': box },
        make('td', { class: 'item' }, item.item),
        make('td', { class: 'number' }, item.amount),
        make('td', { class: 'number' }, item.each),
        make('td', { class: 'number' }, money(item.month)),
        make('td', { class: 'bar-cell' }, share(item.month / most)),
        make('td', { class: 'basis' }, item.basis),
      ),
    ),
  ]);
  const heads = ['item', 'amount', 'each', 'a month', '', 'known by'].map((text, at) =>
    text === ''
      ? make('td', { 'aria-hidden': 'true' })
      : make('th', { scope: 'col', class: at > 0 && at < 4 ? 'number' : undefined }, text),
  );
  const sum = make(
    'tr',
    { class: 'sum' },
    make('th', { scope: 'row', colspan: 3 }, 'all'),
    make('td', { class: 'number' }, month),
    make('td', {}),
    make('td', {}),
  );
  return make(
    'div',
    { class: 'table', tabindex: 0, role: 'region', 'aria-label': 'Cost by item' },
    make(
      'table',
      { class: 'bill' },
      make('caption', {}, 'By what pays for it, dearest first'),
      make('thead', {}, make('tr', {}, ...heads)),
      make('tbody', {}, ...rows, sum),
    ),
  );
}

const money = (dollars: number): string =>
  `$${dollars.toFixed(dollars < 100 ? 2 : 0).replace(/\B(?=(\d{3})+(?!\d))/g, ',')}`;

function share(of: number): HTMLElement {
  const bar = make('span', { class: 'fall' });
  bar.style.width = `${Math.max(0.5, 100 * of)}%`;
  return bar;
}
