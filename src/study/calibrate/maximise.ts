/**
 * The place of a function's maximum, without its derivatives.
 *
 * Rule: a simplex of n + 1 points; the worst is mirrored at the middle of the others, stretched if that is the best yet,
 * drawn in if it is no gain; if nothing helps, all are drawn towards the best. Begun again once at the place found, since a
 * simplex can collapse.
 * Source: J. A. Nelder and R. Mead, "A simplex method for function minimization", The Computer Journal 7 (1965).
 * Cost: some 100 evaluations for two variables.
 */
export function maximise(
  value: (at: readonly number[]) => number,
  start: readonly number[],
  step = 0.2,
): number[] {
  const first = climb(value, start, step);
  return climb(value, first, step / 10);
}

interface Corner {
  readonly at: readonly number[];
  readonly value: number;
}

function climb(value: (at: readonly number[]) => number, start: readonly number[], step: number): number[] {
  const corner = (at: readonly number[]): Corner => ({ at, value: value(at) });
  const corners = [
    corner(start),
    ...start.map((_, moved) => corner(start.map((x, axis) => (axis === moved ? x + step : x)))),
  ];
  const byValue = (a: Corner, b: Corner) => (a.value === b.value ? 0 : b.value - a.value);
  for (let round = 0; round < 500; round++) {
    corners.sort(byValue);
    const [best] = corners;
    const worst = corners[corners.length - 1];
    if (sizeOf(corners) < 1e-9) break;
    const others = corners.slice(0, -1);
    const middle = start.map((_, axis) => others.reduce((sum, { at }) => sum + at[axis], 0) / others.length);
    const along = (way: number) => corner(middle.map((x, axis) => x + way * (worst.at[axis] - x)));
    const mirrored = along(-1);
    let next = mirrored;
    if (mirrored.value > best.value) {
      const stretched = along(-2);
      if (stretched.value > mirrored.value) next = stretched;
    } else if (!(mirrored.value > others[others.length - 1].value)) {
      next = mirrored.value > worst.value ? along(-0.5) : along(0.5);
      if (!(next.value > Math.max(worst.value, mirrored.value))) {
        for (let i = 1; i < corners.length; i++)
          corners[i] = corner(corners[i].at.map((x, axis) => (x + best.at[axis]) / 2));
        continue;
      }
    }
    corners[corners.length - 1] = next;
  }
  return [...corners.sort(byValue)[0].at];
}

/** The longest way from the best corner along an axis. */
const sizeOf = ([best, ...others]: readonly Corner[]): number =>
  Math.max(...others.flatMap(({ at }) => at.map((x, axis) => Math.abs(x - best.at[axis]))));
