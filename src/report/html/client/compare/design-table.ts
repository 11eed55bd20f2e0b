import type { ComparePage } from '../../../compare/html/compare-data.ts';
import { make } from '../element.ts';
import { designKey } from './design-key.ts';

/** A table with a column a design; wider than the page it scrolls, its first column stays. */
export function designTable(
  { designs }: Pick<ComparePage, 'designs'>,
  caption: string,
  first: string,
  rows: readonly HTMLElement[],
): HTMLElement {
  const heads = designs.map(({ label }, at) =>
    make('th', { scope: 'col', class: 'design' }, designKey(at), ' ', label),
  );
  return make(
    'div',
    { class: 'table by-design', tabindex: 0, role: 'region', 'aria-label': caption },
    make(
      'table',
      {},
      make('caption', {}, caption),
      make('thead', {}, make('tr', {}, make('th', { scope: 'col' }, first), ...heads)),
      make('tbody', {}, ...rows),
    ),
  );
}
