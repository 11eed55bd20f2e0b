/** Operators by which a planner can compare a column of the partition key with a constant. */
export type Comparison = '=' | '<' | '<=' | '>' | '>=';

/** A condition, as far as pruning looks into it. Values are numbers: dates as instants. */
export type Predicate =
  | { readonly column: string; readonly is: Comparison; readonly value: number }
  | { readonly column: string; readonly in: readonly number[] }
  | { readonly column: string; readonly between: readonly [number, number] }
  | { readonly and: readonly Predicate[] }
  | { readonly or: readonly Predicate[] }
  /**
   * What the planner cannot use: a column outside the key, `<>`, a function or cast around the column
   * (`date_trunc('day', ts) = …`, `ts::date = …`), a comparison of whole rows.
   */
  | { readonly opaque: string };
