/**
 * How many nodes of one size hold a set of instances.
 *
 * Rule: first fit decreasing: the largest instances first, each into the first node with room. With sizes in falling
 * order that is the same as filling node after node with whatever still fits, which needs no list of nodes.
 * Source: Johnson, "Near-optimal bin packing algorithms" (1973); never more than 11/9 of the least number, plus one.
 * Cost: sizes × nodes.
 */
export interface InstanceGroup {
  /** Thousandths of a core that each requests. */
  readonly request: number;
  readonly count: number;
}

/** @param room thousandths of a core that a node has; Infinity is answered where an instance is larger than that */
export function nodesNeeded(groups: readonly InstanceGroup[], room: number): number {
  const left = groups.filter(({ count }) => count > 0).map(({ request, count }) => ({ request, count }));
  if (left.some(({ request }) => request > room)) return Number.POSITIVE_INFINITY;
  left.sort((a, b) => b.request - a.request);
  let nodes = 0;
  while (left.some(({ count }) => count > 0)) {
    let free = room;
    const taken = left.map(({ request, count }) => {
      const fits = request === 0 ? count : Math.min(count, Math.floor(free / request));
      free -= fits * request;
      return fits;
    });
    // Nodes that would be filled in this very way are filled at once.
    const rounds = left.map(({ count }, at) => (taken[at] > 0 ? Math.floor(count / taken[at]) : Infinity));
    const alike = Math.min(...rounds);
    left.forEach((group, at) => {
      group.count -= taken[at] * alike;
    });
    nodes += alike;
  }
  return nodes;
}
