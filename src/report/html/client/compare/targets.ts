import type { ComparePage, TargetLine } from '../../../compare/html/compare-data.ts';
import { make, section } from '../element.ts';
import { marks, statusWords } from '../words.ts';
import { designTable } from './design-table.ts';

/** Which design keeps what is asked of it. */
export function targets(page: ComparePage): HTMLElement | null {
  return section(
    'targets',
    'Targets',
    'A need that is broken fails the design; a claim that is refuted only contradicts its author. –: the design does not set it.',
    page.targets.length === 0
      ? null
      : designTable(page, 'Targets of each design', 'target', page.targets.map(row)),
  );
}

const row = ({ text, level, cells }: TargetLine): HTMLElement =>
  make(
    'tr',
    {},
    make(
      'th',
      { scope: 'row' },
      make('code', {}, text),
      level === 'claim' ? make('span', { class: 'part' }, ' claim') : null,
    ),
    ...cells.map((cell) =>
      cell === null
        ? make('td', {}, '–')
        : make(
            'td',
            { class: `is-${cell.status}` },
            make('span', { class: 'mark', 'aria-hidden': 'true' }, marks[cell.status]),
            ` ${statusWords[cell.status]}`,
            make('span', { class: 'cell-note' }, cell.measured),
          ),
    ),
  );
