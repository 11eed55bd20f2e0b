/**
 * The distribution of something of which three quantiles are known: the 5th percentile, the median and the 95th.
 *
 * Rule: Johnson's quantile-parameterized distribution with a lower bound of 0 (J-QPD-S): three positive numbers that rise
 * strictly, whatever their skew. A share below 1 is drawn by its odds. What these cannot take (a quantile at a bound, two that
 * are equal, a negative one) has a normal half on either side of its median, cut off at the bounds.
 * Source: C. C. Hadlock and J. E. Bickel, "Johnson quantile-parameterized distributions", Decision Analysis 14 (2017).
 *
 * @returns the quantile function, of u strictly inside (0, 1); at 0.05, 0.5 and 0.95 it gives the three
 */
import { normalQuantile } from './normalQuantile.ts';

export interface ThreeQuantiles {
  readonly low: number;
  readonly mid: number;
  readonly high: number;
}

/** `positive`: never below 0. `share`: nor above 1. */
export type Domain = 'any' | 'positive' | 'share';

/** The normal quantile of 95%. */
const c = normalQuantile(0.95);

export function threeQuantiles(known: ThreeQuantiles, domain: Domain): (u: number) => number {
  const { low, mid, high } = known;
  if (!(low <= mid && mid <= high))
    throw new RangeError(`quantiles rise, and do not: ${low}, ${mid}, ${high}`);
  if (low === high) return () => mid;
  const rises = low < mid && mid < high;
  if (domain === 'share' && rises && low > 0 && high < 1) {
    const odds = (share: number) => share / (1 - share);
    const quantile = johnson({ low: odds(low), mid: odds(mid), high: odds(high) });
    return (u) => 1 / (1 + 1 / quantile(u));
  }
  if (domain === 'positive' && rises && low > 0) return johnson(known);
  return halves(known, domain);
}

function johnson({ low, mid, high }: ThreeQuantiles): (u: number) => number {
  const [l, b, h] = [low, mid, high].map(Math.log);
  const skew = l + h - 2 * b;
  if (Math.abs(skew) <= 1e-12 * (h - l)) return (u) => Math.exp(b + ((h - l) / (2 * c)) * normalQuantile(u));
  const side = Math.sign(skew);
  const shorter = Math.min(b - l, h - b);
  const start = side > 0 ? l : h;
  const delta = Math.sinh(Math.acosh((h - l) / (2 * shorter))) / c;
  const lambda = shorter / (delta * c);
  const shift = Math.asinh(side * delta * c);
  return (u) => Math.exp(start + lambda * Math.sinh(Math.asinh(delta * normalQuantile(u)) + shift));
}

function halves({ low, mid, high }: ThreeQuantiles, domain: Domain): (u: number) => number {
  const least = domain === 'any' ? Number.NEGATIVE_INFINITY : 0;
  const most = domain === 'share' ? 1 : Number.POSITIVE_INFINITY;
  return (u) => {
    const z = normalQuantile(u) / c;
    const value = mid + z * (z < 0 ? mid - low : high - mid);
    return Math.min(most, Math.max(least, value));
  };
}
