import type { Brancher } from '../control/branch.ts';
import { finish } from '../control/finish.ts';
import type { Cursor } from '../cursor.ts';
import { Step } from '../step.ts';
import { Join } from './join.ts';
import { KeyedTarget } from './keyed-target.ts';
import type { DatabaseModel } from './model.ts';
import type { WriteOptions } from './uses.ts';
import { Write } from './write.ts';

type Row = readonly number[];

/**
 * A write: of one row, or of the rows of a batch's flush. Those go out as one statement a shard, side by side, and the
 * write goes on when the last is acknowledged; the first failure fails it at once.
 */
export class WriteRows extends Step {
  /** Of one row, by the operation’s own keys. */
  private readonly single: Write;
  /** Of all rows that the operation brings, where one shard has them. */
  private readonly statement: Write;
  private readonly part: Write;
  private readonly target: KeyedTarget;
  /** Rows of the flush at hand by shard; emptied after use. */
  private readonly byShard: Row[][];

  constructor(
    next: Step,
    model: DatabaseModel,
    path: string,
    options: WriteOptions,
    private readonly brancher: Brancher,
  ) {
    super(next);
    this.single = new Write(next, model, path, options, false);
    this.statement = new Write(next, model, path, options, true);
    this.part = new Write(finish, model, path, options, true);
    this.target = new KeyedTarget(model, options);
    this.byShard = model.shards.map(() => []);
  }

  enter(cursor: Cursor): void {
    const { rows } = cursor.operation;
    if (rows === undefined) this.single.enter(cursor);
    else if (rows.length === 0) cursor.go(this.next);
    else this.enterRows(cursor, rows);
  }

  private enterRows(cursor: Cursor, rows: readonly Row[]): void {
    const used: number[] = [];
    for (const row of rows) {
      const shard = this.target.shardOf(cursor, row);
      if (shard === undefined) {
        // The cursor has failed: a statement with a row that has no place writes nothing.
        for (const number of used) this.byShard[number] = [];
        return;
      }
      const own = this.byShard[shard.number];
      if (own.length === 0) used.push(shard.number);
      own.push(row);
    }
    if (used.length === 1) {
      this.byShard[used[0]] = [];
      this.statement.enter(cursor);
      return;
    }
    const join = new Join(cursor, cursor.awaitAt(this.next), used.length);
    const children = used.map((number) => {
      const child = this.brancher.branch(cursor, number, join);
      child.operation = { ...cursor.operation, rows: this.byShard[number] };
      this.byShard[number] = [];
      return child;
    });
    for (const child of children) child.go(this.part);
  }
}
