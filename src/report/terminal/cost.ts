import type { Result } from '../../result/index.ts';
import { formatQuantity } from '../../units/index.ts';
import { amountText, type BillComponent, type BillItem, billOf } from '../reading/bill.ts';
import { dollars } from '../reading/dollars.ts';
import { estimateText } from '../reading/estimate-text.ts';
import { hasSeen } from '../reading/find.ts';
import { purchaseMix } from '../reading/purchase-mix.ts';
import { type Row, table } from '../text/table.ts';
import { wrap } from '../text/wrap.ts';
import type { Page, Section } from './page.ts';

/** Items below this share of the bill stand together in one line. */
const small = 0.005;
/** What the confidence of a price stands for where it is worth a warning. */
const doubtful = ['B', 'R'];

/** The bill a month: the dearest first, regions summed; what it saves, what is unsure and what has no price. */
export function costSection(result: Result, page: Page): Section {
  const { rows, month } = result.cost;
  if (rows.length === 0) return [];
  const components = billOf(result.cost);
  const all = components.reduce((sum, component) => sum + component.month, 0);
  const large = components.map((component) => ({
    ...component,
    items: component.items.filter((item) => item.month >= small * all),
  }));
  const shown = large.filter(({ items }) => items.length > 0);
  const rest = all - shown.flatMap(({ items }) => items).reduce((sum, item) => sum + item.month, 0);
  const hiddenCount = count(components) - count(shown);
  const table = billTable({ shown, rest, hiddenCount, all: month }, page);
  return [...table, ...notesOf(result, components, page)];
}

const count = (components: readonly BillComponent[]): number =>
  components.reduce((sum, { items }) => sum + items.length, 0);

interface Bill {
  readonly shown: readonly BillComponent[];
  readonly rest: number;
  readonly hiddenCount: number;
  readonly all: number | null;
}

function billTable({ shown, rest, hiddenCount, all }: Bill, { columns, names, style }: Page): string[] {
  const decimals = (all ?? 0) < 100 ? 2 : 0;
  const rows = shown.flatMap(({ component, month, items }): Row[] => [
    [
      `  ${nameOf(component, names)}`,
      '',
      '',
      ...(items.length > 1 ? [{ text: dollars(month, decimals), paint: style.dim }] : ['']),
    ],
    ...items.map(
      (item): Row => [
        `    ${item.item}`,
        amountText(item),
        eachText(item),
        dollars(item.month, decimals),
        basisText(item),
      ],
    ),
  ]);
  const other: Row[] =
    hiddenCount > 0
      ? [
          [
            `  other, ${hiddenCount} small ${hiddenCount === 1 ? 'item' : 'items'}`,
            '',
            '',
            dollars(rest, decimals),
          ],
        ]
      : [];
  const sum: Row = [
    '  all',
    '',
    '',
    { text: all === null ? 'unknown' : dollars(all, decimals), paint: style.bold },
  ];
  return table(
    [
      { header: 'Cost', minimum: 20, wraps: true },
      { align: 'right' },
      { align: 'right' },
      { header: '$ a month', align: 'right' },
      {},
    ],
    [...rows, ...other, sum],
    { columns, paintHeader: style.bold },
  );
}

const nameOf = (component: string, names: Page['names']): string =>
  component.includes('.') ? names.owner(component) : component;

const eachText = ({ amount, month }: BillItem): string =>
  amount > 0 ? `at ${formatQuantity(month / amount, 'money')}` : '';
/** What follows from the scenario alone needs no remark. */
const basisText = ({ basis }: BillItem): string => (basis === 'fixed' ? '' : basis);

function notesOf(result: Result, components: readonly BillComponent[], { columns, style }: Page): string[] {
  const { metrics, cost } = result;
  const note = (text: string) => wrap(text, columns, { indent: 2 });
  const each = metrics['cost.perMillion'];
  const saved = metrics['cost.savings.vsOnDemand'];
  const unsure = [
    ...new Set(components.flatMap(({ items }) => items.filter(isUnsure).map(({ item }) => item))),
  ];
  const unpriced = [...new Set(cost.unpriced)];
  return [
    ...(hasSeen(each) ? note(`${formatQuantity(each.value ?? 0, each.unit)} a million operations`) : []),
    ...(hasSeen(saved) && saved.value !== null
      ? note(`${savingsText(saved.value)}: ${estimateText(saved)}${mixText(cost)}`)
      : []),
    ...(unsure.length > 0
      ? note(`Prices from secondary or unverified pages: ${unsure.join(', ')}`).map(style.dim)
      : []),
    ...(unpriced.length > 0
      ? note(`No price known, not in the sum: ${unpriced.join('; ')}`).map(style.yellow)
      : []),
  ];
}

const isUnsure = ({ confidence }: BillItem): boolean => confidence.some((word) => doubtful.includes(word));
const savingsText = (value: number): string =>
  value >= 0 ? 'saved against all on demand' : 'more than all on demand';

/** How much of what could be bought on demand is bought how. */
function mixText(cost: Result['cost']): string {
  const parts = purchaseMix(cost).map(
    ({ bought, share }) => `${formatQuantity(share, 'ratio', { digits: 2 })} ${bought}`,
  );
  return parts.length === 0 ? '' : ` (bought ${parts.join(', ')})`;
}
