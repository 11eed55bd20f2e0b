import { formatQuantity } from '../../units/index.ts';
import { type BreakerOptions, CircuitBreaker } from '../algorithms/resilience/circuit-breaker.ts';
import type { RetryBudget } from '../algorithms/resilience/retry-budget.ts';
import type { CallAccount } from './call-account.ts';

/** What an instance remembers of the calls from one place: its retry budget, its circuit breaker. Dies with it. */
export class CallGuard {
  private readonly breaker: CircuitBreaker | undefined;
  private isOpen = false;
  private isGone = false;

  /** @param who whose it is, in words */
  constructor(
    private readonly account: CallAccount,
    private readonly who: string,
    readonly budget: RetryBudget | undefined,
    options: BreakerOptions | undefined,
  ) {
    if (options !== undefined) this.breaker = new CircuitBreaker(options);
  }

  /** Whether an attempt may be made; one that may is answered by `ended` or `released`. */
  permit(now: number): boolean {
    if (this.breaker === undefined) return true;
    const isPermitted = this.breaker.permit(now);
    if (!isPermitted) this.account.breakers?.notPermitted.count();
    this.follow(now);
    return isPermitted;
  }

  /** @param duration nanoseconds */
  ended(now: number, isFailed: boolean, duration: number): void {
    this.breaker?.record(now, isFailed, duration);
    this.follow(now);
  }

  released(): void {
    this.breaker?.release();
  }

  /** Its instance is one of the service's no more: what it does from now on is nobody's concern. */
  leave(now: number): void {
    if (this.isOpen) this.account.breakers?.openBreakers.add(now, -1);
    this.isGone = true;
  }

  private follow(now: number): void {
    const { breaker, account, isOpen } = this;
    if (breaker === undefined || this.isGone || isOpen === (breaker.state === 'open')) return;
    this.isOpen = !isOpen;
    account.breakers?.openBreakers.add(now, isOpen ? -1 : 1);
    if (isOpen) {
      account.note(now, this.who, 'tries again');
      return;
    }
    account.breakers?.openings.count();
    const { calls, failureRate, slowCallRate } = breaker.reading(now);
    const [failed, slow] = [failureRate, slowCallRate].map((share) => formatQuantity(share, 'ratio'));
    account.note(now, this.who, `opens: of ${calls} calls ${failed} failed, ${slow} slow`);
  }
}
