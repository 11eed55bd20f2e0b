/**
 * 64-bit words without BigInt, which allocates at every step of a loop over a million keys.
 *
 * Rule: a word is two halves of 32 bits, either sign; products are put together from 16-bit halves, exactly.
 * Cost: four multiplications a 32 × 32 product.
 */

/** 64 bits as two halves; each half may be read as signed or unsigned. */
export interface Word64 {
  readonly high: number;
  readonly low: number;
}

/** The upper 32 bits (unsigned) of the 64-bit product of two unsigned 32-bit numbers. */
export function upperProduct(left: number, right: number): number {
  const leftLow = left & 0xffff;
  const leftHigh = left >>> 16;
  const rightLow = right & 0xffff;
  const rightHigh = right >>> 16;
  const middle = leftHigh * rightLow + ((leftLow * rightLow) >>> 16);
  const carry = leftLow * rightHigh + (middle & 0xffff);
  return leftHigh * rightHigh + (middle >>> 16) + (carry >>> 16);
}

/** The unsigned word modulo `divisor`, a positive integer below 2³². */
export function wordModulo({ high, low }: Word64, divisor: number): number {
  // Up to 2²¹ the remainder of the upper half times 2³² plus the lower half stays below 2⁵³.
  if (divisor <= 0x200000) return (((high >>> 0) % divisor) * 0x100000000 + (low >>> 0)) % divisor;
  return Number(bigintOfWord({ high, low }) % BigInt(divisor));
}

/** The unsigned value of a word. */
export function bigintOfWord({ high, low }: Word64): bigint {
  return (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
}

/** The lower 64 bits of `value`, two's complement if it is negative. */
export function wordOfBigint(value: bigint): Word64 {
  return { high: Number((value >> 32n) & 0xffffffffn), low: Number(value & 0xffffffffn) };
}
