import type { ComparedMetric, ComparedValue, Comparison } from '../../../result/index.ts';
import type { Names } from '../../reading/names.ts';
import { changeText } from '../change-text.ts';
import { shownMetrics, valueText } from '../reading.ts';
import type { FigureCell, FigureGroup } from './compare-data.ts';

/** What people look at first, by what it belongs to: each design's value, how it differs, and what that means. */
export const figuresOf = (comparison: Comparison, names: Names): FigureGroup[] =>
  [...shownMetrics(comparison, { isAll: false })].map(([owner, metrics]) => ({
    box: owner,
    title: owner.includes('.') ? names.owner(owner) : owner,
    rows: metrics.map(({ id, rest, metric }) => ({
      id,
      name: rest,
      better: metric.better,
      cells: metric.designs.map((value) => cellOf(metric, value, comparison)),
    })),
  }));

function cellOf(metric: ComparedMetric, value: ComparedValue | null, { reference }: Comparison): FigureCell {
  if (value === null) return { value: '–', change: '' };
  const bar = barOf(metric, value);
  return {
    value: valueText(metric, value),
    change: changeText(metric, value, metric.designs[reference]),
    ...(value.change === undefined ? {} : { verdict: value.change }),
    ...(bar === undefined ? {} : { bar }),
  };
}

/** The difference in parts of the widest one of all designs, the tolerance included; nothing where there is none to draw. */
function barOf({ designs, tolerance }: ComparedMetric, { difference }: ComparedValue): FigureCell['bar'] {
  if (difference === undefined || difference.value === null) return undefined;
  const ends = designs.flatMap((each) => {
    const other = each?.difference;
    return other?.value == null ? [] : [other.value, other.low ?? other.value, other.high ?? other.value];
  });
  const widest = Math.max(1.5 * tolerance, ...ends.map(Math.abs));
  if (!Number.isFinite(widest) || widest === 0) return undefined;
  const part = (of: number) => Number((of / widest).toPrecision(4));
  const { value, low = value, high = value } = difference;
  return { low: part(low), value: part(value), high: part(high), band: part(tolerance) };
}
