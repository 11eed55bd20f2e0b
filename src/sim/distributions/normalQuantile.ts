/**
 * The inverse of the standard normal distribution function, Φ⁻¹.
 *
 * Rule: near the middle an odd rational function of u − ½; in the tails a rational function of √(−ln of the distance to
 * the end), one for distances down to e⁻²⁵ and one beyond.
 * Source: M. J. Wichura, "Algorithm AS 241: the percentage points of the normal distribution", Applied Statistics 37
 * (1988), its coefficients for 16 digits.
 * Cost: 10 ns in the middle (85% of draws), 25 in the tails. Relative error below 1e-15.
 *
 * @param u strictly inside (0, 1); 0 and 1 give −∞ and +∞
 */
export function normalQuantile(u: number): number {
  const q = u - 0.5;
  if (q >= -0.425 && q <= 0.425) {
    const r = 0.180625 - q * q;
    return (
      (q *
        (((((((2509.0809287301227 * r + 33430.575583588128) * r + 67265.770927008701) * r +
          45921.953931549871) *
          r +
          13731.693765509461) *
          r +
          1971.5909503065514) *
          r +
          133.14166789178438) *
          r +
          3.387132872796366)) /
      (((((((5226.495278852856 * r + 28729.085735721943) * r + 39307.895800092711) * r + 21213.794301586596) *
        r +
        5394.1960214247511) *
        r +
        687.1870074920579) *
        r +
        42.313330701600911) *
        r +
        1)
    );
  }
  const distance = q < 0 ? u : 1 - u;
  if (distance <= 0) return q < 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const size = Math.sqrt(-Math.log(distance));
  const z = size <= 5 ? tail(size - 1.6) : farTail(size - 5);
  return q < 0 ? -z : z;
}

function tail(r: number): number {
  return (
    (((((((7.7454501427834141e-4 * r + 0.022723844989269185) * r + 0.24178072517745061) * r +
      1.2704582524523684) *
      r +
      3.6478483247632046) *
      r +
      5.769497221460691) *
      r +
      4.630337846156546) *
      r +
      1.4234371107496836) /
    (((((((1.0507500716444168e-9 * r + 5.475938084995345e-4) * r + 0.015198666563616457) * r +
      0.14810397642748007) *
      r +
      0.68976733498510001) *
      r +
      1.6763848301838038) *
      r +
      2.0531916266377588) *
      r +
      1)
  );
}

function farTail(r: number): number {
  return (
    (((((((2.0103343992922881e-7 * r + 2.7115555687434876e-5) * r + 0.0012426609473880784) * r +
      0.026532189526576123) *
      r +
      0.29656057182850489) *
      r +
      1.7848265399172913) *
      r +
      5.463784911164114) *
      r +
      6.657904643501104) /
    (((((((2.0442631033899398e-15 * r + 1.4215117583164459e-7) * r + 1.8463183175100547e-5) * r +
      7.868691311456133e-4) *
      r +
      0.014875361290850615) *
      r +
      0.13692988092273581) *
      r +
      0.59983220655588794) *
      r +
      1)
  );
}
