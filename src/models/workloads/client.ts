import { toTicks } from '../../sim/clock.ts';
import type { EventTarget } from '../../sim/event-queue.ts';
import type { KeyedDraws } from '../../sim/random/keyedDraws.ts';
import { TimeoutRing, type TimeoutTarget } from '../../sim/timeout-ring.ts';
import type { Router } from '../contracts/router.ts';
import type { CallSite } from '../contracts/service.ts';
import type { Cursor, Failure, Root } from '../cursor.ts';
import { type Operation, packAttempt } from '../operation.ts';
import type { Wiring } from '../wiring.ts';
import type { Caller } from './caller.ts';
import type { ClientConfig } from './config.ts';
import { type Departing, Departures } from './departures.ts';
import { RetryBudget } from './retry-budget.ts';

/** Who hears how an operation ended. */
export interface Outcome {
  /** @param network nanoseconds that the last attempt spent between caller and region */
  answered(operation: ClientOperation, cursor: Cursor): void;
  givenUp(operation: ClientOperation, reason: Failure): void;
  retried(operation: ClientOperation): void;
}

/** How the callers of a workload wait, retry and give up. */
export class Client {
  readonly timeouts: TimeoutRing | undefined;
  readonly budget: RetryBudget | undefined;
  readonly draws: KeyedDraws;
  readonly departures: Departures;

  /** @param allowed regions to which the callers' data may go */
  constructor(
    readonly config: ClientConfig,
    readonly wiring: Wiring,
    path: string,
    site: CallSite,
    router: Router,
    allowed: readonly number[],
    /** Whether its calls are the first ones of sessions whose other calls are of another operation. */
    readonly opens = false,
  ) {
    this.draws = wiring.draws(`${path}.client`);
    this.departures = new Departures(config, wiring, site, allowed, this.draws, router);
    if (config.timeout !== undefined)
      this.timeouts = new TimeoutRing(wiring.agenda(), toTicks(config.timeout));
    if (config.retries?.budget !== undefined) this.budget = new RetryBudget(config.retries.budget);
  }

  /** Nanoseconds before attempt number `attempt` (from 1), or -1 when there is none. */
  backoff(attempt: number, uniform: number): number {
    const { retries } = this.config;
    if (retries === undefined || attempt > retries.max) return -1;
    if (this.budget !== undefined && !this.budget.spend()) return -1;
    if (retries.backoff === 'none') return 0;
    return toTicks(uniform * Math.min(retries.cap, retries.base * 2 ** (attempt - 1)));
  }
}

/** An operation in the hands of its caller: its attempts, one at a time, until answered or given up. */
export class ClientOperation implements Operation, Root, TimeoutTarget, EventTarget, Departing {
  private attempt = 0;
  /** Of the attempt whose answer is waited for; null in between, and for good once the operation is over. */
  private cursor: Cursor | null = null;
  region = -1;
  sentAt = 0;
  isConnecting = false;

  constructor(
    private readonly client: Client,
    private readonly outcome: Outcome,
    readonly high: number,
    readonly low: number,
    readonly arrivedAt: number,
    readonly origin: number,
    readonly counted: boolean,
    readonly keys: readonly number[],
    readonly caller: Caller | null,
    readonly number: number,
  ) {}

  /** Whether it opens a session. */
  get opens(): boolean {
    return this.client.opens;
  }

  start(): void {
    this.client.budget?.earn();
    this.send();
  }

  private send(): void {
    const { client } = this;
    const { wiring } = client;
    const cursor = wiring.cursors.take();
    cursor.high = this.high;
    cursor.low = this.low;
    cursor.word = packAttempt(this.attempt);
    cursor.operation = this;
    cursor.root = this;
    cursor.place = this.origin;
    this.cursor = cursor;
    client.timeouts?.arm(wiring.simulation.now, this, this.attempt);
    client.departures.send(cursor, this);
  }

  completed(cursor: Cursor): void {
    if (cursor === this.cursor) {
      this.cursor = null;
      this.client.departures.answered(cursor, this);
      this.outcome.answered(this, cursor);
    }
    cursor.release();
  }

  failed(cursor: Cursor, reason: Failure): void {
    if (cursor === this.cursor) {
      this.cursor = null;
      this.client.departures.failed(this, reason);
      this.again(reason);
    }
    cursor.release();
  }

  replaced(cursor: Cursor, by: Cursor): void {
    if (cursor === this.cursor) this.cursor = by;
  }

  /** The caller stops waiting; what it asked for works on, and its answer will find nobody. */
  timedOut(attempt: number): void {
    if (!this.awaits(attempt)) return;
    const cursor = this.cursor as Cursor;
    this.cursor = null;
    // What has not left the caller goes no further: he closes the connection.
    if (this.isConnecting || cursor.isWithCaller) cursor.fail('timed-out');
    this.client.departures.failed(this, 'timed-out');
    this.again('timed-out');
  }

  awaits(attempt: number): boolean {
    return attempt === this.attempt && this.cursor !== null;
  }

  private again(reason: Failure): void {
    const { client } = this;
    const { simulation } = client.wiring;
    const word = packAttempt(this.attempt) | 1;
    const wait = client.backoff(this.attempt + 1, client.draws.uniform(this.high, this.low, word));
    if (wait < 0) {
      this.outcome.givenUp(this, reason);
      return;
    }
    this.attempt += 1;
    this.outcome.retried(this);
    simulation.schedule(
      simulation.now + wait,
      this.high,
      this.low,
      packAttempt(this.attempt),
      this,
      this.attempt,
    );
  }

  /** The back-off is over. */
  fire(): void {
    this.send();
  }
}
