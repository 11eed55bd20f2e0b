import type { RetryBudget } from '../algorithms/resilience/retry-budget.ts';
import { Attempts } from '../client/attempts.ts';
import { Client } from '../client/client.ts';
import type { ClientConfig } from '../client/config.ts';
import type { Router } from '../contracts/router.ts';
import type { CallSite } from '../contracts/service.ts';
import type { Cursor, Failure } from '../cursor.ts';
import type { Operation } from '../operation.ts';
import type { Wiring } from '../wiring.ts';
import type { Caller } from './caller.ts';
import type { ConnectionConfig } from './connections-config.ts';
import { type Departing, Departures } from './departures.ts';
import type { Linked } from './under-way.ts';

/** Who hears how an operation ended. */
export interface Outcome {
  answered(operation: ClientOperation, cursor: Cursor): void;
  givenUp(operation: ClientOperation, reason: Failure): void;
  retried(operation: ClientOperation): void;
  duplicated(operation: ClientOperation): void;
}

/** The callers of a workload: they share a budget, and a router shows them the way. */
export class RoutedClient extends Client {
  readonly budget: RetryBudget | undefined;
  readonly departures: Departures;

  /** @param allowed regions to which the callers' data may go */
  constructor(
    config: ClientConfig & ConnectionConfig,
    wiring: Wiring,
    path: string,
    site: CallSite,
    router: Router,
    allowed: readonly number[],
    /** Whose they are: `workloads.orders`. */
    readonly caller: string,
    /** Whether its calls are the first ones of sessions whose other calls are of another operation. */
    readonly opens = false,
  ) {
    super(config, wiring, path);
    this.budget = this.makeBudget();
    const workload = caller.slice(caller.indexOf('.') + 1);
    this.departures = new Departures(config, wiring, site, workload, allowed, this.draws, router);
  }
}

/** An operation in the hands of its caller outside. */
export class ClientOperation
  extends Attempts<RoutedClient>
  implements Operation, Departing, Linked<ClientOperation>
{
  /** Those under way that came just before and after. */
  before: ClientOperation | null = null;
  after: ClientOperation | null = null;
  /** Where the attempt was sent. */
  region = -1;
  sentAt = 0;
  isConnecting = false;

  constructor(
    client: RoutedClient,
    private readonly outcome: Outcome,
    high: number,
    low: number,
    readonly arrivedAt: number,
    readonly origin: number,
    readonly counted: boolean,
    readonly keys: readonly number[],
    readonly caller: Caller | null,
    readonly number: number,
  ) {
    super(client, high, low);
  }

  protected get place(): number {
    return this.origin;
  }

  protected get budget(): RetryBudget | undefined {
    return this.client.budget;
  }

  protected get until(): number {
    return Number.POSITIVE_INFINITY;
  }

  protected get isWanted(): boolean {
    return true;
  }

  /** Whether it opens a session. */
  get opens(): boolean {
    return this.client.opens;
  }

  protected dispatch(cursor: Cursor): void {
    cursor.operation = this;
    const { tracer } = this.client.wiring.cursors;
    if (tracer !== null) cursor.trace = tracer.attempt(this, this.client.caller, cursor.now);
    this.client.departures.send(cursor, this);
  }

  protected override letGo(): void {
    // What has not been sent yet is not: he closes the connection that he was opening.
    if (this.isConnecting) this.drop();
    else super.letGo();
  }

  protected attempted(failure: Failure | null): void {
    if (failure !== null) this.client.departures.failed(this, failure);
    const { cursors, simulation } = this.client.wiring;
    cursors.tracer?.attempted(this, failure, simulation.now);
  }

  protected answered(cursor: Cursor): void {
    this.client.departures.answered(cursor, this);
    this.client.wiring.cursors.tracer?.ended(this, null, cursor.now);
    this.outcome.answered(this, cursor);
  }

  protected givenUp(reason: Failure): void {
    const { cursors, simulation } = this.client.wiring;
    cursors.tracer?.ended(this, reason, simulation.now);
    this.outcome.givenUp(this, reason);
  }

  protected retried(): void {
    this.outcome.retried(this);
  }

  protected duplicated(): void {
    this.outcome.duplicated(this);
  }
}
