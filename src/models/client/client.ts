import { toTicks } from '../../sim/clock.ts';
import type { KeyedDraws } from '../../sim/random/keyedDraws.ts';
import { TimeoutRing } from '../../sim/timeout-ring.ts';
import { exponential, fullJitter } from '../algorithms/resilience/backoff.ts';
import { RetryBudget } from '../algorithms/resilience/retry-budget.ts';
import { type Network, networkSection } from '../contracts/network.ts';
import type { Wiring } from '../wiring.ts';
import type { ClientConfig, RetriesConfig } from './config.ts';
import { Tally } from './tally.ts';

/** How the callers at one place of the design wait, retry and give up. */
export class Client {
  readonly timeouts: TimeoutRing | undefined;
  readonly tally = new Tally();
  /** Nanoseconds. */
  readonly timeout: number;
  readonly draws: KeyedDraws;
  readonly tellsDeadline: boolean;
  readonly network: Network | undefined;
  private readonly waitBefore: (attempt: number, uniform: number) => number;
  private readonly retries: number;

  /** @param path names it: its draws are its own */
  constructor(
    readonly config: ClientConfig,
    readonly wiring: Wiring,
    path: string,
  ) {
    const { timeout, retries, deadline, cancel } = config;
    this.draws = wiring.draws(`${path}.client`);
    this.timeout = timeout === undefined ? Number.POSITIVE_INFINITY : toTicks(timeout);
    if (timeout !== undefined) this.timeouts = new TimeoutRing(wiring.agenda(), this.timeout);
    this.tellsDeadline = deadline === 'inherit';
    if (cancel === 'propagate') this.network = wiring.find<Network>(networkSection);
    this.retries = retries?.max ?? 0;
    this.waitBefore = retries === undefined ? () => 0 : backoffOf(retries);
  }

  /** A new budget of retries, full; undefined where there is no bound. */
  makeBudget(): RetryBudget | undefined {
    const share = this.config.retries?.budget;
    return share === undefined ? undefined : new RetryBudget(share);
  }

  /** Nanoseconds before attempt number `attempt` (from 1), or -1 when there is none. */
  backoff(attempt: number, uniform: number, budget: RetryBudget | undefined): number {
    if (attempt > this.retries) return -1;
    if (budget !== undefined && !budget.spend()) return -1;
    return this.waitBefore(attempt, uniform);
  }
}

function backoffOf({ backoff, base, cap, factor = 2, jitter = 0 }: RetriesConfig) {
  if (backoff === 'none') return () => 0;
  if (backoff === 'exponential')
    return exponential({ base: toTicks(base), cap: toTicks(cap), factor, jitter });
  const wait = fullJitter({ base, cap });
  return (attempt: number, uniform: number) => toTicks(wait(attempt, uniform));
}
