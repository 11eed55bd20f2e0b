import { formatQuantity } from '../../../units/index.ts';
import { amountText, type BillComponent, type BillItem, billOf } from '../../reading/bill.ts';
import { dollars } from '../../reading/dollars.ts';
import type { Names } from '../../reading/names.ts';
import type { Compared } from '../compared.ts';
import { valueText } from '../reading.ts';
import type { CostCell, CostDiff } from './compare-data.ts';

/** The bills beside each other, item by item, the dearest first; money is exact, so every difference is one. */
export function costDiffOf({ comparison, results }: Compared, names: Names): CostDiff {
  const { reference, metrics, designs } = comparison;
  const bills = results.map(({ cost }) => billOf(cost));
  const months = results.map(({ cost }) => (cost.rows.length === 0 ? null : cost.month));
  const cells = (values: readonly (number | null)[], amounts: readonly string[]): CostCell[] =>
    values.map((value, at) => ({
      value: value === null ? '–' : money(value),
      amount: amounts[at] ?? '',
      ...changeOf(at === reference ? null : value, values[reference], at !== reference),
    }));
  const ids = byWeight(bills.flatMap((bill) => bill.map(({ component, month }) => [component, month])));
  const each = metrics['cost.perMillion'];
  return {
    months,
    texts: cells(months, []),
    perMillion: designs.map((_, at) => (each === undefined ? '–' : valueText(each, each.designs[at]))),
    components: ids.map((component) => {
      const own = bills.map((bill) => bill.find((one) => one.component === component));
      const sums = own.map((bill) => bill?.month ?? null);
      return {
        box: component,
        title: component.includes('.') ? names.owner(component) : component,
        months: sums,
        cells: cells(sums, []),
        items: itemsOf(own).map(({ item, found }) => ({
          item,
          cells: cells(
            found.map((one) => one?.month ?? null),
            found.map((one) => (one === undefined ? '' : amountText(one))),
          ),
        })),
      };
    }),
    notes: results.flatMap(({ cost }, at) =>
      [...new Set(cost.unpriced)].map(
        (what) => `${designs[at].label}: no price known, not in the sum: ${what}.`,
      ),
    ),
  };
}

/** Items of one component by what they are called, in each design that has them. */
function itemsOf(own: readonly (BillComponent | undefined)[]) {
  const keyOf = ({ item, basis }: BillItem) => `${item}\n${basis}`;
  const all = own.flatMap((bill) => bill?.items ?? []);
  return byWeight(all.map((item) => [keyOf(item), item.month])).map((key) => ({
    item: key.split('\n')[0],
    found: own.map((bill) => bill?.items.find((item) => keyOf(item) === key)),
  }));
}

/** Names, each once, by the most that any of their weights is. */
function byWeight(weights: readonly (readonly [string, number])[]): string[] {
  const most = new Map<string, number>();
  for (const [name, weight] of weights) most.set(name, Math.max(weight, most.get(name) ?? 0));
  return [...most].sort((a, b) => b[1] - a[1]).map(([name]) => name);
}

const money = (value: number): string => `$${dollars(value, Math.abs(value) < 100 ? 2 : 0)}`;

/** What one design pays more or less than the reference; what only one of them has, is all of the difference. */
function changeOf(value: number | null, base: number | null, isOther: boolean) {
  if (!isOther) return { change: '' };
  const difference = (value ?? 0) - (base ?? 0);
  if (value === null && base === null) return { change: '' };
  if (Math.abs(difference) < 0.005) return { change: 'same' };
  const share =
    base === null || base === 0
      ? ''
      : ` (${difference > 0 ? '+' : '-'}${formatQuantity(Math.abs(difference / base), 'ratio', { digits: 2 })})`;
  return {
    change: `${difference > 0 ? '+' : '-'}${money(Math.abs(difference))}${share}`,
    isMore: difference > 0,
  };
}
