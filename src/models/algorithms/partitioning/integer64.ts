/**
 * A decimal key as a 64-bit integer, without BigInt.
 *
 * Rule: optional sign, then digits; from −2⁶³ to 2⁶⁴−1, a negative one in two's complement. Cost: O(length).
 */
import type { Word64 } from './word64.ts';

const DECIMAL = /^[+-]?\d+$/;

/** An integer of 64 bits, with its sign beside it: above 2⁶³−1 only an unsigned column holds it. */
export interface Integer64 extends Word64 {
  readonly negative: boolean;
}

/** The integer that `text` writes, or undefined if it writes none or one that 64 bits do not hold. */
export function integer64(text: string): Integer64 | undefined {
  if (!DECIMAL.test(text)) return undefined;
  const minus = text.charCodeAt(0) === 0x2d;
  let high = 0;
  let low = 0;
  for (let at = minus || text.charCodeAt(0) === 0x2b ? 1 : 0; at < text.length; at++) {
    const grown = low * 10 + text.charCodeAt(at) - 0x30;
    low = grown >>> 0;
    high = high * 10 + Math.floor(grown / 0x100000000);
    if (high > 0xffffffff) return undefined;
  }
  if (!minus) return { high, low, negative: false };
  if (high > 0x80000000 || (high === 0x80000000 && low > 0)) return undefined;
  const negated = -low >>> 0;
  return { high: (~high + (low === 0 ? 1 : 0)) >>> 0, low: negated, negative: high !== 0 || low !== 0 };
}

/** Whether the integer fits a signed column of 64 bits (BIGINT, long). */
export function isSigned64({ high, negative }: Integer64): boolean {
  return negative || high >>> 0 < 0x80000000;
}
