import type { EventTarget } from '../../sim/event-queue.ts';
import type { TimeoutTarget } from '../../sim/timeout-ring.ts';
import type { RetryBudget } from '../algorithms/resilience/retry-budget.ts';
import type { Cursor, Failure, Root } from '../cursor.ts';
import { packAttempt } from '../operation.ts';
import type { Client } from './client.ts';
import { GivenUp } from './given-up.ts';

/** A client's draws, by the low bits of their word: its dispatch, the back-off, the way of a stop. */
const drawOf = { dispatch: 0, backoff: 1, stop: 2 } as const;

/**
 * One request in the hands of its caller: its attempts, one at a time, until one is answered or all are given up. An
 * attempt that is given up works on, and its answer finds nobody.
 */
export abstract class Attempts<C extends Client = Client> implements Root, TimeoutTarget, EventTarget {
  protected attempt = 0;
  /** Of the attempt whose answer is waited for; null in between, and for good once the request is over. */
  protected cursor: Cursor | null = null;
  /** What became of the attempts before; null where none was given up. */
  private late: GivenUp | null = null;

  constructor(
    protected readonly client: C,
    readonly high: number,
    readonly low: number,
  ) {}

  /** Where the caller is. */
  protected abstract get place(): number;
  protected abstract get budget(): RetryBudget | undefined;
  /** Instant at which the caller waits no more, whatever its timeouts. */
  protected abstract get until(): number;

  /** Sends an attempt on its way. May fail it at once. */
  protected abstract dispatch(cursor: Cursor): void;
  /** An attempt has ended, or is not waited for any more. */
  protected abstract attempted(failure: Failure | null): void;
  protected abstract answered(cursor: Cursor): void;
  protected abstract givenUp(reason: Failure): void;
  protected abstract retried(): void;
  /** One more attempt was done after all than was needed. */
  protected abstract duplicated(): void;
  /** Whether anybody wants the answer. */
  protected abstract get isWanted(): boolean;

  start(): void {
    this.budget?.earn();
    this.send();
  }

  private send(): void {
    const { client, until } = this;
    const { simulation, cursors } = client.wiring;
    const { now } = simulation;
    if (until <= now) {
      this.givenUp('timed-out');
      return;
    }
    client.tally.attempts += 1;
    if (this.attempt > 0) client.tally.retries += 1;
    const cursor = cursors.take();
    cursor.high = this.high;
    cursor.low = this.low;
    cursor.word = packAttempt(this.attempt);
    cursor.root = this;
    cursor.place = this.place;
    this.cursor = cursor;
    if (until < now + client.timeout) {
      simulation.schedule(until, this.high, this.low, cursor.word, this, ~this.attempt);
    } else {
      client.timeouts?.arm(now, this, this.attempt);
    }
    if (client.tellsDeadline) cursor.deadline = Math.min(until, now + client.timeout);
    this.dispatch(cursor);
  }

  /** A draw of this attempt's own. */
  protected get uniform(): number {
    return this.draw(drawOf.dispatch);
  }

  private draw(index: number): number {
    return this.client.draws.uniform(this.high, this.low, packAttempt(this.attempt) | index);
  }

  completed(cursor: Cursor): void {
    const { client, late } = this;
    client.tally.done += 1;
    if (cursor !== this.cursor) client.tally.inVain += 1;
    if (late !== null) {
      late.done += 1;
      if (late.done > 1) this.duplicated();
      late.follow(cursor, null);
    }
    if (cursor === this.cursor) {
      this.cursor = null;
      this.attempted(null);
      this.answered(cursor);
    }
    cursor.release();
  }

  failed(cursor: Cursor, reason: Failure): void {
    if (cursor === this.cursor) {
      this.cursor = null;
      this.attempted(reason);
      this.again(reason);
    } else {
      this.late?.follow(cursor, null);
    }
    cursor.release();
  }

  replaced(cursor: Cursor, by: Cursor): void {
    if (cursor === this.cursor) this.cursor = by;
    else this.late?.follow(cursor, by);
  }

  /** The caller stops waiting. */
  timedOut(attempt: number): void {
    if (!this.awaits(attempt)) return;
    const reason = this.cursor?.attended?.reasonFor?.(this.cursor) ?? 'timed-out';
    this.letGo();
    this.attempted(reason);
    this.again(reason);
  }

  awaits(attempt: number): boolean {
    return attempt === this.attempt && this.cursor !== null && this.isWanted;
  }

  /** Waits for this attempt no more, and says so where it was sent if the client does that. */
  protected letGo(): void {
    const { cursor, client } = this;
    if (cursor?.isWithCaller) {
      this.drop();
      return;
    }
    const { network, wiring } = client;
    this.cursor = null;
    this.late ??= new GivenUp();
    // One whose answer is on the way is done.
    if (cursor === null || network === undefined || cursor.isOutside) return;
    const stop = this.late.stop(cursor);
    const { now } = wiring.simulation;
    const target = cursor.firstPlace;
    const isNear = network.nominalDelay(this.place, target) === 0;
    const delay = isNear ? 0 : network.delay(this.place, target, this.draw(drawOf.stop));
    const word = packAttempt(this.attempt) | drawOf.stop;
    if (delay === 0) stop.fire();
    // Where nothing gets there, what was called works on.
    else if (delay < Number.POSITIVE_INFINITY)
      wiring.simulation.schedule(now + delay, this.high, this.low, word, stop, 0);
  }

  /** Gives up an attempt of which nobody knows but its caller: it is over at once. */
  protected drop(): void {
    const { cursor } = this;
    this.cursor = null;
    cursor?.fail('timed-out');
  }

  private again(reason: Failure): void {
    if (!this.isWanted) return;
    const { client, until } = this;
    const { simulation } = client.wiring;
    const wait = client.backoff(this.attempt + 1, this.draw(drawOf.backoff), this.budget);
    if (wait < 0) {
      this.givenUp(reason);
      return;
    }
    this.attempt += 1;
    this.retried();
    const at = Math.min(until, simulation.now + wait);
    simulation.schedule(at, this.high, this.low, packAttempt(this.attempt), this, this.attempt);
  }

  /** The back-off is over; or, below 0, the time of whoever wants the answer. */
  fire(token: number): void {
    if (token < 0) this.timedOut(~token);
    else if (this.isWanted) this.send();
  }
}
