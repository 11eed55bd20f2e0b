import { ownerOf, scopeOf, splitView } from '../../metrics/index.ts';
import type { DistributionResult, Result } from '../../result/index.ts';
import { formatQuantity } from '../../units/index.ts';
import type { Names } from '../reading/names.ts';
import { nines } from '../reading/nines.ts';
import type { CurveData } from './page-data.ts';

/** Points beyond this many nines are of single observations. */
const shares: Record<string, number> = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99, p999: 0.999 };

/** Curves of durations, the parts of a thing in one chart: callers' first. */
export function curvesOf(result: Result, names: Names): CurveData[] {
  const { distributions, callers } = result;
  const groups = new Map<string, string[]>();
  for (const [id, { unit, curve }] of Object.entries(distributions)) {
    if (!hasTail({ unit, curve })) continue;
    const key = `${ownerOf(id)} ${metricOf(id)}`;
    groups.set(key, [...(groups.get(key) ?? []), id]);
  }
  const isCaller = new Set(callers.map(({ id }) => id));
  const curves = [...groups].map(([, ids]): CurveData => {
    const box = ownerOf(ids[0]);
    const metric = metricOf(ids[0]);
    return {
      box,
      title: `${names.owner(box)}: ${metric.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}`,
      unit: 'duration',
      lines: ids.map((id) => ({ label: names.part(scopeOf(id)) || 'all', points: pointsOf(id, result) })),
      limits: limitsOn(ids, result),
      isFirst: isCaller.has(box) && metric === 'latency',
    };
  });
  return curves.sort((a, b) => Number(b.isFirst) - Number(a.isFirst));
}

/** Of durations; what never took any time has no tail to look at. */
export const hasTail = ({ unit, curve }: Pick<DistributionResult, 'unit' | 'curve'>): boolean =>
  unit === 'duration' && curve.length > 1 && curve.at(-1)?.[1] !== 0;

export const metricOf = (id: string): string => id.split('.').at(-1) ?? id;

export function pointsOf(id: string, { distributions }: Result): [number, number][] {
  const { curve, count } = distributions[id];
  const last = nines(1 - 1 / Math.max(2, count));
  return curve.flatMap(([share, value]): [number, number][] =>
    value === null ? [] : [[Number(Math.min(last, nines(share)).toFixed(3)), value]],
  );
}

/** Targets on percentiles of these curves. */
export function limitsOn(ids: readonly string[], { targets }: Result): CurveData['limits'] {
  return targets.flatMap(({ metric, limit, operator }) => {
    const id = ids.find((each) => metric.startsWith(`${each}.`));
    if (id === undefined) return [];
    const share = shares[splitView(metric.slice(scopeOf(id).length + 1)).view];
    if (share === undefined) return [];
    return [{ at: nines(share), value: limit, text: `${operator} ${formatQuantity(limit, 'duration')}` }];
  });
}
