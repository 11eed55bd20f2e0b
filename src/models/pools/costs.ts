import type { CostRow } from '../cost.ts';
import { type NodeCounts, purchases } from './mix.ts';
import type { NodesOfMonth } from './month.ts';

export interface NodeCosts {
  readonly component: string;
  readonly region: string;
  readonly node: string;
  /** On the mean over the measured window. */
  readonly measured: NodeCounts;
  readonly month: NodesOfMonth;
  /** Reserved nodes that are paid for. */
  readonly reserved: number;
}

/** A row for each way of buying; reserved nodes that nobody uses are in the row, and not in what it would be on demand. */
export function nodeRows({ component, region, node, measured, month, reserved }: NodeCosts): CostRow[] {
  return purchases.flatMap((purchase): CostRow[] => {
    const used = month.used[purchase];
    const isReserved = purchase === 'reserved';
    const monthQuantity = isReserved ? reserved : used;
    const quantity = measured[purchase];
    if (quantity === 0 && monthQuantity === 0) return [];
    return [
      {
        component,
        item: `${node} ${purchase}`,
        region,
        quantity,
        unit: 'nodes',
        basis: isReserved || month.isSteady ? 'fixed' : 'extrapolated',
        monthQuantity,
        onDemand: { item: `${node} on-demand`, monthQuantity: used },
      },
    ];
  });
}
