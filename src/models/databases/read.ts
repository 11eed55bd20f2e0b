import type { Cursor } from '../cursor.ts';
import type { Step } from '../step.ts';
import { Access } from './access.ts';
import { KeyedTarget } from './keyed-target.ts';
import type { DatabaseModel } from './model.ts';
import type { Node } from './node.ts';
import { DateQuery } from './partitions/date-query.ts';
import { type ReadOptions, ReadPolicy } from './read-policy.ts';
import type { Shard } from './shard.ts';

/** Reads a row from the copy that the policy chooses. */
export class Read extends Access {
  private readonly target: KeyedTarget;
  private readonly policy: ReadPolicy;

  constructor(next: Step, model: DatabaseModel, path: string, options: ReadOptions) {
    const { settings, segments } = model;
    super(next, model, path, settings.read, segments.reads, { there: 0, back: settings.rowSize });
    this.target = new KeyedTarget(model, options);
    this.policy = new ReadPolicy(model, options);
    if (model.table !== null) this.dates = new DateQuery(model.table, options, 'read');
  }

  protected override shardFor(cursor: Cursor): Shard | undefined {
    return this.target.shardOf(cursor, cursor.operation.keys);
  }

  protected override nodeFor(cursor: Cursor, shard: Shard): Node {
    return this.policy.nodeFor(shard, cursor.place, cursor.now);
  }

  protected override afterWork(cursor: Cursor): void {
    const node = cursor.host as Node;
    cursor.readAt = cursor.now;
    if (!node.isPrimary) {
      const { shard } = node;
      const { target } = this;
      const [rows, row] = [target.rowsIn(shard), target.rowOf(cursor.operation.keys)];
      const ticks = shard.staleness(node.replica, cursor.now, rows, row);
      shard.succession?.rivalryOf(node)?.answered(node, rows, row, cursor.now);
      this.model.metering.answeredByReplica(node.place, ticks);
      // What it lacks first was committed so long ago: what it has is older.
      if (ticks > 0) cursor.readAt -= ticks + 1;
    }
    cursor.pop();
  }

  protected override answers(node: Node, ticks: number): void {
    this.model.metering.answeredRead(node, ticks);
  }
}
