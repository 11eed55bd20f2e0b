import type { ComparePage } from '../../../compare/html/compare-data.ts';
import { make, section } from '../element.ts';
import { designTable } from './design-table.ts';

/** Metrics shown at once: more are found by typing. */
const most = 200;

/** Every metric of every design, found by a part of its id. */
export function metrics(page: ComparePage): HTMLElement | null {
  const { metrics: all } = page;
  const found = make('div', {});
  const field = make('input', {
    type: 'search',
    id: 'metric-search',
    class: 'search',
    placeholder: 'workloads latency p99',
    autocomplete: 'off',
  });
  const count = make('span', { class: 'note', 'aria-live': 'polite' });
  const show = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    const rows = all.filter(([id]) => words.every((word) => id.toLowerCase().includes(word)));
    count.textContent = rows.length > most ? `${rows.length}, the first ${most} shown` : `${rows.length}`;
    found.replaceChildren(
      designTable(
        page,
        'Every metric of each design',
        'metric',
        rows
          .slice(0, most)
          .map(([id, ...values]) =>
            make(
              'tr',
              {},
              make('th', { scope: 'row' }, make('code', {}, id)),
              ...values.map((value) => make('td', { class: 'number' }, value)),
            ),
          ),
      ),
    );
  };
  const details = make(
    'details',
    { class: 'fold' },
    make('summary', {}, `All ${all.length} metrics`),
    make('p', { class: 'search-line' }, make('label', { for: 'metric-search' }, 'Find '), field, ' ', count),
    found,
  );
  details.addEventListener('toggle', () => {
    if (details.open && found.childElementCount === 0) show();
  });
  field.addEventListener('input', show);
  return section('metrics', 'Every number', '', all.length === 0 ? null : details);
}
