import { toTicks } from '../../sim/clock.ts';
import type { EventTarget } from '../../sim/event-queue.ts';
import type { KeyedDraws } from '../../sim/random/keyedDraws.ts';
import { TimeoutRing, type TimeoutTarget } from '../../sim/timeout-ring.ts';
import { RetryBudget } from '../algorithms/resilience/retry-budget.ts';
import type { Router } from '../contracts/router.ts';
import type { CallSite } from '../contracts/service.ts';
import { finish } from '../control/finish.ts';
import type { Cursor, Failure, Root } from '../cursor.ts';
import { type Operation, packAttempt } from '../operation.ts';
import type { Wiring } from '../wiring.ts';
import type { ClientConfig } from './config.ts';

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

  constructor(
    readonly config: ClientConfig,
    readonly wiring: Wiring,
    path: string,
    readonly site: CallSite,
    readonly router: Router,
    /** Whether its calls are the first ones of sessions whose other calls are of another operation. */
    readonly opens = false,
  ) {
    this.draws = wiring.draws(`${path}.client`);
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
export class ClientOperation implements Operation, Root, TimeoutTarget, EventTarget {
  private attempt = 0;
  /** Of the attempt whose answer is waited for; null in between, and for good once the operation is over. */
  private cursor: Cursor | null = null;

  constructor(
    private readonly client: Client,
    private readonly outcome: Outcome,
    readonly high: number,
    readonly low: number,
    readonly arrivedAt: number,
    readonly origin: number,
    readonly counted: boolean,
    readonly keys: readonly number[],
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
    const { regions } = client.site;
    const uniform = regions.length > 1 ? client.draws.uniform(this.high, this.low, cursor.word) : 0.5;
    const region = client.router.route(this.origin, regions, uniform);
    if (region < 0) cursor.fail('no region');
    else client.site.enter(cursor, region, finish);
  }

  completed(cursor: Cursor): void {
    if (cursor === this.cursor) {
      this.cursor = null;
      this.outcome.answered(this, cursor);
    }
    cursor.release();
  }

  failed(cursor: Cursor, reason: Failure): void {
    if (cursor === this.cursor) {
      this.cursor = null;
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
    this.cursor = null;
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
