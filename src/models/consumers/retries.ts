import { toTicks } from '../../sim/clock.ts';
import type { KeyedDraws } from '../../sim/random/keyedDraws.ts';
import { exponential, fullJitter } from '../algorithms/resilience/backoff.ts';
import { packAttempt } from '../operation.ts';
import type { RetriesConfig } from './config.ts';
import type { Delivery } from './delivery.ts';

/** How long a member waits before it tries a record again, which stays first in its partition meanwhile. */
export class Retries {
  private readonly most: number;
  /** Nanoseconds before a further attempt (from 1), for a uniform draw. */
  private readonly waitBefore: (attempt: number, uniform: number) => number;

  constructor(
    config: RetriesConfig | undefined,
    private readonly draws: KeyedDraws,
  ) {
    this.most = config?.max ?? 0;
    this.waitBefore = config === undefined ? () => 0 : backoffOf(config);
  }

  /** Nanoseconds before attempt number `attempt` (from 1), or −1 when there is none. */
  wait(attempt: number, { high, low }: Delivery): number {
    if (attempt > this.most) return -1;
    return Math.round(this.waitBefore(attempt, this.draws.uniform(high, low, packAttempt(attempt))));
  }
}

function backoffOf({ backoff, base, cap }: RetriesConfig) {
  const bounds = { base: toTicks(base), cap: toTicks(cap) };
  if (backoff === 'none') return () => 0;
  return backoff === 'exponential' ? exponential({ ...bounds, factor: 2, jitter: 0 }) : fullJitter(bounds);
}
