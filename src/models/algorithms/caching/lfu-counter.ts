/**
 * Redis' logarithmic access counter: eight bits that tell a hundred hits from a million.
 *
 * Rule: a hit adds 1 with probability 1 / ((counter − 5) · logFactor + 1); each decay period takes 1 away;
 * 255 is the top and new entries start at 5.
 * Source: redis/redis 4f8cdc2a1, src/evict.c, LFULogIncr and LFUDecrAndReturn. Differs: the random number is
 * below 1, Redis' may be 1 (one draw in two billion). Cost: one draw a hit.
 */

export const initialCounter = 5;
const topCounter = 255;

/** The counter after a hit; `uniform` in [0, 1). */
export function counterAfterHit(counter: number, logFactor: number, uniform: number): number {
  if (counter === topCounter) return counter;
  const excess = Math.max(counter - initialCounter, 0);
  return uniform < 1 / (excess * logFactor + 1) ? counter + 1 : counter;
}

/** The counter after `minutes` whole minutes without a look at it. */
export function decayedCounter(counter: number, minutes: number, decayMinutes: number): number {
  const periods = decayMinutes === 0 ? 0 : Math.floor(minutes / decayMinutes);
  return Math.max(counter - periods, 0);
}
