import type { TopologyRow } from './page-data.ts';

/** A call from a box to a box: numbers of rows and columns. */
export interface Link {
  readonly from: number;
  readonly to: number;
  readonly fromColumn: number;
  readonly toColumn: number;
}

/**
 * Where calls of and to one thing go. In a region where both stand, they stay there; to where the callee has its
 * primary, all regions call across; where the callee does not stand at all, they call to
 * wherever it does.
 */
export function linksOf(
  rows: readonly TopologyRow[],
  stacks: readonly (readonly number[])[],
  chosen: string,
): Link[] {
  return rows.flatMap((caller, from) =>
    caller.calls.flatMap((target) => {
      if (caller.id !== chosen && target !== chosen) return [];
      const to = rows.findIndex(({ id }) => id === target);
      if (to < 0) return [];
      return stacks.flatMap((stack, fromColumn) =>
        stands(caller, stack)
          ? columnsOf(rows[to], stacks, fromColumn).map((toColumn) => ({ from, to, fromColumn, toColumn }))
          : [],
      );
    }),
  );
}

const stands = ({ boxes }: TopologyRow, stack: readonly number[]): boolean =>
  stack.some((region) => boxes[region] !== null);

function columnsOf(callee: TopologyRow, stacks: readonly (readonly number[])[], from: number): number[] {
  const everywhere = stacks.flatMap((stack, column) => (stands(callee, stack) ? [column] : []));
  const special = everywhere.filter((column) => stacks[column].some((region) => isLeading(callee, region)));
  const here = everywhere.includes(from) ? [from] : [];
  return [...new Set([...here, ...(here.length === 0 && special.length === 0 ? everywhere : special)])];
}

/** Whether what changes data stands here. */
const isLeading = ({ boxes }: TopologyRow, region: number): boolean =>
  boxes[region]?.role?.startsWith('primary') ?? false;
