import type { ComparePage, FaultLine } from '../../../compare/html/compare-data.ts';
import { make, section } from '../element.ts';
import { marks } from '../words.ts';
import { designTable } from './design-table.ts';

/** How each design comes through what goes wrong. */
export function faults(page: ComparePage): HTMLElement | null {
  return section(
    'faults',
    'What each survives',
    'Recovered: in every run, everybody was answered in time again and stayed so. A design survives the loss of a region if it recovers from it and keeps its needs in the run that has it.',
    page.faults.length === 0
      ? null
      : designTable(page, 'Faults, design by design', 'fault', page.faults.map(row)),
  );
}

const row = ({ name, sort, cells }: FaultLine): HTMLElement =>
  make(
    'tr',
    {},
    make('th', { scope: 'row' }, name, make('span', { class: 'cell-note' }, sort)),
    ...cells.map((cell) =>
      cell === null
        ? make('td', {}, 'no such fault')
        : make(
            'td',
            { class: `is-${cell.status}` },
            make('span', { class: 'mark', 'aria-hidden': 'true' }, marks[cell.status]),
            ` ${cell.word}`,
            ...cell.facts.map(([what, value]) => make('span', { class: 'cell-note' }, `${what}: ${value}`)),
          ),
    ),
  );
