/**
 * The difference between two designs whose runs are paired by seed: run i of both met the same draws.
 *
 * Rule: the difference of the values; half-width by the spread of the runs' own differences around it. What both runs of a
 * pair share cancels. Where a run of either is infinite, there is no interval: compare the shares of what failed instead.
 */
import { type Confidence, INTERVAL_95 } from './confidence.ts';
import { type Estimate, withoutInterval } from './estimate.ts';
import { intervalOf, type Spread } from './spread.ts';

/** The second design less the first. Runs without data in either design do not count. */
export function pairedDifference(
  first: Spread,
  second: Spread,
  confidence: Confidence = INTERVAL_95,
): Estimate {
  if (first.perRun.length !== second.perRun.length) {
    throw new RangeError(`${first.perRun.length} runs cannot be paired with ${second.perRun.length}`);
  }
  const value = second.value - first.value;
  const perRun = second.perRun.map((own, i) => own - first.perRun[i]);
  const isBounded = [...first.perRun, ...second.perRun].every(
    (own) => Number.isFinite(own) || Number.isNaN(own),
  );
  return isBounded
    ? intervalOf({ value, perRun }, confidence)
    : { ...withoutInterval(value), data: 'unbounded' };
}

export type Change = 'better' | 'worse' | 'no change' | 'unclear';

/**
 * Better or worse only if the whole interval lies beyond the tolerance, no change only if it lies inside.
 *
 * @param tolerance in the metric's own unit, at least 0
 */
export function changeOf(difference: Estimate, tolerance: number, better: 'lower' | 'higher'): Change {
  const { low, high } = difference;
  if (low === undefined || high === undefined) return 'unclear';
  if (low > tolerance) return better === 'higher' ? 'better' : 'worse';
  if (high < -tolerance) return better === 'lower' ? 'better' : 'worse';
  return low >= -tolerance && high <= tolerance ? 'no change' : 'unclear';
}
