/** Quantiles as measured, and how far into the tail the observations carry them. */
import type { Cell, Sample } from './sample.ts';

/** Observations beyond a percentile below which it is luck. */
export const leastBeyond = 10;

/** A cell wider than this share of its lower bound is a range, not a value. */
const widest = 0.05;

export interface MeasuredQuantile {
  /** Undefined where the cell that holds it is too wide to say. */
  readonly value: number | undefined;
  /** The cell that holds it; of an exact value both ends are it. `high` may be +∞. */
  readonly cell: Cell;
  /** 95% interval by the ranks that luck could have given it, to the ends of cells. `high` may be +∞. */
  readonly low: number;
  readonly high: number;
  /** Observations beyond it. */
  readonly beyond: number;
  /** `thin`: fewer than ten observations beyond; `beyond`: in a cell without an upper bound. */
  readonly support: 'measured' | 'thin' | 'beyond';
}

/**
 * @param share inside (0, 1)
 *
 * The interval: the rank of the true quantile among n observations is binomial, n p ± 1.96 √(n p (1 − p)).
 */
export function measuredQuantile({ cells, count }: Sample, share: number): MeasuredQuantile {
  const cell = cellAt(cells, share * count);
  const spread = 1.96 * Math.sqrt(count * share * (1 - share));
  const beyond = Math.round(count * (1 - share));
  const isOpen = cell.high === Number.POSITIVE_INFINITY;
  const isNarrow = cell.high - cell.low <= widest * cell.low;
  return {
    value: isNarrow ? (cell.low + cell.high) / 2 : undefined,
    cell,
    low: cellAt(cells, share * count - spread).low,
    high: cellAt(cells, Math.min(count, share * count + spread)).high,
    beyond,
    support: isOpen ? 'beyond' : beyond < leastBeyond ? 'thin' : 'measured',
  };
}

/** The largest share that the observations support: ten beyond it, and not where the cells have no upper bound. */
export function supportedShare({ cells, count }: Sample): number {
  const last = cells[cells.length - 1];
  const open = last.high === Number.POSITIVE_INFINITY ? last.count : 0;
  return Math.max(0, 1 - Math.max(leastBeyond, open) / count);
}

/** The cell that holds a rank. */
function cellAt(cells: readonly Cell[], rank: number): Cell {
  let seen = 0;
  for (const cell of cells) {
    seen += cell.count;
    if (seen >= rank) return cell;
  }
  return cells[cells.length - 1];
}

/**
 * Shares and the values that they do not exceed, for a distribution as measured: the upper ends of cells as far as they are
 * supported, thinned to those about the usual percentiles, between the least value and the largest.
 * Undefined where the largest has no bound.
 */
export function measuredPoints(sample: Sample): (readonly [number, number])[] | undefined {
  const { cells, count } = sample;
  const last = cells[cells.length - 1];
  if (last.high === Number.POSITIVE_INFINITY) return undefined;
  const supported = supportedShare(sample);
  const few = cells.length <= mostPoints;
  const points: (readonly [number, number])[] = [[0, cells[0].low]];
  let seen = 0;
  let next = 0;
  for (const { high, count: here } of cells.slice(0, -1)) {
    seen += here;
    const share = seen / count;
    if (!few && (share > supported || share < (usual[next] ?? 2))) continue;
    while (next < usual.length && usual[next] <= share) next += 1;
    points.push([Number(share.toPrecision(6)), high]);
  }
  return [...points, [1, last.high]];
}

const mostPoints = 24;
const usual = [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 0.999, 0.9999];
