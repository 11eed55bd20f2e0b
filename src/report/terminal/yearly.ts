import type { Result } from '../../result/index.ts';
import { yearlyTexts } from '../reading/yearly.ts';
import { type Row, table } from '../text/table.ts';
import type { Page, Section } from './page.ts';

/** Availability over a year, where faults say how often they happen. */
export function yearlySection(result: Result, { names, style, columns }: Page): Section {
  const rows = yearlyTexts(result).map(
    ({ id, share, downtime }): Row => [`  ${names.owner(id)}`, share, downtime],
  );
  if (rows.length === 0) return [];
  return table(
    [
      { header: 'Over a year', minimum: 12, wraps: true },
      { header: 'available', align: 'decimal' },
      { header: 'down', align: 'interval' },
    ],
    rows,
    { columns, paintHeader: style.bold },
  );
}
