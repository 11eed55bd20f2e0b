import { ownerOf, scopeOf } from '../../../metrics/index.ts';
import { hasTail, limitsOn, metricOf, pointsOf } from '../../html/curves-of.ts';
import type { CurveData } from '../../html/page-data.ts';
import type { Names } from '../../reading/names.ts';
import type { Compared } from '../compared.ts';

/** A chart a curve of durations, a line a design in it; callers' latency first. */
export function designCurves({ comparison, results }: Compared, names: Names): CurveData[] {
  const ids = [
    ...new Set(
      results.flatMap(({ distributions }) =>
        Object.keys(distributions).filter((id) => hasTail(distributions[id]) && !isOfCell(id)),
      ),
    ),
  ];
  const callers = new Set(results.flatMap((result) => result.callers.map(({ id }) => id)));
  const curves = ids.map((id): CurveData => {
    const box = ownerOf(id);
    const having = results.flatMap((result, at) =>
      hasCurve(id, result.distributions) ? [{ result, at }] : [],
    );
    const limits = having.flatMap(({ result }) => limitsOn([id], result));
    return {
      box,
      title: `${names.of(scopeOf(id))}: ${metricOf(id).replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}`,
      unit: 'duration',
      lines: having.map(({ result, at }) => ({
        label: comparison.designs[at].label,
        design: at,
        points: pointsOf(id, result),
      })),
      limits: [...new Map(limits.map((limit) => [`${limit.at} ${limit.text}`, limit])).values()],
      isFirst: callers.has(box) && metricOf(id) === 'latency' && scopeOf(id) === box,
    };
  });
  return curves.sort((a, b) => Number(b.isFirst) - Number(a.isFirst));
}

const hasCurve = (id: string, distributions: Compared['results'][number]['distributions']): boolean =>
  distributions[id] !== undefined && hasTail(distributions[id]);

/** Of one shard or partition: there are too many to look at side by side. */
const isOfCell = (id: string): boolean => /\.(shards|partitions)\./.test(id);
