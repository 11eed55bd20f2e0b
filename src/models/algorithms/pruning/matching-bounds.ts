import type { Comparison } from './predicate.ts';
import { nobody, type RangeBounds } from './range-bounds.ts';

/** Numbers of bounds, from one to another, both included; none where `to` is below `from`. */
export interface BoundInterval {
  readonly from: number;
  readonly to: number;
}

/**
 * The bounds below which rows may lie whose first key columns compare so with these values: each stands for its owner.
 *
 * Rule: the search for the values among the bounds gives the first or last one. Fewer values than columns match every
 * bound that begins with them; then neighbours are looked at, and the answer may hold a partition too many.
 * Source: PostgreSQL, src/backend/partitioning/partprune.c, get_matching_range_bounds (15 to 18 alike), with its mistake:
 * for < <= > >= it looks at no neighbours of the first and of the last bound. With partitions of (a, b) from (0, MINVALUE) to
 * (0, 1), (1, MINVALUE), (1, 3) and (1, 5), `a <= 0` finds the first bound, and PostgreSQL 15.18 does not return (0, 2).
 * Keys of one column, as tables by date have, never meet it.
 * Cost: logarithmic in the bounds, and those that begin alike.
 */
export function matchingBounds(
  table: RangeBounds,
  is: Comparison,
  values: readonly number[],
  columns: number,
): BoundInterval {
  const found = table.find(values);
  const equals = found >= 0 && table.compare(found, values) === 0;
  const isPrefix = values.length < columns;
  const count = table.bounds.length;
  switch (is) {
    case '=':
      return equals && isPrefix ? allOfPrefix(table, found, values) : { from: found + 1, to: found + 1 };
    case '>':
    case '>=': {
      const isInclusive = is === '>=';
      if (!equals || !isPrefix) return trimmed(table, found + 1, count, values);
      const edge = neighbour(table, found, values, isInclusive ? -1 : 1);
      return trimmed(table, isInclusive ? edge : edge + 1, count, values);
    }
    case '<':
    case '<=': {
      const isInclusive = is === '<=';
      if (!equals) return trimmed(table, 0, found + 1, values);
      const edge = isPrefix ? neighbour(table, found, values, isInclusive ? 1 : -1) : found;
      return trimmed(table, 0, isInclusive ? edge + 1 : edge, values);
    }
  }
}

/** Every bound that begins with the values, and the one after them. */
function allOfPrefix(table: RangeBounds, found: number, values: readonly number[]): BoundInterval {
  let from = found;
  while (from >= 1 && table.compare(from - 1, values) === 0) from -= 1;
  let to = found;
  while (to < table.bounds.length - 1 && table.compare(to + 1, values) === 0) to += 1;
  // Nothing that begins with the values lies below a bound that goes on with MINVALUE.
  if (table.bounds[from][values.length] === Number.NEGATIVE_INFINITY) from += 1;
  return { from, to: to + 1 };
}

/** The last bound in a direction that begins with the values. */
function neighbour(table: RangeBounds, found: number, values: readonly number[], step: number): number {
  let at = found;
  while (at >= 1 && at < table.bounds.length - 1 && table.compare(at + step, values) === 0) at += step;
  return at;
}

/** Without the room below MINVALUE and above MAXVALUE, which no row can have: it is not the default partition's. */
function trimmed(table: RangeBounds, from: number, to: number, values: readonly number[]): BoundInterval {
  const { bounds, owners } = table;
  const column = values.length - 1;
  const isBelowAll =
    from < bounds.length && owners[from] === nobody && bounds[from][column] === Number.NEGATIVE_INFINITY;
  const isAboveAll = to >= 1 && owners[to] === nobody && bounds[to - 1][column] === Number.POSITIVE_INFINITY;
  return { from: isBelowAll ? from + 1 : from, to: isAboveAll ? to - 1 : to };
}
