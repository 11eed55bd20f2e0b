import type { Tenant } from '../contracts/placer.ts';

/** An instance that waits for room. */
export interface Waiting {
  readonly tenant: Tenant;
  /** Thousandths of a core. */
  readonly request: number;
  /** No node could be bought for it; it is refused once, however long it waits. */
  isRefused: boolean;
}

/**
 * For which of those who wait nodes must be bought: those for whom neither the nodes that are starting nor the further
 * ones would have room, each put where it first fits.
 *
 * @param starting room that is free on each node that is not up yet
 * @param room of a new node
 * @param limit new nodes at most
 * @returns nodes to buy, and who finds no room even then
 */
export function nodesToBuy(
  waiting: readonly Waiting[],
  starting: readonly number[],
  room: number,
  limit: number,
): { count: number; without: Waiting[] } {
  const free = [...starting];
  const without: Waiting[] = [];
  for (const each of waiting) {
    let at = free.findIndex((space) => space >= each.request);
    if (at < 0 && free.length - starting.length < limit && each.request <= room) at = free.push(room) - 1;
    if (at < 0) without.push(each);
    else free[at] -= each.request;
  }
  return { count: free.length - starting.length, without };
}
