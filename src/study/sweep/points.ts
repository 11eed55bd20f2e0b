import type { SweepVariable } from '../../result/index.ts';
import type { Constraint } from './where.ts';

/** All combinations of values that keep the constraints, the last variable changing fastest; and how many do not. */
export function combinations(
  variables: readonly SweepVariable[],
  constraints: readonly Constraint[],
): { points: string[][]; leftOut: number } {
  const all = variables.reduce<string[][]>(
    (before, { values }) => before.flatMap((point) => values.map((value) => [...point, value])),
    [[]],
  );
  const points = all.filter((point) => constraints.every((keeps) => keeps(point)));
  return { points, leftOut: all.length - points.length };
}

/** How many combinations there are, without making them. */
export const countOf = (variables: readonly SweepVariable[]): number =>
  variables.reduce((product, { values }) => product * values.length, 1);
