import { ownerOf } from '../../metrics/index.ts';
import type { CapacityBound, Result } from '../../result/index.ts';

/**
 * How far the load could grow before each station is full, the tightest first: only of those whose time in use grows at
 * least as fast as the load. By a closed form where there is one, else by how busy the station was in the runs.
 */
export function capacityBounds({ bottlenecks, metrics }: Result): CapacityBound[] {
  const bounds = bottlenecks.flatMap(({ station, of, utilization, atMost }): CapacityBound[] => {
    if (atMost === undefined) return [];
    const exact = metrics[`${station}.${of === undefined ? 'utilization' : `${of}Utilization`}`]?.exact;
    return [
      {
        station,
        ...(of === undefined ? {} : { of }),
        atMost: 1 / (exact?.value ?? utilization),
        by: exact === undefined ? 'measured utilization' : 'closed form',
      },
    ];
  });
  const known = new Set(
    bounds.filter(({ by }) => by === 'closed form').map(({ station }) => ownerOf(station)),
  );
  return bounds
    .filter(({ by, station }) => by === 'closed form' || !known.has(ownerOf(station)))
    .sort((a, b) => a.atMost - b.atMost);
}
