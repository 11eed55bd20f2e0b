import type { CapacityBound, Result } from '../../result/index.ts';

/**
 * Whether a load that asks for more than there is must leave a backlog that grows, though a run may be too short to show it:
 * unless so much as is too much was turned away, or given up by who asked for it.
 *
 * @param full what is full, with the factor at which it is
 */
export const isOverfull = (
  result: Pick<Result, 'metrics'>,
  factor: number,
  full: CapacityBound | undefined,
): boolean => full !== undefined && unansweredShare(result) < surplus(full.atMost, factor);

/** Share of the work that is too much; a hair more, so that a load that fills a station to the last is too much, too. */
const surplus = (atMost: number, factor: number): number => 1 - atMost / factor + 1e-9;

/** Share of all workloads' operations that are not answered. */
function unansweredShare({ metrics }: Pick<Result, 'metrics'>): number {
  let [arrived, unanswered] = [0, 0];
  for (const [id, { value }] of Object.entries(metrics)) {
    const [, count] = /^workloads\.[^.]+\.(arrivals|rejected|timedOut|failed)\.total$/.exec(id) ?? [];
    if (count === 'arrivals') arrived += value ?? 0;
    else if (count !== undefined) unanswered += value ?? 0;
  }
  return arrived === 0 ? 0 : unanswered / arrived;
}
