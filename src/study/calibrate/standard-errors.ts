/**
 * Standard errors of fitted parameters.
 *
 * Rule: the inverse of the observed information (minus the second derivatives of the log-likelihood at its maximum, by
 * differences) is the covariance of the coordinates; each parameter's variance is its gradient's with that.
 * They hold for independent observations. Latencies of neighbours are alike: then true errors are larger.
 * Cost: nine evaluations of the likelihood for two coordinates.
 */
export function standardErrors(
  logLikelihood: (at: readonly number[]) => number,
  at: readonly number[],
  parameters: (at: readonly number[]) => Readonly<Record<string, number>>,
): Record<string, number> {
  const covariance = inverse(information(logLikelihood, at));
  const moved = (axis: number, by: number) => at.map((x, i) => (i === axis ? x + by : x));
  return Object.fromEntries(
    Object.keys(parameters(at)).map((name) => {
      const slopes = at.map(
        (_, axis) =>
          (parameters(moved(axis, STEP))[name] - parameters(moved(axis, -STEP))[name]) / (2 * STEP),
      );
      const variance = slopes.reduce(
        (sum, a, i) => sum + slopes.reduce((row, b, j) => row + a * covariance[i][j] * b, 0),
        0,
      );
      return [name, Math.sqrt(variance)];
    }),
  );
}

const STEP = 1e-3;

function information(f: (at: readonly number[]) => number, at: readonly number[]): number[][] {
  const shifted = (i: number, a: number, j: number, b: number) =>
    f(at.map((x, axis) => x + (axis === i ? a * STEP : 0) + (axis === j ? b * STEP : 0)));
  return at.map((_, i) =>
    at.map((_, j) => {
      if (i === j) return -(shifted(i, 1, -1, 0) - 2 * f(at) + shifted(i, -1, -1, 0)) / STEP ** 2;
      const mixed = shifted(i, 1, j, 1) - shifted(i, 1, j, -1) - shifted(i, -1, j, 1) + shifted(i, -1, j, -1);
      return -mixed / (4 * STEP ** 2);
    }),
  );
}

/** Of a matrix of one or two rows. */
function inverse(matrix: readonly (readonly number[])[]): number[][] {
  if (matrix.length === 1) return [[1 / matrix[0][0]]];
  const [[a, b], [c, d]] = matrix;
  const determinant = a * d - b * c;
  return [
    [d / determinant, -b / determinant],
    [-c / determinant, a / determinant],
  ];
}
