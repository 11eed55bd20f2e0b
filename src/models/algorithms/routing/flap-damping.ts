/**
 * Keeps out what goes up and down too often: each fall costs a penalty, which decays; above a bound nothing is believed
 * until it has decayed below another.
 *
 * Rule: penalty += 1 at each fall; it halves every `halfLife`; suppressed from `suppressAbove` on until it is below
 * `reuseBelow`; at most so large that this takes `longest`.
 * Source: RFC 2439 (BGP route flap damping), with the figures that routers come with (1000 a flap, 2000, 750, 15 and 60
 * minutes), divided by 1000. Differs: nothing but the scale. Cost: one exponential an event.
 */
export interface Damping {
  /** In any unit of time, as all times here. */
  readonly halfLife: number;
  readonly suppressAbove: number;
  readonly reuseBelow: number;
  readonly longest: number;
}

export interface Penalty {
  readonly value: number;
  readonly at: number;
  readonly isSuppressed: boolean;
}

export const noPenalty: Penalty = { value: 0, at: 0, isSuppressed: false };

/** The figures that routers come with. */
export const usualDamping = (halfLife: number): Damping => ({
  halfLife,
  suppressAbove: 2,
  reuseBelow: 0.75,
  longest: 4 * halfLife,
});

/** It has fallen. */
export function fallen(penalty: Penalty, now: number, damping: Damping): Penalty {
  const ceiling = damping.reuseBelow * 2 ** (damping.longest / damping.halfLife);
  const value = Math.min(decayed(penalty, now, damping) + 1, ceiling);
  const wasSuppressed = penalty.isSuppressed && reuseAt(penalty, damping) > now;
  return { value, at: now, isSuppressed: wasSuppressed || value >= damping.suppressAbove };
}

const decayed = ({ value, at }: Penalty, now: number, { halfLife }: Damping): number =>
  value * 2 ** ((at - now) / halfLife);

/** From when on it is believed again: the penalty's own instant where it is not suppressed. */
export function reuseAt({ value, at, isSuppressed }: Penalty, { halfLife, reuseBelow }: Damping): number {
  return isSuppressed ? at + Math.max(0, halfLife * Math.log2(value / reuseBelow)) : at;
}
