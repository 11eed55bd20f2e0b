import type { PointState, Result, TargetResult } from '../../result/index.ts';

/** What is asked of a load. */
export interface Asked {
  /** Whether the scenario sets needs; else it is asked that nothing piles up and nobody is turned away. */
  readonly hasNeeds: boolean;
  /** Metrics that are not asked about below the scenario's own load. */
  readonly notBelow: ReadonlySet<string>;
}

/** Needs that count at a factor of the load. */
export const needsAt = (
  { targets }: Pick<Result, 'targets'>,
  factor: number,
  { notBelow }: Asked,
): TargetResult[] =>
  targets.filter(({ level, metric }) => level === 'fail' && (factor >= 1 || !notBelow.has(metric)));

/** Whether a design does at this load what is asked of it. A backlog that grows is a broken need in any case. */
export function stateAt(
  result: Pick<Result, 'targets' | 'load' | 'loadReasons'>,
  factor: number,
  asked: Asked,
): PointState {
  if (result.loadReasons.some(({ what }) => what === 'grows')) return 'fails';
  if (!asked.hasNeeds) return result.load === 'stable' ? 'holds' : 'fails';
  const states = needsAt(result, factor, asked).map(({ status }) => status);
  if (states.some((status) => status === 'fail' || status === 'no-data')) return 'fails';
  return states.includes('inconclusive') ? 'undecided' : 'holds';
}
