import type { Agenda } from '../../../sim/simulation.ts';
import type { Node } from '../node.ts';

/** What is left of a copy's disk. */
export type Left = 'kept' | 'destroyed';

/** Which copies are down, by how many faults, and which of them will be back when. */
export class Lives {
  /** Faults that have a node down. */
  private readonly blows = new Map<Node, number>();
  /** Nodes whose disk one of them has destroyed. */
  private readonly emptied = new Set<Node>();
  /** Nodes that will be back after some time; a later death makes that void. */
  private readonly returns = new Map<Node, number>();
  private count = 0;

  constructor(private readonly agenda: () => Agenda) {}

  /** A fault strikes a node. @returns whether it dies of it: once for all that kill it */
  strike(node: Node): boolean {
    this.blows.set(node, (this.blows.get(node) ?? 0) + 1);
    if (!node.alive) this.returns.delete(node);
    return node.alive;
  }

  /** A fault is over. @returns what is left of the node's disk; undefined where it is not back by that */
  lift(node: Node, data: Left): Left | undefined {
    const blows = (this.blows.get(node) ?? 0) - 1;
    this.blows.set(node, Math.max(0, blows));
    if (data === 'destroyed') this.emptied.add(node);
    if (node.alive || blows > 0) return undefined;
    return this.emptied.delete(node) ? 'destroyed' : 'kept';
  }

  /** A node is there after so many nanoseconds, unless it dies before. */
  later(node: Node, ticks: number, what: () => void): void {
    this.count += 1;
    const life = this.count;
    this.returns.set(node, life);
    const fire = () => {
      if (this.returns.get(node) !== life) return;
      this.returns.delete(node);
      what();
    };
    if (ticks === 0) fire();
    else this.agenda().after(Math.round(ticks), { fire });
  }
}
