/**
 * Two random words to a number strictly between 0 and 1, so that no quantile function ever meets its ends.
 *
 * Rule: the top 26 bits of each word give n below 2⁵²; the number is (n + ½) / 2⁵², an odd multiple of 2⁻⁵³. It and one
 * minus it are exact.
 */
export function openUnit(high: number, low: number): number {
  return ((high >>> 6) * 67108864 + (low >>> 6) + 0.5) * TWO_TO_MINUS_52;
}

/** The smallest and the largest number that a draw can be. */
export const SMALLEST_DRAW = 2 ** -53;
export const LARGEST_DRAW = 1 - 2 ** -53;

const TWO_TO_MINUS_52 = 2 ** -52;
