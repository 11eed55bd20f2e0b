import type { Result } from '../../result/index.ts';
import { formatQuantity } from '../../units/index.ts';

/**
 * How many acknowledged writes were lost, to stand beside a recovery point: that is the median over runs, and short, or 0, where
 * few were lost or in few runs. Nothing where none was, and of metrics that are no recovery point.
 * @param id `faults.X.rpo` or `databases.X.rpo`
 */
export function lostWritesText(id: string, { metrics }: Pick<Result, 'metrics'>): string | undefined {
  const [, owner] = /^((?:faults|databases)\.[^.]+)\.rpo$/.exec(id) ?? [];
  if (owner === undefined) return undefined;
  const { value, runs = [] } = metrics[`${owner}.lostWrites`] ?? metrics[`${owner}.lostWrites.total`] ?? {};
  if (value == null || value === 0) return undefined;
  const mean = formatQuantity(value, 'count');
  const what = value === 1 ? 'acknowledged write' : 'acknowledged writes';
  return `${mean} ${what} lost${runs.length > 1 ? ' a run' : ''}`;
}
