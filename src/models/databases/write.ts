import type { Cursor } from '../cursor.ts';
import type { Step } from '../step.ts';
import { Access, drawOf, Part } from './access.ts';
import { KeyedTarget } from './keyed-target.ts';
import type { DatabaseModel } from './model.ts';
import type { Node } from './node.ts';
import { ServiceTime } from './service-time.ts';
import type { Shard, Shipment } from './shard.ts';
import type { StoreStepOptions } from './uses.ts';

/** Writes a row on the primary; acknowledged once its log is flushed. */
export class Write extends Access implements Shipment {
  private readonly target: KeyedTarget;
  private readonly flushTime: ServiceTime;
  private readonly applyTime: ServiceTime;
  private readonly durable = new Part((cursor) => this.afterFlush(cursor));
  /** Whose shipment it is while it is asked about it. */
  private shipping!: Cursor;
  applyTicks = 0;

  constructor(next: Step, model: DatabaseModel, path: string, options: StoreStepOptions) {
    const { settings, segments } = model;
    super(next, model, path, settings.write, segments.writes, { there: settings.rowSize, back: 0 });
    this.target = new KeyedTarget(model, options);
    this.flushTime = new ServiceTime(settings.commit, drawOf.flush);
    this.applyTime = new ServiceTime(settings.apply, drawOf.apply);
  }

  protected override shardFor(cursor: Cursor): Shard | undefined {
    return this.target.shardOf(cursor);
  }

  protected override nodeFor(_cursor: Cursor, shard: Shard): Node {
    return shard.primary;
  }

  protected override afterWork(cursor: Cursor): void {
    const { segments } = this.model;
    const { flush } = (cursor.host as Node).shard;
    const { now } = cursor;
    if (flush.isFirst(now)) flush.open(now, this.flushTime.ticks(this.draws, cursor));
    const durableAt = flush.join(now);
    if (flush.joinedBegin > now) cursor.spendUntil(segments.flushWait, flush.joinedBegin);
    cursor.spendUntil(segments.flushes, durableAt);
    cursor.departAt(durableAt, this.durable, segments.flushWait);
  }

  private afterFlush(cursor: Cursor): void {
    const { shard } = cursor.host as Node;
    if (shard.followers.length > 0) {
      this.shipping = cursor;
      this.applyTicks = this.applyTime.ticks(this.draws, cursor);
      shard.committed(cursor.now, this.target.rowsIn(shard), this.target.rowOf(cursor), this);
    }
    cursor.pop();
  }

  wayTo(replica: number): number {
    return this.draw(this.shipping, drawOf.ships + replica);
  }

  protected override answers(node: Node, ticks: number): void {
    this.model.metering.answeredWrite(node, ticks);
  }
}
