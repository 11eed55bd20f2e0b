import { z } from 'zod';
import { toTicks } from '../../sim/clock.ts';
import { quantity } from '../../units/index.ts';
import type { BreakerOptions } from '../algorithms/resilience/circuit-breaker.ts';

const window = z
  .union([
    quantity('count', { integer: true, min: 1 }),
    z.strictObject({
      last: quantity('duration', { positive: true, about: 'Whole seconds.' }).refine(Number.isInteger, {
        message: 'a window of time counts by whole seconds',
      }),
    }),
  ])
  .default(100)
  .describe('What it goes by: so many calls, or those of the last whole seconds, { last: 10s }.');

/** Names and defaults follow resilience4j’s CircuitBreakerConfig. */
export const breakerSchema = z
  .strictObject({
    window,
    minimumCalls: quantity('count', {
      integer: true,
      min: 1,
      default: 100,
      about: 'Calls in the window below which it does not judge; at most the window’s own size.',
    }),
    failureRate: quantity('ratio', {
      positive: true,
      default: '50%',
      about: 'Share of failed calls from which on it opens.',
    }),
    slowCallRate: quantity('ratio', {
      positive: true,
      default: '100%',
      about: 'Share of slow calls from which on it opens.',
    }),
    slowCall: quantity('duration', {
      positive: true,
      default: '60s',
      about: 'A call that takes longer is slow.',
    }),
    openFor: quantity('duration', {
      positive: true,
      default: '60s',
      about: 'How long nothing is permitted once it has opened.',
    }),
    halfOpenCalls: quantity('count', {
      integer: true,
      min: 1,
      default: 10,
      about: 'Calls that are permitted then, by whose results it closes or opens again.',
    }),
  })
  .describe('A circuit breaker of each instance for this call, by resilience4j’s rules.');

export interface BreakerConfig {
  readonly window: number | { readonly last: number };
  readonly minimumCalls: number;
  readonly failureRate: number;
  readonly slowCallRate: number;
  /** Seconds. */
  readonly slowCall: number;
  readonly openFor: number;
  readonly halfOpenCalls: number;
}

export const breakerOptions = (config: BreakerConfig): BreakerOptions => ({
  ...config,
  window: typeof config.window === 'number' ? { calls: config.window } : { seconds: config.window.last },
  slowCall: toTicks(config.slowCall),
  openFor: toTicks(config.openFor),
});
