import type { CostResultRow, Result } from '../../result/index.ts';
import { formatQuantity } from '../../units/index.ts';
import { type Row, table } from '../text/table.ts';
import { wrap } from '../text/wrap.ts';
import { titleOf } from './find.ts';
import type { Page, Section } from './page.ts';

const most = 12;

/** The bill a month: rows of one item summed over regions, the dearest first; what has no price is named. */
export function costSection(result: Result, { style, columns }: Page): Section {
  const { rows, month, unpriced } = result.cost;
  if (rows.length === 0) return [];
  const grouped = group(rows).sort((a, b) => b.month - a.month);
  const shown = grouped
    .slice(0, most)
    .map(
      ({ component, item, quantity, unit, month: dollars, basis }): Row => [
        `  ${component.includes('.') ? titleOf(component) : component}`,
        item,
        `${formatQuantity(quantity, 'count')} ${unit}`,
        formatQuantity(dollars, 'money'),
        basis,
      ],
    );
  const rest = grouped.slice(most).reduce((sum, row) => sum + row.month, 0);
  const more: Row[] = rest > 0 ? [['  other', '', '', formatQuantity(rest, 'money'), '']] : [];
  const sum: Row = ['  all', '', '', month === null ? 'unknown' : formatQuantity(month, 'money'), ''];
  const missing =
    unpriced.length === 0
      ? []
      : wrap(`no price known for ${[...new Set(unpriced)].join('; ')}`, columns - 2, { indent: 2 });
  return [
    ...table(
      [
        { header: 'Cost' },
        { minimum: 12 },
        { minimum: 8, align: 'right' },
        { header: 'a month', align: 'right' },
        {},
      ],
      [...shown, ...more, sum],
      { columns, paintHeader: style.bold },
    ),
    ...missing.map((line) => style.yellow(line)),
  ];
}

function group(rows: readonly CostResultRow[]) {
  const groups = new Map<
    string,
    { component: string; item: string; quantity: number; unit: string; month: number; basis: string }
  >();
  for (const { component, item, quantity, unit, month, basis } of rows) {
    if (month === undefined) continue;
    const key = `${component}\n${item}\n${unit}`;
    const known = groups.get(key) ?? { component, item, quantity: 0, unit, month: 0, basis };
    groups.set(key, { ...known, quantity: known.quantity + quantity, month: known.month + month });
  }
  return [...groups.values()];
}
