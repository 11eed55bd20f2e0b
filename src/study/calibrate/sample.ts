/**
 * Observations of one quantity, in its base unit, as exact values or as counts between two bounds. Everything that
 * fits takes both: an exact value counts with its density, a count between bounds with the probability between them.
 */

/** `count` observations in (low, high]; where both are equal, of exactly that value. `high` may be +∞. */
export interface Cell {
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

export interface Sample {
  /** In rising order, without gaps in count: every cell holds one observation or more. */
  readonly cells: readonly Cell[];
  /** How many observations. */
  readonly count: number;
  /** Whether any cell has a width. */
  readonly isBinned: boolean;
}

/**
 * Values as they were written down. Values that repeat because they were rounded are counts between the rounding's
 * bounds: a density would take 12 ms, written a thousand times, for a spike.
 *
 * @param values at least 0
 * @param step what the values are whole multiples of, as far as they show: 0.001 of milliseconds
 */
export function sampleOfValues(values: Iterable<number>, step: number): Sample {
  const sorted = Float64Array.from(values).sort();
  const counted: Cell[] = [];
  let from = 0;
  for (let to = 1; to <= sorted.length; to++) {
    if (to < sorted.length && sorted[to] === sorted[from]) continue;
    counted.push({ low: sorted[from], high: sorted[from], count: to - from });
    from = to;
  }
  const repeats = sorted.length - counted.length;
  const isRounded =
    counted.length > 1 && step > 0 && (sorted[0] === 0 || repeats > sorted.length * mostRepeats);
  const cells = isRounded
    ? counted.map(({ low, count }) => ({ low: Math.max(0, low - step / 2), high: low + step / 2, count }))
    : counted;
  return { cells, count: sorted.length, isBinned: isRounded };
}

/** Above this share of repeated values they count as rounded. */
const mostRepeats = 0.1;

/** Counts between bounds, in any order; empty cells are left out. */
export function sampleOfCells(cells: readonly Cell[]): Sample {
  const kept = cells.filter(({ count }) => count > 0).sort((a, b) => a.low - b.low || a.high - b.high);
  return {
    cells: kept,
    count: kept.reduce((sum, { count }) => sum + count, 0),
    isBinned: kept.some(({ low, high }) => low !== high),
  };
}

/**
 * The same with at most some ten thousand cells, for likelihoods: exact values that lie within 0.2% of each other become
 * one value, their mean. Moves a parameter by less than 1e-6 of itself.
 */
export function gathered(sample: Sample): Sample {
  if (sample.isBinned || sample.cells.length <= mostCells) return sample;
  const cells: Cell[] = [];
  let sum = 0;
  let count = 0;
  let end = 0;
  const close = () => {
    if (count > 0) cells.push({ low: sum / count, high: sum / count, count });
    sum = 0;
    count = 0;
  };
  for (const { low, count: here } of sample.cells) {
    if (low >= end) {
      close();
      end = low * 1.002;
    }
    sum += low * here;
    count += here;
  }
  close();
  return { ...sample, cells };
}

const mostCells = 20_000;

/** Mean and coefficient of variation, the middles of cells standing for what is in them: where a search begins. */
export function roughMoments({ cells, count }: Sample): { mean: number; cv: number } {
  const middle = ({ low, high }: Cell) => (high === Number.POSITIVE_INFINITY ? 2 * low : (low + high) / 2);
  const mean = cells.reduce((sum, cell) => sum + middle(cell) * cell.count, 0) / count;
  const square = cells.reduce((sum, cell) => sum + (middle(cell) - mean) ** 2 * cell.count, 0) / count;
  return { mean, cv: Math.sqrt(square) / mean };
}
