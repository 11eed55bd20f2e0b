import type { Assembly } from '../../../src/models/assemble.ts';
import { Brancher } from '../../../src/models/control/branch.ts';
import { finish } from '../../../src/models/control/finish.ts';
import type { Cursor } from '../../../src/models/cursor.ts';
import type { DatabaseModel } from '../../../src/models/databases/model.ts';
import type { WriteOptions } from '../../../src/models/databases/uses.ts';
import { WriteRows } from '../../../src/models/databases/write-rows.ts';

/**
 * A client with one connection that writes statements of many rows, as a batch's flush does: the next one once the last
 * is acknowledged, as long as there are rows.
 */
export class Client {
  acknowledged = 0;
  failures: string[] = [];
  lastAt = 0;
  private readonly write: WriteRows;
  private statements = 0;

  constructor(
    private readonly model: DatabaseModel,
    private readonly rowsOf: (statement: number) => number[][] | undefined,
    options: WriteOptions = {},
    path = 'test.client',
  ) {
    const brancher = new Brancher(model.wiring.cursors, path);
    this.write = new WriteRows(finish, model, path, options, brancher);
  }

  next(): void {
    const rows = this.rowsOf(this.statements);
    if (rows === undefined) return;
    const { cursors, simulation } = this.model.wiring;
    const cursor = cursors.take();
    cursor.high = 7;
    cursor.low = this.statements;
    cursor.word = 0;
    cursor.place = 0;
    cursor.root = this;
    cursor.operation = {
      high: 7,
      low: this.statements,
      arrivedAt: simulation.now,
      origin: 0,
      counted: true,
      keys: rows[0]?.map(() => Number.NaN) ?? [],
      rows,
    };
    this.statements += 1;
    cursor.go(this.write);
  }

  completed(cursor: Cursor): void {
    this.acknowledged += cursor.operation.rows?.length ?? 0;
    this.lastAt = cursor.now;
    cursor.release();
    this.next();
  }

  failed(cursor: Cursor, reason: string): void {
    this.failures.push(reason);
    cursor.release();
    this.next();
  }
}

export const databaseOf = (assembly: Assembly): DatabaseModel =>
  assembly.component<DatabaseModel>('databases.main');
