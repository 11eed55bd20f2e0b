import type { BalancedPool } from '../algorithms/balancing/balancer.ts';
import { leastRequest } from '../algorithms/balancing/least-request.ts';
import type { Node } from './node.ts';

/**
 * The copies of one shard in one region, and how callers choose among them: the one with the fewest requests under way,
 * ties in turn.
 */
export class CopyGroup {
  /** Requests under way at each node, as callers count them. */
  readonly inFlight: Int32Array;
  hasReplicas = false;
  private readonly all: BalancedPool;
  private readonly replicas: BalancedPool;
  private readonly fresh: BalancedPool;
  private readonly isFresh: Uint8Array;
  private readonly isListed: Uint8Array;
  private readonly isListedReplica: Uint8Array;
  private readonly pickOfAll = leastRequest();
  private readonly pickOfReplicas = leastRequest();

  constructor(
    readonly place: number,
    readonly nodes: readonly Node[],
  ) {
    const inFlight = new Int32Array(nodes.length);
    this.inFlight = inFlight;
    this.isFresh = new Uint8Array(nodes.length);
    this.isListed = new Uint8Array(nodes.length);
    this.isListedReplica = new Uint8Array(nodes.length);
    this.all = { inFlight, healthy: this.isListed };
    this.replicas = { inFlight, healthy: this.isListedReplica };
    this.fresh = { inFlight, healthy: this.isFresh };
    nodes.forEach((node, index) => {
      node.group = this;
      node.placeInGroup = index;
    });
    this.refresh();
  }

  /** Who is primary, or who may be asked, has changed. */
  refresh(): void {
    this.hasReplicas = this.nodes.some(({ leads }) => !leads);
    this.nodes.forEach(({ isListed, leads }, index) => {
      this.isListed[index] = isListed ? 1 : 0;
      this.isListedReplica[index] = isListed && !leads ? 1 : 0;
    });
  }

  /** A node to read from; undefined where there is none of the wanted sort. */
  pick(onlyReplicas: boolean): Node | undefined {
    return onlyReplicas
      ? this.nodes[this.pickOfReplicas(this.replicas)]
      : this.nodes[this.pickOfAll(this.all)];
  }

  /** The same among those that are at most `staleness` nanoseconds behind at `now`. */
  pickFresh(onlyReplicas: boolean, staleness: number, now: number): Node | undefined {
    const { nodes, isFresh } = this;
    for (let index = 0; index < nodes.length; index += 1) {
      const node = nodes[index];
      const isCandidate = node.leads ? !onlyReplicas : node.shard.lagSeen(node, now) <= staleness;
      isFresh[index] = isCandidate && node.isListed ? 1 : 0;
    }
    return nodes[(onlyReplicas ? this.pickOfReplicas : this.pickOfAll)(this.fresh)];
  }
}
