/**
 * A circuit breaker: stops calling what keeps failing, and tries again after a while.
 *
 * Rule: closed, it opens when the window has at least `minimumCalls` (at most its size, by count) and the share of
 * failed or of slow ones is *at least* its threshold. Open, it permits nothing until a call comes strictly after
 * `openFor`: that call makes it half-open. Half-open, it permits `halfOpenCalls`; once so many results are in, the same
 * test opens it again or closes it with an empty window. Results of calls permitted earlier count in whatever state it is
 * in by then.
 * Source: resilience4j af9e7c979, CircuitBreakerStateMachine.java and CircuitBreakerMetrics.java; all shares below the
 * minimum are −1. Differs: half-open waits for its results for ever (maxWaitDurationInHalfOpenState 0, the default);
 * failure is whatever the caller says. Cost: O(1) a call. The clock is an argument, in nanoseconds.
 */
import { type CallWindow, CountWindow, TimeWindow } from './call-window.ts';

export type BreakerState = 'closed' | 'open' | 'half-open';

export interface BreakerOptions {
  /** Of so many calls, or of so many whole seconds. */
  readonly window: { readonly calls: number } | { readonly seconds: number };
  readonly minimumCalls: number;
  /** Shares, above 0 and at most 1. */
  readonly failureRate: number;
  readonly slowCallRate: number;
  /** Nanoseconds; longer is slow. */
  readonly slowCall: number;
  /** Nanoseconds. */
  readonly openFor: number;
  readonly halfOpenCalls: number;
}

export class CircuitBreaker {
  state: BreakerState = 'closed';
  private window: CallWindow;
  private minimum: number;
  private openUntil = 0;
  /** Calls that it may still permit while half-open. */
  private permits = 0;

  constructor(private readonly options: BreakerOptions) {
    this.window = windowOf(options);
    this.minimum = minimumOf(options);
  }

  /** Whether a call may be made at `now`; each that may must be answered by `record` or `release`. */
  permit(now: number): boolean {
    if (this.state === 'open' && now > this.openUntil) this.halfOpen();
    if (this.state === 'closed') return true;
    if (this.state === 'open' || this.permits === 0) return false;
    this.permits -= 1;
    return true;
  }

  /** A permitted call has ended. @param duration nanoseconds */
  record(now: number, isFailed: boolean, duration: number): void {
    const { window, options } = this;
    window.record(now, isFailed, duration > options.slowCall);
    if (this.state === 'open' || window.calls < this.minimum) return;
    const isBad =
      window.failed / window.calls >= options.failureRate ||
      window.slow / window.calls >= options.slowCallRate;
    if (isBad) this.open(now);
    else if (this.state === 'half-open') this.close();
  }

  /** A permitted call was given up by its own caller: it says nothing. */
  release(): void {
    if (this.state === 'half-open') this.permits += 1;
  }

  /** What the window says at `now`; −1 for the shares while it has too few calls. */
  reading(now: number): { calls: number; failureRate: number; slowCallRate: number } {
    const { window } = this;
    window.advance(now);
    const { calls, failed, slow } = window;
    const isEnough = calls > 0 && calls >= this.minimum;
    return {
      calls,
      failureRate: isEnough ? failed / calls : -1,
      slowCallRate: isEnough ? slow / calls : -1,
    };
  }

  private open(now: number): void {
    this.state = 'open';
    this.openUntil = now + this.options.openFor;
  }

  private halfOpen(): void {
    const { halfOpenCalls } = this.options;
    this.state = 'half-open';
    this.permits = halfOpenCalls;
    this.window = new CountWindow(halfOpenCalls);
    this.minimum = halfOpenCalls;
  }

  private close(): void {
    this.state = 'closed';
    this.window = windowOf(this.options);
    this.minimum = minimumOf(this.options);
  }
}

const windowOf = ({ window }: BreakerOptions): CallWindow =>
  'calls' in window ? new CountWindow(window.calls) : new TimeWindow(window.seconds);

const minimumOf = ({ window, minimumCalls }: BreakerOptions): number =>
  'calls' in window ? Math.min(minimumCalls, window.calls) : minimumCalls;
