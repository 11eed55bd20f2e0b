/**
 * FNV-1a of 64 bits.
 *
 * Rule: h = (h xor byte) · 1099511628211 mod 2⁶⁴, from 14695981039346656037.
 * Source: Fowler, Noll, Vo; checked against Go 1.19 hash/fnv. Differs: two 32-bit halves instead of one word.
 * Cost: three multiplications a byte.
 */
import type { Word64 } from './word64.ts';

const OFFSET_HIGH = 0xcbf29ce4;
const OFFSET_LOW = 0x84222325;
/** The prime is 2⁴⁰ + 435: so small that its product with a half is exact in a double. */
const PRIME_LOW = 0x1b3;

/** FNV-1a of the bytes. */
export function fnv1a64(bytes: Uint8Array): Word64 {
  let high = OFFSET_HIGH | 0;
  let low = OFFSET_LOW | 0;
  for (let at = 0; at < bytes.length; at++) {
    low ^= bytes[at];
    const product = (low >>> 0) * PRIME_LOW;
    high = (Math.imul(high, PRIME_LOW) + (low << 8) + Math.floor(product / 0x100000000)) | 0;
    low = product | 0;
  }
  return { high, low };
}
