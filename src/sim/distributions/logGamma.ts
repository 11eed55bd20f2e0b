/**
 * ln Γ(x) for x > 0.
 *
 * Rule: Stirling's series from x ≥ 10 on; below that by Γ(x) = Γ(x + 1) / x.
 * Source: Abramowitz and Stegun 6.1.40. Absolute error about 1e-15 near 1 and 2, relative error 1e-15 far from them.
 */
export function logGamma(x: number): number {
  let product = 1;
  let shifted = x;
  while (shifted < 10) {
    product *= shifted;
    shifted += 1;
  }
  const { log } = Math;
  return (shifted - 0.5) * log(shifted) - shifted + HALF_LOG_TWO_PI + stirlingRest(shifted) - log(product);
}

/** What Stirling's formula leaves out of ln Γ(x): 1/(12x) − 1/(360x³) + …, for x ≥ 10. */
export function stirlingRest(x: number): number {
  const y = 1 / (x * x);
  return (
    (1 / 12 -
      (1 / 360 - (1 / 1260 - (1 / 1680 - (1 / 1188 - (691 / 360360 - y / 156) * y) * y) * y) * y) * y) /
    x
  );
}

export const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);
