import { toTicks } from '../../sim/clock.ts';
import { childIdentity } from '../../sim/random/childIdentity.ts';
import type { Cursor } from '../cursor.ts';
import type { Step } from '../step.ts';
import { Access, drawOf, Part } from './access.ts';
import type { CommitLog } from './commit-log.ts';
import type { DualWrite } from './dual-write.ts';
import type { Waiting } from './journal.ts';
import { KeyedTarget } from './keyed-target.ts';
import type { DatabaseModel } from './model.ts';
import type { Node } from './node.ts';
import type { Relay } from './outbox/relay.ts';
import { DateQuery } from './partitions/date-query.ts';
import { termsOf } from './replication-mode.ts';
import { ServiceTime } from './service-time.ts';
import type { ReplicaWait, Shard, Shipment } from './shard.ts';
import type { Streams } from './streams.ts';
import type { WriteOptions } from './uses.ts';

const words = { high: 0, low: 0 };

const rowsIn = (cursor: Cursor) => cursor.operation.rows as readonly (readonly number[])[];

/**
 * One statement that writes a row, or all rows of a batch's flush that one shard has, on the primary. Acknowledged once
 * the log is flushed, and once replicas have answered where it waits for them.
 */
export class Write extends Access implements Shipment {
  readonly wait: ReplicaWait | null;
  rowCount = 1;
  applyTicks = 0;
  private readonly target: KeyedTarget;
  private readonly deadline: number;
  private readonly failsLate: boolean;
  private readonly flushTime: ServiceTime;
  private readonly replicaFlushTime: ServiceTime | null;
  private readonly applyTime: ServiceTime;
  private readonly waits: number;
  private readonly dual: DualWrite | null;
  /** Who publishes the events that are committed with it, by shard. */
  private readonly relays: readonly Relay[] | null;
  private readonly site: number;
  private readonly durable = new Part((cursor) => this.afterFlush(cursor));
  private readonly confirmed = new Part((cursor) => cursor.pop());
  private readonly late = new Part((cursor) => this.failLate(cursor));
  private readonly waiting: Waiting;
  /** Whose shipment it is while it is asked about it. */
  private shipping!: Cursor;

  /** @param isMany whether it writes the rows that the operation brings; else one row, by the operation’s own keys */
  constructor(
    next: Step,
    model: DatabaseModel,
    path: string,
    options: WriteOptions,
    private readonly isMany: boolean,
  ) {
    const { settings, segments } = model;
    super(next, model, path, settings.write, segments.writes, { there: settings.rowSize, back: 0 });
    const waitFor = options.waitFor ?? termsOf(model.config);
    this.target = new KeyedTarget(model, options);
    this.wait = waitFor ?? null;
    this.deadline = toTicks(waitFor?.deadline ?? Number.POSITIVE_INFINITY);
    this.failsLate = waitFor?.else === 'fail';
    this.waiting = {
      answered: this.confirmed,
      late: this.failsLate ? this.late : this.confirmed,
      isAcknowledgedLate: !this.failsLate,
    };
    this.waits = waitFor === undefined ? -1 : model.segmentOfReplicaWait();
    const { replicaFlush } = settings;
    this.flushTime = new ServiceTime(settings.commit, drawOf.flush);
    this.replicaFlushTime = replicaFlush === null ? null : new ServiceTime(replicaFlush, 0);
    this.dual = isMany ? null : model.dualWriteOf(options);
    const { outbox } = options;
    this.relays = outbox === undefined ? null : model.relaysOf(outbox.name);
    this.site = outbox === undefined ? 0 : model.wiring.site(`${path}.outbox`);
    // A new row goes to the newest partition, which costs nothing more.
    if (model.table !== null && options.age !== undefined)
      this.dates = new DateQuery(model.table, options, 'write');
    this.applyTime = new ServiceTime(settings.apply, drawOf.apply);
  }

  protected override shardFor(cursor: Cursor): Shard | undefined {
    return this.target.shardOf(cursor, this.isMany ? rowsIn(cursor)[0] : cursor.operation.keys);
  }

  protected override nodeFor(cursor: Cursor, shard: Shard): Node {
    return shard.primaryFor(cursor.place);
  }

  protected override rowsOf(cursor: Cursor): number {
    return this.isMany ? rowsIn(cursor).length : 1;
  }

  protected override furtherWork(cursor: Cursor): number {
    const rows = this.rowsOf(cursor);
    // Each row's event is a row, too.
    const further = this.relays === null ? rows - 1 : 2 * rows - 1;
    return this.model.ticksOfRows.work(further) + super.furtherWork(cursor);
  }

  protected override afterWork(cursor: Cursor): void {
    const { segments, ticksOfRows } = this.model;
    const node = cursor.host as Node;
    const flush = node.shard.flushOf(node);
    const { now } = cursor;
    const { diskSlowness } = node;
    const extra = Math.round(ticksOfRows.flush(this.rowsOf(cursor) - 1) * diskSlowness);
    if (flush.isFirst(now))
      flush.open(now, Math.round(this.flushTime.ticks(this.draws, cursor) * diskSlowness) + extra);
    else if (extra > 0) flush.lengthen(extra);
    const durableAt = flush.join(now);
    cursor.scratch = flush.joined;
    if (flush.joinedBegin > now) cursor.spendUntil(segments.flushWait, flush.joinedBegin);
    cursor.spendUntil(segments.flushes, durableAt);
    cursor.departAt(durableAt, this.durable, segments.flushWait);
  }

  private afterFlush(cursor: Cursor): void {
    const node = cursor.host as Node;
    const { shard } = node;
    const end = shard.flushOf(node).endOf(cursor.scratch);
    if (end > cursor.now) {
      // Others with more to write have joined its flush before that began.
      cursor.spendUntil(this.model.segments.flushes, end);
      cursor.departAt(end, this.durable, this.model.segments.flushWait);
      return;
    }
    if (shard.succession !== null && !shard.succession.accepts(node, this.rowsOf(cursor))) {
      cursor.fail('read-only');
      return;
    }
    cursor.committedAt = cursor.now;
    shard.rowsWritten += this.rowsOf(cursor);
    // An old primary that goes on has no relay to read its outbox.
    if (this.relays !== null && node === shard.primary) this.leaveEvents(cursor, this.relays[shard.number]);
    if (this.dual !== null) this.dual.committed(cursor);
    if (shard.followers.length > 0) this.ship(cursor, shard, shard.streamsOf(node));
    else cursor.pop();
  }

  private leaveEvents(cursor: Cursor, relay: Relay): void {
    const count = this.rowsOf(cursor);
    for (let row = 0; row < count; row += 1) {
      childIdentity(cursor.high, cursor.low, this.site, cursor.word | row, words);
      relay.add(words.high, words.low, this.isMany ? rowsIn(cursor)[row] : cursor.operation.keys);
    }
  }

  private ship(cursor: Cursor, shard: Shard, streams: Streams | null): void {
    this.shipping = cursor;
    this.rowCount = this.rowsOf(cursor);
    this.applyTicks =
      this.applyTime.ticks(this.draws, cursor) + this.model.ticksOfRows.work(this.rowCount - 1);
    if (streams !== null) {
      const entry = streams.committed(cursor.now, this);
      if (this.wait === null) cursor.pop();
      else streams.awaitReplicas(entry, cursor, cursor.now + this.deadline, this.waiting);
      return;
    }
    const answeredAt = shard.committed(cursor.now, this);
    if (this.wait === null) cursor.pop();
    else this.waitForReplicas(cursor, answeredAt);
  }

  /** The connection is held meanwhile. A write that waited for too long is on the primary all the same. */
  private waitForReplicas(cursor: Cursor, answeredAt: number): void {
    const { now } = cursor;
    const isLate = answeredAt > now + this.deadline;
    const until = isLate ? now + this.deadline : answeredAt;
    this.model.metering.waitedForReplicas(until - now, isLate);
    cursor.spendUntil(this.waits, until);
    cursor.resumeAt(until, isLate && this.failsLate ? this.late : this.confirmed);
  }

  private failLate(cursor: Cursor): void {
    this.model.metering.wrote(cursor.host as Node, this.rowsOf(cursor));
    cursor.fail('unreplicated');
  }

  logRows(log: CommitLog, now: number, shard: Shard): void {
    const { target } = this;
    const table = target.rowsIn(shard);
    if (!this.isMany || table === null) {
      log.append(now, table, target.rowOf(this.shipping.operation.keys));
      return;
    }
    const rows = rowsIn(this.shipping);
    for (let row = 0; row < rows.length; row += 1) log.append(now, table, target.rowOf(rows[row]));
  }

  wayTo(replica: number): number {
    return this.draw(this.shipping, drawOf.ships + replica);
  }

  wayBack(replica: number): number {
    return this.draw(this.shipping, drawOf.answers + replica);
  }

  flushOn(replica: number): number {
    if (this.replicaFlushTime === null) return 0;
    return this.replicaFlushTime.ticks(this.draws, this.shipping, drawOf.replicaFlushes + replica);
  }

  protected override answers(node: Node, ticks: number, cursor: Cursor): void {
    this.model.metering.answeredWrite(node, this.rowsOf(cursor), ticks);
  }
}
