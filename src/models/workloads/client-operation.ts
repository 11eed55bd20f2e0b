import type { RetryBudget } from '../algorithms/resilience/retry-budget.ts';
import { Attempts } from '../client/attempts.ts';
import { Client } from '../client/client.ts';
import type { ClientConfig } from '../client/config.ts';
import type { Router } from '../contracts/router.ts';
import type { CallSite } from '../contracts/service.ts';
import { finish } from '../control/finish.ts';
import type { Cursor, Failure } from '../cursor.ts';
import type { Operation } from '../operation.ts';
import type { Wiring } from '../wiring.ts';

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

  constructor(
    config: ClientConfig,
    wiring: Wiring,
    path: string,
    readonly site: CallSite,
    readonly router: Router,
    /** Whether its calls are the first ones of sessions whose other calls are of another operation. */
    readonly opens = false,
  ) {
    super(config, wiring, path);
    this.budget = this.makeBudget();
  }
}

/** An operation in the hands of its caller outside. */
export class ClientOperation extends Attempts<RoutedClient> implements Operation {
  constructor(
    client: RoutedClient,
    private readonly outcome: Outcome,
    high: number,
    low: number,
    readonly arrivedAt: number,
    readonly origin: number,
    readonly counted: boolean,
    readonly keys: readonly number[],
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
    const { client } = this;
    cursor.operation = this;
    const { regions } = client.site;
    const uniform = regions.length > 1 ? this.uniform : 0.5;
    const region = client.router.route(this.origin, regions, uniform);
    if (region < 0) cursor.fail('no region');
    else client.site.enter(cursor, region, finish);
  }

  protected attempted(): void {}

  protected answered(cursor: Cursor): void {
    this.outcome.answered(this, cursor);
  }

  protected givenUp(reason: Failure): void {
    this.outcome.givenUp(this, reason);
  }

  protected retried(): void {
    this.outcome.retried(this);
  }

  protected duplicated(): void {
    this.outcome.duplicated(this);
  }
}
