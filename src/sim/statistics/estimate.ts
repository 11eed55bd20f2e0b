import type { Histogram } from './histogram.ts';

/** What is kept of each run for one metric: `num / den` is the run's own value. */
export interface RunRecord {
  num: number;
  /** 0 where the run saw nothing. */
  den: number;
  /** How many observations stand behind it. */
  n: number;
  /** Largest value of the run, where that is asked for. */
  max?: number;
  hist?: Histogram;
  /** The run ended before the answer was known: a duration that is longer than any number. */
  censored?: boolean;
}

/**
 * ok         value and interval hold
 * thin       a value, but too few runs or observations for the interval to be trusted, or for any
 * none       nothing was observed in any run: no value
 * unbounded  the value or its interval reaches +∞
 */
export type Evidence = 'ok' | 'thin' | 'none' | 'unbounded';

/** A value with what is known of the truth behind it. */
export interface Estimate {
  /** NaN without data; may be +∞. */
  value: number;
  /** Ends of the interval; undefined where there is none. */
  low: number | undefined;
  high: number | undefined;
  /** Half of the interval's width; the value need not lie in its middle. */
  halfWidth: number | undefined;
  data: Evidence;
}

export const NOTHING: Readonly<Estimate> = Object.freeze({
  value: Number.NaN,
  low: undefined,
  high: undefined,
  halfWidth: undefined,
  data: 'none',
});

export function withoutInterval(value: number): Estimate {
  const data = value === Number.POSITIVE_INFINITY ? 'unbounded' : 'thin';
  return { value, low: undefined, high: undefined, halfWidth: undefined, data };
}

export function withInterval(value: number, low: number, high: number, data: Evidence = 'ok'): Estimate {
  const halfWidth = high === low ? 0 : (high - low) / 2; // two infinite ends have no width
  return { value, low, high, halfWidth, data: high === Number.POSITIVE_INFINITY ? 'unbounded' : data };
}
