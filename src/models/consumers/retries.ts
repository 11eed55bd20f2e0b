import { toTicks } from '../../sim/clock.ts';
import type { KeyedDraws } from '../../sim/random/keyedDraws.ts';
import { packAttempt } from '../operation.ts';
import type { RetriesConfig } from './config.ts';
import type { Delivery } from './delivery.ts';

/** How long a member waits before it tries a record again, which stays first in its partition meanwhile. */
export class Retries {
  constructor(
    private readonly config: RetriesConfig | undefined,
    private readonly draws: KeyedDraws,
  ) {}

  /** Nanoseconds before attempt number `attempt` (from 1), or −1 when there is none. */
  wait(attempt: number, { high, low }: Delivery): number {
    const { config } = this;
    if (config === undefined || attempt > config.max) return -1;
    if (config.backoff === 'none') return 0;
    const bound = Math.min(config.cap, config.base * 2 ** (attempt - 1));
    if (config.backoff === 'exponential') return toTicks(bound);
    return toTicks(bound * this.draws.uniform(high, low, packAttempt(attempt)));
  }
}
