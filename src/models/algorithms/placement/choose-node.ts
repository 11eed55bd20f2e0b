/**
 * Which node an instance goes to.
 *
 * Rule: among the nodes with room, the one with the least left after (most-allocated: packs, so that nodes fall empty) or
 * the most (least-allocated: spreads); the first of the list among equals.
 * Source: kube-scheduler's plugin NodeResourcesFit with its scoring strategies MostAllocated and LeastAllocated.
 * Differs: CPU alone counts and nodes are of one size, so that the score is what is left; ties are not drawn. Cost: a scan.
 */
export type NodeChoice = 'most-allocated' | 'least-allocated';

/** Something with room, in thousandths of a core. */
export interface Room {
  readonly free: number;
}

/** The node for a request of so many thousandths of a core; undefined where none has room. */
export function chooseNode<N extends Room>(
  nodes: readonly N[],
  request: number,
  choice: NodeChoice,
): N | undefined {
  let best: N | undefined;
  for (const node of nodes) {
    if (node.free < request) continue;
    const isBetter =
      best === undefined || (choice === 'most-allocated' ? node.free < best.free : node.free > best.free);
    if (isBetter) best = node;
  }
  return best;
}
