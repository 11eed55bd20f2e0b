import { toTicks } from '../../../sim/clock.ts';
import type { EventTarget } from '../../../sim/event-queue.ts';
import type { Stretch, Turn } from '../../milestones.ts';
import type { DatabaseModel } from '../model.ts';
import type { Node } from '../node.ts';

/** How often it is looked whether a copy has caught up: what takes less is not told. */
const lookEvery = toTicks(1);

interface Pursuit {
  readonly from: number;
  readonly cause: Turn | undefined;
  stretch?: Stretch;
}

/** The copies of a database that lack something: from when they can get it until they follow as closely as ever. */
export class CatchingUp implements EventTarget {
  private readonly behind = new Map<Node, Pursuit>();
  private isLooking = false;

  constructor(private readonly model: DatabaseModel) {}

  /** A copy is there again, or its stream is, and it may lack something. */
  begins(node: Node): void {
    const { agenda, wiring } = this.model;
    if (this.behind.has(node)) return;
    this.behind.set(node, { from: wiring.simulation.now, cause: wiring.milestones.cause });
    if (this.isLooking) return;
    this.isLooking = true;
    agenda.after(lookEvery, this);
  }

  /** It has died, or is primary: it catches up with nobody. */
  ends(node: Node): void {
    this.behind.get(node)?.stretch?.end(this.model.wiring.simulation.now);
    this.behind.delete(node);
  }

  fire(): void {
    for (const [node, pursuit] of this.behind) this.lookAt(node, pursuit);
    this.isLooking = this.behind.size > 0;
    if (this.isLooking) this.model.agenda.after(lookEvery, this);
  }

  private lookAt(node: Node, pursuit: Pursuit): void {
    const { model } = this;
    const { milestones, simulation } = model.wiring;
    if (!node.shard.follows(node, simulation.now)) {
      pursuit.stretch ??= milestones.begin('catchUp', model.partOf(node.shard), pursuit.from, pursuit.cause);
      return;
    }
    if (pursuit.stretch !== undefined) node.shard.succession?.caughtUp(node);
    this.ends(node);
  }
}
