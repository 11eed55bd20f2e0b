import type { Brancher } from '../control/branch.ts';
import { finish } from '../control/finish.ts';
import type { Cursor } from '../cursor.ts';
import { Step } from '../step.ts';
import { Access } from './access.ts';
import { Join } from './join.ts';
import type { DatabaseModel } from './model.ts';
import type { Node } from './node.ts';
import { DateQuery } from './partitions/date-query.ts';
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
    const dates = model.table === null ? null : new DateQuery(model.table, options, 'scan');
    this.parts = model.shards.map((shard) => new ScanOfShard(model, path, shard, policy, dates));
  }

  enter(cursor: Cursor): void {
    const join = new JoinOfScan(cursor, cursor.awaitAt(this.next), this.parts.length, this.model);
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
    dates: DateQuery | null,
  ) {
    const { settings, segments } = model;
    super(finish, model, path, settings.scan, segments.scans, { there: 0, back: settings.rowSize });
    this.dates = dates;
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
class JoinOfScan extends Join {
  constructor(
    parent: Cursor,
    wait: number,
    parts: number,
    private readonly model: DatabaseModel,
  ) {
    super(parent, wait, parts);
  }

  protected override whole(ticks: number): void {
    this.model.metering.answeredScan(ticks);
  }
}
