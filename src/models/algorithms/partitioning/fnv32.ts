/**
 * FNV-1a and FNV-1 of 32 bits.
 *
 * Rule: FNV-1a: h = (h xor byte) · 16777619 mod 2³², from 2166136261; FNV-1 multiplies before it xors.
 * Source: Fowler, Noll, Vo; checked against Go 1.19 hash/fnv. Differs: nothing. Cost: one multiplication a
 * byte.
 */

const OFFSET = 0x811c9dc5;
const PRIME = 0x01000193;

/** FNV-1a of the bytes, unsigned 32 bits. */
export function fnv1a32(bytes: Uint8Array): number {
  let hash = OFFSET;
  for (let at = 0; at < bytes.length; at++) hash = Math.imul(hash ^ bytes[at], PRIME);
  return hash >>> 0;
}

/** FNV-1 of the bytes, unsigned 32 bits: the older order, which some clients still use. */
export function fnv32(bytes: Uint8Array): number {
  let hash = OFFSET;
  for (let at = 0; at < bytes.length; at++) hash = Math.imul(hash, PRIME) ^ bytes[at];
  return hash >>> 0;
}
