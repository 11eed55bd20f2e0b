import type { Result } from '../../result/index.ts';
import { formatQuantity } from '../../units/index.ts';
import { bar } from '../text/bar.ts';
import { type Row, table } from '../text/table.ts';
import { titleOf } from './find.ts';
import type { Page, Section } from './page.ts';

const most = 8;

/** The tightest stations, with the share of all waiting that each causes. */
export function stationSection(result: Result, { style, columns }: Page): Section {
  const busy = result.bottlenecks.filter(({ utilization }) => utilization > 0);
  if (busy.length < 2) return [];
  const rows = busy.slice(0, most).map(({ station, utilization, waitShare }): Row => {
    const paint = utilization > 0.9 ? style.red : utilization > 0.7 ? style.yellow : style.green;
    const isWhole = station.split('.').length === 2;
    return [
      `  ${titleOf(station)}`,
      formatQuantity(utilization, 'ratio', { digits: 2 }),
      isWhole && waitShare > 0 ? formatQuantity(waitShare, 'ratio', { digits: 2 }) : '',
      { text: bar(utilization, 1, 20), paint },
    ];
  });
  const more = busy.length > most ? [style.dim(`  and ${busy.length - most} more`)] : [];
  return [
    ...table(
      [
        { header: 'Tightest stations' },
        { header: 'busy', align: 'right' },
        { header: 'of all waiting', align: 'right' },
        {},
      ],
      rows,
      { columns, paintHeader: style.bold },
    ),
    ...more,
  ];
}
