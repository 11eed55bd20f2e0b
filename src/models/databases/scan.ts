import type { Brancher } from '../control/branch.ts';
import { finish } from '../control/finish.ts';
import type { Cursor, Failure, Root } from '../cursor.ts';
import { Step } from '../step.ts';
import { Access } from './access.ts';
import type { DatabaseModel } from './model.ts';
import type { Node } from './node.ts';
import { type ReadOptions, ReadPolicy } from './read-policy.ts';
import type { Shard } from './shard.ts';

/** Scans all shards side by side and goes on when the last has answered; the first failure fails it at once. */
export class Scan extends Step {
  private readonly parts: readonly Step[];

  constructor(
    next: Step,
    private readonly model: DatabaseModel,
    path: string,
    options: ReadOptions,
    private readonly brancher: Brancher,
  ) {
    super(next);
    const policy = new ReadPolicy(model, options);
    this.parts = model.shards.map((shard) => new ScanOfShard(model, path, shard, policy));
  }

  enter(cursor: Cursor): void {
    const join = new Join(cursor, cursor.awaitAt(this.next), this.parts.length, this.model);
    const children = this.parts.map((_, index) => this.brancher.branch(cursor, index, join));
    children.forEach((child, index) => {
      child.go(this.parts[index]);
    });
  }
}

/** The part of a scan that one shard does. */
class ScanOfShard extends Access {
  constructor(
    model: DatabaseModel,
    path: string,
    private readonly shard: Shard,
    private readonly policy: ReadPolicy,
  ) {
    const { settings, segments } = model;
    super(finish, model, path, settings.scan, segments.scans, { there: 0, back: settings.rowSize });
  }

  protected override shardFor(): Shard {
    return this.shard;
  }

  protected override nodeFor(cursor: Cursor, shard: Shard): Node {
    return this.policy.nodeFor(shard, cursor.place, cursor.now);
  }

  protected override afterWork(cursor: Cursor): void {
    cursor.pop();
  }

  protected override answers(node: Node): void {
    this.model.metering.answeredPart(node);
  }
}

/** Waits for all shards. */
class Join implements Root {
  private readonly since: number;

  constructor(
    private readonly parent: Cursor,
    /** By which the parent knows that it waits for this scan and no longer lives another life. */
    private readonly wait: number,
    private left: number,
    private readonly model: DatabaseModel,
  ) {
    this.since = parent.now;
  }

  completed(child: Cursor): void {
    const { parent } = this;
    this.left -= 1;
    if (this.left === 0 && parent.awaits(this.wait)) {
      // The shard that answers last is the critical path: its time is the scan's.
      this.takeOver(child);
      this.model.metering.answeredScan(parent.now - this.since);
      parent.finished();
    }
    child.release();
  }

  failed(child: Cursor, reason: Failure): void {
    const { parent } = this;
    this.left -= 1;
    if (parent.awaits(this.wait)) {
      this.takeOver(child);
      parent.fail(reason);
    }
    child.release();
  }

  private takeOver(child: Cursor): void {
    const { parent } = this;
    for (let segment = 0; segment < parent.spent.length; segment += 1)
      parent.spent[segment] += child.spent[segment];
    parent.since = parent.now;
  }
}
