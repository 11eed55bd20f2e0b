import type { Better } from '../../metrics/index.ts';
import type { ChangeVerdict } from '../../result/index.ts';
import { changeOf, type Estimate, fisherTail, INTERVAL_95, type Spread } from '../../sim/statistics/index.ts';

/**
 * Better or worse only if the whole interval of the difference lies beyond the tolerance, no change only if it lies inside.
 * Where runs are infinite there is no interval: then what counts is how many of each design's runs are.
 */
export function verdictOn(
  first: Spread,
  second: Spread,
  difference: Estimate,
  tolerance: number,
  better: Better,
): ChangeVerdict {
  const way = better === 'higher' ? 'higher' : 'lower';
  const found =
    isInfinite(first) || isInfinite(second)
      ? byInfinite(first, second, way)
      : changeOf(difference, tolerance, way);
  return better === 'neither' && (found === 'better' || found === 'worse') ? 'differs' : found;
}

export const isInfinite = ({ perRun }: Spread): boolean => perRun.includes(Number.POSITIVE_INFINITY);

/** How likely it is by chance alone that so many more runs of the second are infinite than of the first. */
export function infiniteTail(first: Spread, second: Spread): number {
  const [a, b] = [first, second].map(({ perRun }) => perRun.filter((own) => !Number.isNaN(own)));
  const count = (runs: readonly number[]) => runs.filter((own) => own === Number.POSITIVE_INFINITY).length;
  return fisherTail(count(a), a.length, count(b), b.length);
}

function byInfinite(first: Spread, second: Spread, better: 'lower' | 'higher'): ChangeVerdict {
  if (infiniteTail(first, second) <= INTERVAL_95.tail) return better === 'lower' ? 'worse' : 'better';
  return infiniteTail(second, first) <= INTERVAL_95.tail
    ? better === 'lower'
      ? 'better'
      : 'worse'
    : 'unclear';
}
