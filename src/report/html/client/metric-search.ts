import { make, section } from './element.ts';

/** The section of all metrics, found by parts of their ids; drawn when it is opened. */
export function metricSearch<Row extends readonly [id: string, ...rest: unknown[]]>(
  all: readonly Row[],
  /** Rows shown at once: more are found by typing. */
  most: number,
  draw: (rows: readonly Row[]) => HTMLElement,
): HTMLElement | null {
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
    found.replaceChildren(draw(rows.slice(0, most)));
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
