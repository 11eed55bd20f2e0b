import { matchingBounds } from './matching-bounds.ts';
import type { Comparison, Predicate } from './predicate.ts';
import { nobody, RangeBounds, type RangePartition } from './range-bounds.ts';

/** A table that is partitioned by ranges of one or several columns. */
export interface RangeTable {
  /** The columns of the key, in order. */
  readonly columns: readonly string[];
  readonly partitions: readonly RangePartition[];
  /** Whether a default partition takes what fits nowhere else. */
  readonly hasDefault: boolean;
}

/** What a query has to look at. */
export interface Scanned {
  /** Numbers of the partitions, in the order of their bounds. */
  readonly partitions: readonly number[];
  readonly scansDefault: boolean;
}

/** Bounds that rows may lie below, and whether the default partition is looked at in any case. */
interface Match {
  readonly bounds: ReadonlySet<number>;
  readonly scansDefault: boolean;
}

interface Clause {
  readonly is: Comparison;
  readonly value: number;
}

/**
 * Which partitions a query with a predicate scans: pruning by the planner, with constants.
 *
 * Rule: comparisons of key columns that are joined by AND become searches among the bounds, whose answers are
 * intersected; those of OR and IN are united. A search takes a value for the first column and, where that is compared for
 * equality (or in the same direction, inclusively), for the next ones too. What the planner cannot use says nothing: in an AND
 * it is left out, in an OR it brings all partitions. Room between partitions is the default partition's, which is
 * scanned if a matching range has some, or if the query leaves columns of the key open.
 * Source: PostgreSQL, src/backend/partitioning/partprune.c (15 to 18 alike); answers of EXPLAIN in PostgreSQL 15.18 are
 * the test vectors.
 * Differs: no NULLs, no boolean keys, no collations, no parameters that are known at execution only.
 * Cost: searches × logarithm of the bounds.
 *
 * @throws RangeError where partitions overlap
 */
export function rangePruning(table: RangeTable): (predicate: Predicate) => Scanned {
  const bounds = new RangeBounds(table.partitions);
  const all: Match = {
    bounds: new Set(bounds.owners.keys()),
    scansDefault: table.hasDefault,
  };

  function conjunction(predicates: readonly Predicate[]): Match | undefined {
    const clauses: Clause[][] = table.columns.map(() => []);
    const matches: Match[] = [];
    for (const predicate of predicates.flatMap(flattened)) {
      const column = 'is' in predicate ? table.columns.indexOf(predicate.column) : -1;
      if ('is' in predicate && column >= 0) {
        clauses[column].push(predicate);
        continue;
      }
      const match = matchOf(predicate);
      if (match !== undefined) matches.push(match);
    }
    for (const { is, values } of searchesOf(clauses)) {
      const { from, to } = matchingBounds(bounds, is, values, table.columns.length);
      const numbers = Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
      const scansDefault = table.hasDefault && values.length < table.columns.length;
      matches.push({ bounds: new Set(numbers), scansDefault });
    }
    return matches.length === 0 ? undefined : matches.reduce(intersection);
  }

  function matchOf(predicate: Predicate): Match | undefined {
    if ('or' in predicate) return predicate.or.map((each) => conjunction([each]) ?? all).reduce(union);
    if ('in' in predicate && table.columns.includes(predicate.column)) {
      const { column } = predicate;
      return matchOf({ or: predicate.in.map((value) => ({ column, is: '=', value })) });
    }
    return undefined;
  }

  return (predicate) => {
    const match = conjunction([predicate]) ?? all;
    const owners = [...match.bounds].sort((a, b) => a - b).map((bound) => bounds.owners[bound]);
    return {
      partitions: owners.filter((owner) => owner !== nobody),
      scansDefault: table.hasDefault && (match.scansDefault || owners.includes(nobody)),
    };
  };
}

/** The parts that are joined by AND, at all depths. */
function flattened(predicate: Predicate): readonly Predicate[] {
  if ('and' in predicate) return predicate.and.flatMap(flattened);
  if (!('between' in predicate)) return [predicate];
  const { column, between } = predicate;
  return [
    { column, is: '>=', value: between[0] },
    { column, is: '<=', value: between[1] },
  ];
}

interface Search {
  readonly is: Comparison;
  readonly values: readonly number[];
}

/** In which direction a comparison of an earlier column can go before another one; equality always can. */
const before: Readonly<Record<Comparison, Comparison | undefined>> = {
  '=': undefined,
  '<': '<=',
  '<=': '<=',
  '>': '>=',
  '>=': '>=',
};

/** What to search for, from the comparisons of each column of the key. */
function searchesOf(clauses: readonly (readonly Clause[])[]): Search[] {
  const isOpen = clauses.findIndex((each) => each.length === 0);
  // After a column that is compared exclusively, later ones cannot be part of a search.
  const isLast = clauses.findIndex((each) => each.some(({ is }) => is === '<' || is === '>'));
  const ends = [isOpen < 0 ? clauses.length : isOpen, isLast < 0 ? clauses.length : isLast + 1];
  return clauses.slice(0, Math.min(...ends)).flatMap((own, column) =>
    own.flatMap(({ is, value }) => {
      const earlier = clauses
        .slice(0, column)
        .map((each) => each.filter((clause) => clause.is === '=' || clause.is === before[is]));
      return combinations(earlier).map((values) => ({ is, values: [...values, value] }));
    }),
  );
}

/** Every choice of one value a column; none where a column has no clause to choose. */
const combinations = (columns: readonly (readonly Clause[])[]): number[][] =>
  columns.reduce<number[][]>(
    (rows, clauses) => rows.flatMap((row) => clauses.map(({ value }) => [...row, value])),
    [[]],
  );

const intersection = (a: Match, b: Match): Match => ({
  bounds: new Set([...a.bounds].filter((bound) => b.bounds.has(bound))),
  scansDefault: a.scansDefault && b.scansDefault,
});

const union = (a: Match, b: Match): Match => ({
  bounds: new Set([...a.bounds, ...b.bounds]),
  scansDefault: a.scansDefault || b.scansDefault,
});
