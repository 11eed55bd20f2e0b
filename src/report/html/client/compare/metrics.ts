import type { ComparePage } from '../../../compare/html/compare-data.ts';
import { make } from '../element.ts';
import { metricSearch } from '../metric-search.ts';
import { designTable } from './design-table.ts';

const most = 200;

/** Every metric of every design, found by a part of its id. */
export const metrics = (page: ComparePage): HTMLElement | null =>
  metricSearch(page.metrics, most, (rows) =>
    designTable(
      page,
      'Every metric of each design',
      'metric',
      rows.map(([id, ...values]) =>
        make(
          'tr',
          {},
          make('th', { scope: 'row' }, make('code', {}, id)),
          ...values.map((value) => make('td', { class: 'number' }, value)),
        ),
      ),
    ),
  );
