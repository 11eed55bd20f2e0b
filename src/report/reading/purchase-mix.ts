import type { Result } from '../../result/index.ts';

/** One way of buying what could be bought on demand. */
export interface Purchase {
  /** `reserved`, `on-demand`, `spot`. */
  readonly bought: string;
  /** Share of the amount, 0..1. */
  readonly share: number;
  /** $ a month, and what it would be on demand. */
  readonly month: number;
  readonly monthOnDemand: number;
}

/** How much of what could be bought on demand is bought how, in the order of the bill. */
export function purchaseMix({ rows }: Result['cost']): Purchase[] {
  const amounts = new Map<string, { amount: number; month: number; monthOnDemand: number }>();
  for (const row of rows) {
    if (row.monthOnDemand === undefined || !row.price || row.month === undefined) continue;
    const bought = row.item.split(' ').slice(1).join(' ');
    const before = amounts.get(bought) ?? { amount: 0, month: 0, monthOnDemand: 0 };
    amounts.set(bought, {
      amount: before.amount + row.month / row.price,
      month: before.month + row.month,
      monthOnDemand: before.monthOnDemand + row.monthOnDemand,
    });
  }
  const all = [...amounts.values()].reduce((sum, { amount }) => sum + amount, 0);
  if (all === 0) return [];
  return [...amounts].map(([bought, { amount, month, monthOnDemand }]) => ({
    bought,
    share: amount / all,
    month,
    monthOnDemand,
  }));
}
