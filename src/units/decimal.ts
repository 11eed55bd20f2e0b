/** Decimal numbers as they are written, scaled without the error that a multiplication in binary would add. */

/** A number as people write it: `40`, `.5`, `1_000`, `-1.5e3`. */
export const decimalPattern = String.raw`[+-]?(?:\d+(?:_\d+)*(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?`;

/**
 * The value of `digits` times `scale`. By a power of ten the point moves instead: `99.9%` is 0.999, where 99.9 / 100
 * would be 0.9990000000000001.
 */
export function scaleDecimal(digits: string, scale: number): number {
  const [mantissa, exponent = '0'] = digits.replaceAll('_', '').toLowerCase().split('e');
  const power = Math.round(Math.log10(scale));
  if (Number(`1e${power}`) === scale) return Number(`${mantissa}e${Number(exponent) + power}`);
  return Number(`${mantissa}e${exponent}`) * scale;
}
