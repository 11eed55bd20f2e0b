import { type LoadBound, loadBounds } from '../../models/capacity-bounds.ts';
import type { Design } from '../../models/design.ts';
import type { CapacityBound } from '../../result/index.ts';

/** Time in use that grows by less a factor is none that grows. */
const noticeable = 1e-9;

/**
 * Factors of the load, of all of it or of some workloads, at which each station is full by a closed form, the tightest first.
 * How much of a station is in use is a straight line in the load, and two loads tell it.
 *
 * @param designAt the design at a factor of the load; undefined where there is none
 * @param from the lesser of the two loads; the other has twice its factor
 */
export function boundsOfGrowth(designAt: (factor: number) => Design | undefined, from = 1): CapacityBound[] {
  const [once, twice] = [from, 2 * from].map(designAt);
  if (once === undefined || twice === undefined) return [];
  const before = new Map(loadBounds(once).map((bound) => [keyOf(bound), 1 / bound.atMost]));
  return loadBounds(twice)
    .flatMap(({ atMost, of, station }): CapacityBound[] => {
      const inUse = before.get(keyOf({ station, of })) ?? 0;
      const slope = (1 / atMost - inUse) / from;
      if (slope < noticeable) return [];
      return [{ station, of, atMost: from + (1 - inUse) / slope, by: 'closed form' }];
    })
    .sort((a, b) => a.atMost - b.atMost);
}

const keyOf = ({ of, station }: Pick<LoadBound, 'of' | 'station'>): string => `${station} ${of}`;
