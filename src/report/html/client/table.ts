import { make } from './element.ts';

export interface TableColumn {
  readonly header: string;
  readonly isNumber?: boolean;
}

/** A table in a frame that scrolls sideways where it must, by the keyboard too. */
export function table(
  caption: string,
  columns: readonly TableColumn[],
  rows: readonly (readonly (string | number | Node)[])[],
  isWide = false,
): HTMLElement {
  const head = make(
    'tr',
    {},
    ...columns.map(({ header, isNumber }) =>
      make('th', { scope: 'col', class: isNumber ? 'number' : undefined }, header),
    ),
  );
  const body = rows.map((row) =>
    make(
      'tr',
      {},
      ...row.map((cell, at) => make('td', { class: columns[at].isNumber ? 'number' : undefined }, cell)),
    ),
  );
  return make(
    'div',
    { class: 'table', tabindex: 0, role: 'region', 'aria-label': caption },
    make(
      'table',
      { class: isWide ? 'wide' : undefined },
      make('caption', {}, caption),
      make('thead', {}, head),
      make('tbody', {}, ...body),
    ),
  );
}

/** A table behind a chart, made when it is opened. */
export function tableBehind(title: string, made: () => HTMLElement): HTMLElement {
  const details = make('details', { class: 'behind' }, make('summary', {}, 'Table'));
  details.querySelector('summary')?.setAttribute('aria-label', `Table of ${title}`);
  details.addEventListener('toggle', () => {
    if (details.open && details.childElementCount === 1) details.append(made());
  });
  return details;
}
