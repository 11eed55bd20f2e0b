import { toTicks } from '../../sim/clock.ts';
import type { Distribution } from '../../sim/distributions/index.ts';
import type { KeyedDraws } from '../../sim/random/keyedDraws.ts';
import type { Gate } from '../../sim/stations/gate.ts';
import type { ServiceHost } from '../contracts/service.ts';
import type { Cursor, Failure, FrameOwner } from '../cursor.ts';
import type { Whose } from '../milestones.ts';
import { Step } from '../step.ts';
import type { DatabaseModel } from './model.ts';
import type { Node } from './node.ts';
import type { DateQuery } from './partitions/date-query.ts';
import { ServiceTime } from './service-time.ts';
import type { Shard } from './shard.ts';

/** Which of a step's draws is which: the low bits of the word. Ways to replicas are numbered on from `ships`. */
export const drawOf = {
  there: 0,
  back: 1,
  work: 2,
  flush: 3,
  apply: 4,
  ships: 8,
  answers: 1024,
  replicaFlushes: 2048,
} as const;

/** Bytes of a statement and of an acknowledgement on the wire, beside the row. */
const statement = 200;
const acknowledgement = 64;

/** A further part of a step, entered once what it waited for is there. */
export class Part extends Step {
  constructor(private readonly enters: (cursor: Cursor) => void) {
    super(undefined as unknown as Step);
  }

  enter(cursor: Cursor): void {
    this.enters(cursor);
  }
}

/** Gives back the connection of the caller's own pool. */
class PoolFrame implements FrameOwner {
  constructor(private readonly store: string) {}

  leave(cursor: Cursor): number {
    poolOf(cursor, this.store)?.release(cursor.now);
    return 0;
  }
}

const poolOf = (cursor: Cursor, store: string): Gate | undefined =>
  (cursor.host as Partial<ServiceHost> | null)?.connections?.(store);

/**
 * One request to one shard: a connection of the caller's pool (where it bounds one), the way to a node, a connection
 * there, its turn on a core, what the verb does then, and the way back. It owns the frame that the cursor stands in.
 */
export abstract class Access extends Step implements FrameOwner {
  protected readonly draws: KeyedDraws;
  private readonly pool: PoolFrame;
  private readonly connected = new Part((cursor) => this.afterQueueing(cursor));
  private readonly answered = new Part((cursor) => cursor.pop());
  private readonly arrived = new Part((cursor) => this.arrive(cursor));
  private readonly admitted = new Part((cursor) => this.admit(cursor));
  private readonly executed = new Part((cursor) => this.afterCore(cursor));
  private readonly fetched = new Part((cursor) => this.afterWork(cursor));
  private readonly time: ServiceTime;
  /** Nanoseconds for which a caller waits where nobody answers; not said: as long as TCP repeats. */
  private readonly connectTimeout: number | undefined;
  private readonly tcpUserTimeout: number | undefined;
  /** What of a table partitioned by date the request looks into; null elsewhere. */
  protected dates: DateQuery | null = null;

  /**
   * @param path names the step: its draws are its own
   * @param time of a core for one request, in seconds
   * @param works the segment of that time
   * @param bytes of a row that travel there and back with it
   */
  constructor(
    next: Step,
    protected readonly model: DatabaseModel,
    path: string,
    time: Distribution,
    private readonly works: number,
    private readonly bytes: { readonly there: number; readonly back: number },
  ) {
    super(next);
    this.draws = model.wiring.draws(path);
    this.pool = new PoolFrame(model.name);
    this.time = new ServiceTime(time, drawOf.work);
    const { connectTimeout, tcpUserTimeout } = model.config.client;
    this.connectTimeout = connectTimeout === undefined ? undefined : toTicks(connectTimeout);
    this.tcpUserTimeout = tcpUserTimeout === undefined ? undefined : toTicks(tcpUserTimeout);
  }

  /** The shard that a request goes to; undefined when it cannot go anywhere, and has failed. */
  protected abstract shardFor(cursor: Cursor): Shard | undefined;
  /** The copy of the shard that a request goes to. */
  protected abstract nodeFor(cursor: Cursor, shard: Shard): Node;
  /** The work on the core is done. */
  protected abstract afterWork(cursor: Cursor): void;
  /** An answer leaves the node: it will have taken so many nanoseconds. */
  protected abstract answers(node: Node, ticks: number, cursor: Cursor): void;

  /** Rows that a request carries to its node. */
  protected rowsOf(_cursor: Cursor): number {
    return 1;
  }

  enter(cursor: Cursor): void {
    const shard = this.shardFor(cursor);
    if (shard === undefined) return;
    const pool = poolOf(cursor, this.model.name);
    if (pool === undefined) {
      this.send(cursor, shard, this.next, cursor.now);
      return;
    }
    cursor.scratch = cursor.now;
    const answer = cursor.acquire(pool, this.connected);
    if (answer === 'granted') this.haveConnection(cursor, shard);
    else if (answer === 'full') cursor.fail('rejected');
  }

  private afterQueueing(cursor: Cursor): void {
    cursor.taken();
    cursor.spendUntil(this.model.segments.connection, cursor.now);
    const shard = this.shardFor(cursor);
    if (shard !== undefined) this.haveConnection(cursor, shard);
  }

  private haveConnection(cursor: Cursor, shard: Shard): void {
    cursor.push(this.pool, this.next, cursor.place, cursor.host);
    this.send(cursor, shard, this.answered, cursor.scratch);
  }

  private send(cursor: Cursor, shard: Shard, next: Step, enteredAt: number): void {
    const { network } = this.model;
    const { now, place: from } = cursor;
    const node = this.nodeFor(cursor, shard);
    const uniform = this.draw(cursor, drawOf.there);
    network.carry(from, node.place, statement + this.bytes.there * this.rowsOf(cursor));
    cursor.push(this, next, node.place, node);
    cursor.mark = enteredAt;
    // Kept until there is a connection to the node too.
    cursor.scratch = now - enteredAt;
    node.sent();
    if (node.silence !== null) {
      cursor.arriveInSilence(from, node.silence, uniform, this.arrived);
      return;
    }
    // A pool's connection is open; without one, a new one is opened when the others hang.
    const isOpening = next !== this.answered;
    const patience = isOpening ? this.connectTimeout : this.tcpUserTimeout;
    cursor.arriveFrom(from, uniform, this.arrived, isOpening, patience);
  }

  private arrive(cursor: Cursor): void {
    const node = cursor.host as Node;
    if (!node.alive) {
      cursor.fail('unavailable');
      return;
    }
    node.occupy(cursor);
    const answer = cursor.acquire(node.connections, this.admitted);
    if (answer === 'granted') this.execute(cursor, node);
    else if (answer === 'full') cursor.fail('rejected');
  }

  private admit(cursor: Cursor): void {
    cursor.taken();
    cursor.scratch += cursor.now - cursor.since;
    cursor.spendUntil(this.model.segments.connection, cursor.now);
    this.execute(cursor, cursor.host as Node);
  }

  private execute(cursor: Cursor, node: Node): void {
    const { metering, segments } = this.model;
    cursor.holding = true;
    metering.waited(cursor.scratch);
    const usual = this.time.ticks(this.draws, cursor) + this.furtherWork(cursor);
    const ticks = node.slowness === 1 ? usual : Math.round(usual * node.slowness);
    const departure = node.cores.serve(cursor.now, ticks, cursor);
    if (departure - ticks > cursor.now) cursor.spendUntil(segments.core, departure - ticks);
    cursor.spendUntil(this.works, departure);
    cursor.departAt(departure, this.executed, segments.core);
  }

  /** Nanoseconds of a core for what a request is about beyond its first row and partition. */
  protected furtherWork(cursor: Cursor): number {
    if (this.dates === null) return 0;
    return this.dates.plan(cursor, this.draws, (cursor.host as Node).shard.number);
  }

  /** What is not in the database itself is fetched now, the connection held, no core. */
  private afterCore(cursor: Cursor): void {
    const { dates } = this;
    if (dates === null || cursor.scratch === 0) {
      this.afterWork(cursor);
      return;
    }
    const until = cursor.now + cursor.scratch;
    cursor.spendUntil(dates.segment, until);
    cursor.resumeAt(until, this.fetched);
  }

  whose({ host }: Cursor): Whose {
    return this.model.partOf((host as Node).shard);
  }

  titleFor({ host }: Cursor): string {
    const { leads, shard } = host as Node;
    const part = this.model.config.shards > 1 ? ` shard ${shard.number}` : '';
    return `${this.model.name}${part}, ${leads ? 'primary' : 'replica'}`;
  }

  leave(cursor: Cursor, callerPlace: number, failure: Failure | null): number {
    const { network } = this.model;
    const node = cursor.host as Node;
    node.answered();
    node.vacate(cursor);
    if (cursor.holding && node.alive) node.connections.release(cursor.now);
    if (!cursor.hasArrived) return 0;
    if (node.silence !== null && failure !== null)
      return cursor.noWayBack(node.silence, this.draw(cursor, drawOf.back));
    network.carry(node.place, callerPlace, acknowledgement + this.bytes.back);
    const delay = cursor.wayBack(callerPlace, this.draw(cursor, drawOf.back), this.tcpUserTimeout);
    if (failure === null && delay < Number.POSITIVE_INFINITY)
      this.answers(node, cursor.now + delay - cursor.mark, cursor);
    return delay;
  }

  protected draw(cursor: Cursor, index: number): number {
    return this.draws.uniform(cursor.high, cursor.low, cursor.word | index);
  }
}
