import { estimateText } from '../../reading/estimate-text.ts';
import { measuredBy } from '../../reading/target-groups.ts';
import type { Compared } from '../compared.ts';
import { targetText } from '../reading.ts';
import type { TargetLine } from './compare-data.ts';

const worstFirst = ['fail', 'no-data', 'warn', 'inconclusive', 'pass'];

/** A line a target of any design, those that some design does not keep first. */
export function targetLines({ comparison, results }: Compared): TargetLine[] {
  const lines = comparison.targets.map((target): TargetLine & { readonly rank: number } => {
    const cells = target.designs.map((status, at) => {
      if (status === null) return null;
      const own = results[at].targets.find(
        (each) =>
          each.target === target.target &&
          each.metric === target.metric &&
          each.level === target.level &&
          each.during === target.during,
      );
      return {
        status,
        measured: own === undefined ? '' : estimateText(measuredBy(own, results[at])),
      };
    });
    const rank = Math.min(...cells.flatMap((cell) => (cell === null ? [] : worstFirst.indexOf(cell.status))));
    return { text: targetText(target), level: target.level === 'fail' ? 'need' : 'claim', cells, rank };
  });
  return lines.sort((a, b) => a.rank - b.rank).map(({ rank: _, ...line }) => line);
}
