import { childIdentity } from '../../sim/random/childIdentity.ts';
import type { BreakerOptions } from '../algorithms/resilience/circuit-breaker.ts';
import type { RetryBudget } from '../algorithms/resilience/retry-budget.ts';
import { Attempts } from '../client/attempts.ts';
import type { Client } from '../client/client.ts';
import type { CallSite } from '../contracts/service.ts';
import { finish } from '../control/finish.ts';
import type { Attended, Cursor, Failure } from '../cursor.ts';
import { Step } from '../step.ts';
import type { CursorTrace } from '../trace/cursor-trace.ts';
import type { CallAccount } from './call-account.ts';
import { CallGuard } from './call-guard.ts';
import { Instance } from './instance.ts';
import type { NearestRegion } from './nearest-region.ts';

/** What a call with policies is made of. */
export interface Guarding {
  readonly client: Client;
  readonly site: CallSite;
  readonly nearest: NearestRegion;
  readonly account: CallAccount;
  readonly breaker: BreakerOptions | undefined;
  /** Numbers of this call site: among all sites of its service, and for the identities of calls. */
  readonly number: number;
  readonly identity: number;
  /** Segment of the time before the attempt that was answered. */
  readonly before: number;
}

/** Calls another service with timeouts, retries, a deadline or a circuit breaker: each attempt is a cursor of its own. */
export class GuardedCall extends Step {
  /** Of callers that are no instances. */
  private readonly homeless: CallGuard;

  constructor(
    next: Step,
    private readonly guarding: Guarding,
  ) {
    super(next);
    this.homeless = this.makeGuard('somewhere');
  }

  enter(cursor: Cursor): void {
    const { guarding } = this;
    guarding.account.meters.calls.count();
    childIdentity(cursor.high, cursor.low, guarding.identity, cursor.word & ~0xfff, words);
    new CallAttempts(guarding, cursor, cursor.awaitAt(this.next), this.guardOf(cursor), words).start();
  }

  private guardOf({ host }: Cursor): CallGuard {
    if (!(host instanceof Instance)) return this.homeless;
    const { number } = this.guarding;
    const known = host.guards[number];
    if (known !== undefined) return known;
    const guard = this.makeGuard(host.title);
    host.guards[number] = guard;
    return guard;
  }

  private makeGuard(who: string): CallGuard {
    const { account, client, breaker } = this.guarding;
    return new CallGuard(account, who, client.makeBudget(), breaker);
  }
}

/** One call of a service by an instance of another. */
class CallAttempts extends Attempts implements Attended {
  protected readonly place: number;
  protected readonly until: number;
  private sentAt = 0;
  /** The breaker let the attempt through and waits to hear of it. */
  private isPermitted = false;
  /** Of the attempt whose answer is waited for. */
  private trace: CursorTrace | null = null;

  constructor(
    private readonly guarding: Guarding,
    private readonly parent: Cursor,
    /** By which the parent knows that it waits for this call, and does not live another life. */
    private readonly wait: number,
    private readonly guard: CallGuard,
    identity: { readonly high: number; readonly low: number },
  ) {
    super(guarding.client, identity.high, identity.low);
    this.place = parent.place;
    this.until = guarding.client.tellsDeadline ? parent.deadline : Number.POSITIVE_INFINITY;
    parent.attended = this;
  }

  protected get budget(): RetryBudget | undefined {
    return this.guard.budget;
  }

  protected get isWanted(): boolean {
    return this.parent.awaits(this.wait);
  }

  protected dispatch(cursor: Cursor): void {
    const { guarding, parent } = this;
    cursor.operation = parent.operation;
    if (parent.trace !== null)
      cursor.trace = parent.trace.branch(`attempt ${this.attempt + 1}`, true, parent.place, cursor.now);
    this.trace = cursor.trace;
    this.sentAt = cursor.now;
    this.isPermitted = this.guard.permit(cursor.now);
    if (!this.isPermitted) {
      cursor.fail('not-permitted');
      return;
    }
    guarding.site.enter(cursor, guarding.nearest.from(cursor.place), finish);
  }

  protected attempted(failure: Failure | null): void {
    if (failure !== null && this.trace !== null)
      this.trace.givenUp(failure, this.client.wiring.simulation.now);
    if ((failure === 'timed-out' || failure === 'no-quorum') && this.isPermitted)
      this.guarding.account.meters.timedOut.count();
    if (!this.isPermitted) return;
    const { now } = this.client.wiring.simulation;
    this.isPermitted = false;
    this.guard.ended(now, failure !== null, now - this.sentAt);
  }

  protected answered(cursor: Cursor): void {
    const { parent, sentAt, guarding } = this;
    if (!this.isWanted) return;
    if (sentAt > parent.since) parent.spendUntil(guarding.before, sentAt);
    parent.absorb(cursor);
    parent.finished();
  }

  protected givenUp(reason: Failure): void {
    if (!this.isWanted) return;
    this.guarding.account.meters.givenUp.count();
    this.parent.fail(reason);
  }

  protected retried(): void {
    this.guarding.account.meters.retries.count();
  }

  protected duplicated(): void {
    this.guarding.account.meters.duplicates.count();
  }

  /** Its caller is not answered for the reason for which it is not. */
  reasonFor(parent: Cursor): Failure | null {
    if (!parent.awaits(this.wait)) return null;
    return this.cursor?.attended?.reasonFor?.(this.cursor) ?? null;
  }

  /** Its caller was stopped: so is what it called, if this call does that. */
  cancelled(wait: number): void {
    if (wait !== this.wait || this.cursor === null) return;
    if (this.isPermitted) this.guard.released();
    this.isPermitted = false;
    this.letGo();
  }
}

const words = { high: 0, low: 0 };
