import type { CostResultRow, Result } from '../../result/index.ts';
import { formatQuantity } from '../../units/index.ts';

/** Hours of a month, as the document's months have them. */
const hoursAMonth = 730;

/** One item that a component pays for, in all regions together. */
export interface BillItem {
  readonly item: string;
  readonly unit: string;
  readonly basis: CostResultRow['basis'];
  /** So many are paid for in a month: kept all month, or used up in it. */
  readonly amount: number;
  /** $ a month. */
  readonly month: number;
  readonly confidence: readonly string[];
}

export interface BillComponent {
  readonly component: string;
  readonly month: number;
  /** Dearest first. */
  readonly items: readonly BillItem[];
}

/** `3 nodes`, `1 node`, `100 GB`. */
export const amountText = ({ amount, unit }: Pick<BillItem, 'amount' | 'unit'>): string =>
  `${formatQuantity(amount, 'count')} ${amount === 1 ? unit.replace(/s$/, '') : unit}`;

/** What has a price, by component and item, the dearest first; regions, and the ways between them, are summed. */
export function billOf({ rows }: Result['cost']): BillComponent[] {
  const components = new Map<string, Map<string, BillItem>>();
  for (const row of rows) {
    if (row.month === undefined) continue;
    const items = components.get(row.component) ?? new Map<string, BillItem>();
    components.set(row.component, items);
    const item = itemOf(row);
    const key = `${item.item}\n${item.unit}\n${item.basis}`;
    items.set(key, added(item, items.get(key)));
  }
  return [...components]
    .map(([component, items]) => ({
      component,
      month: [...items.values()].reduce((sum, { month }) => sum + month, 0),
      items: [...items.values()].sort((a, b) => b.month - a.month),
    }))
    .sort((a, b) => b.month - a.month);
}

function itemOf(row: CostResultRow): BillItem {
  const { item, unit, basis, month = 0, confidence } = row;
  return {
    item: item.replace(/ \S+ → \S+$/, ''),
    unit,
    basis,
    amount: amountOf(row),
    month,
    confidence: confidence === undefined ? [] : [confidence],
  };
}

/** What is kept counts by the mean over the month; what is used up counts by the month. */
function amountOf({ basis, quantity, price, per, month = 0 }: CostResultRow): number {
  if (!price || (basis === 'fixed' && per === 'hour')) return quantity;
  return per === 'hour' ? month / price / hoursAMonth : month / price;
}

const added = (item: BillItem, to: BillItem | undefined): BillItem =>
  to === undefined
    ? item
    : {
        ...item,
        amount: item.amount + to.amount,
        month: item.month + to.month,
        confidence: [...new Set([...to.confidence, ...item.confidence])],
      };
