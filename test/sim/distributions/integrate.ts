/**
 * The mean of g(quantile(u)) over u in (0, 1), by Gauss's five-point rule on eight panels in each octave of u and of 1 − u
 * down to 2⁻⁵²: panels shrink towards both ends as fast as heavy tails grow.
 */
export function meanOf(quantile: (u: number) => number, g: (x: number) => number = (x) => x): number {
  let sum = 0;
  for (let octave = 1; octave <= 52; octave++) {
    const width = 2 ** -(octave + 1) / PANELS;
    for (let panel = 0; panel < PANELS; panel++) {
      const middle = 2 ** -(octave + 1) + width * (panel + 0.5);
      for (let i = 0; i < NODES.length; i++) {
        const share = middle + (width / 2) * NODES[i];
        sum += (width / 2) * WEIGHTS[i] * (g(quantile(share)) + g(quantile(1 - share)));
      }
    }
  }
  return sum;
}

/** Standard deviation over mean, by the same rule. */
export function cvOf(quantile: (u: number) => number): number {
  const mean = meanOf(quantile);
  return Math.sqrt(meanOf(quantile, (x) => (x - mean) ** 2)) / mean;
}

const PANELS = 8;
const inner = Math.sqrt(5 - 2 * Math.sqrt(10 / 7)) / 3;
const outer = Math.sqrt(5 + 2 * Math.sqrt(10 / 7)) / 3;
const NODES = [-outer, -inner, 0, inner, outer];
const WEIGHTS = [
  (322 - 13 * Math.sqrt(70)) / 900,
  (322 + 13 * Math.sqrt(70)) / 900,
  128 / 225,
  (322 + 13 * Math.sqrt(70)) / 900,
  (322 - 13 * Math.sqrt(70)) / 900,
];
